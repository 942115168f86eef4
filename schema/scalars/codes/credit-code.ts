/** CreditCode: the unified social credit code of an organisation (GB 32100-2015). */

import {
  assertCharacters,
  type Brand,
  createBreach,
  expectPattern,
  expectText,
  type StandardScalar,
} from '../standard-scalar.ts';
import { assertOrganizationCode, organizationCheck } from './organization-code.ts';

export type CreditCode = Brand<string, 'CreditCode'>;

const WHAT = 'a unified social credit code';
/** Thirty-one signs, without I, O, S, V and Z; the value of a sign is its place. */
const CHARSET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const FORM = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;
/** 3^(i−1) mod 31 */
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/**
 * Returns a code with both check characters: `authority` is the registering department and the kind (`11`, a state
 * organ), `division` the six digits of the division that registers it, `organization` the first eight signs of the
 * organisation code.
 */
export function createCreditCode(authority: string, division: string, organization: string): CreditCode {
  const body = authority + division + organization + organizationCheck(organization);
  return creditCodeScalar.parse(body + creditCheck(body));
}

export const creditCodeScalar: StandardScalar<CreditCode> = {
  name: 'CreditCode',
  description:
    'Unified social credit code of an organisation: eighteen characters, of which 3 to 8 name the division that registered it (not the one that it serves), 9 to 17 are its organisation code and the last is a check character. GB 32100-2015.',
  parse(value) {
    const text = expectText(value, WHAT);
    const expected =
      'digits and upper-case letters without I, O, S, V and Z, with six digits of a division in the third place,';
    assertCharacters(text, { what: WHAT, length: 18, charset: FORM, expected });
    if (creditCheck(text) !== text[17]) {
      throw createBreach('CHECK_DIGIT', text, WHAT, 'its check character does not fit the others');
    }
    assertInner(text);
    return text as CreditCode;
  },
  serialize: (value) => expectPattern(value, FORM, WHAT),
};

function creditCheck(body: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * CHARSET.indexOf(body.charAt(index)), 0);
  return CHARSET.charAt((31 - (sum % 31)) % 31);
}

function assertInner(text: string): void {
  try {
    assertOrganizationCode(text.slice(8, 17));
  } catch {
    throw createBreach('INNER_ORGANIZATION_CODE', text, WHAT, 'its signs 9 to 17 are no valid organisation code');
  }
}
