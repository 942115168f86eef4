/** Checks that a person can read a text: no character may be invisible or change how its neighbours show. */

/**
 * Controls, line separators, private use, lone surrogates and formatting. Scripts need joiners and variation selectors.
 */
const HIDDEN =
  /(?!\p{Join_Control}|\p{Variation_Selector})[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/u;
const LETTER = /[\p{L}\p{N}]/gu;

export function hasHiddenCharacters(text: string): boolean {
  return HIDDEN.test(text);
}

/** Counts letters and digits of any script. */
export function countLetters(text: string): number {
  return text.match(LETTER)?.length ?? 0;
}
