/** Values → JSON text, written directly. */

/** Finds what JSON text may not hold as it is. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what JSON wants escaped
export const NEEDS_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/;

/** As `JSON.stringify` of a string, which is slower for the many that have nothing to escape. */
export function quoteJson(text: string): string {
  return NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`;
}
