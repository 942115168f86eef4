/** The organisation code that is signs 9 to 17 of a unified social credit code (GB 11714). */
import { assertCharacters, createBreach } from '../standard-scalar.ts';

const WHAT = 'an organisation code';
const WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** The ninth sign for the first eight: the weighted sum, 0–9 worth themselves and A–Z 10 to 35, taken from 11. */
export function organizationCheck(body: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number.parseInt(body.charAt(index), 36), 0);
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** Throws a `StandardError` with LENGTH, CASE, CHARSET or CHECK_DIGIT. */
export function assertOrganizationCode(code: string): void {
  assertCharacters(code, {
    what: WHAT,
    length: 9,
    charset: /^[0-9A-Z]{8}[0-9X]$/,
    expected: 'digits and letters A to Z',
  });
  if (organizationCheck(code) !== code[8]) {
    throw createBreach('CHECK_DIGIT', code, WHAT, 'its check character does not fit the others');
  }
}
