/** Quotes strings for JSON. */

/** Matches characters that JSON must escape. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON escapes these
export const NEEDS_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/;

/** Quotes as `JSON.stringify`, but faster for strings that need no escape. */
export function quoteJson(text: string): string {
  return NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`;
}
