/** Values → JSON text, written directly. */

/** Finds what JSON text may not hold as it is. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what JSON wants escaped
export const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

/** As `JSON.stringify` of a string, which is slower for the many that have nothing to escape. */
export function quote(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}
