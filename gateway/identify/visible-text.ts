/** Which texts of a caller can be read by a person: what shows nothing, or changes how its neighbours show, is no text. */

/** Controls, line separators, private use, halves of pairs, and formatting. Joiners and variation selectors belong to scripts. */
const HIDDEN =
  /(?!\p{Join_Control}|\p{Variation_Selector})[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/u;
const LETTER = /[\p{L}\p{N}]/gu;

export function hasHiddenCharacters(text: string): boolean {
  return HIDDEN.test(text);
}

/** Letters and digits of any script. */
export function countLetters(text: string): number {
  return text.match(LETTER)?.length ?? 0;
}
