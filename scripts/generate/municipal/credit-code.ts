/** Unified social credit codes (GB 32100-2015) with the organisation code inside (GB 11714), both with valid check signs. */

const SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const;

/**
 * The code of the organisation with this number in a division (a county or above). `registrar` is the first two signs:
 * `11` a state organ, `12` a public institution, `91` a company. `number` is below 10,000 and unique in the division.
 */
export function createCreditCode(registrar: '11' | '12' | '91', division: string, number: number): string {
  const body = `${division.slice(2, 6)}${String(number).padStart(4, '0')}`;
  const code = `${registrar}${division}${body}${organisationCheck(body)}`;
  return code + creditCheck(code);
}

function organisationCheck(body: string): string {
  const sum = ORGANISATION_WEIGHTS.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  const rest = 11 - (sum % 11);
  return rest === 10 ? 'X' : rest === 11 ? '0' : String(rest);
}

function creditCheck(code: string): string {
  let weight = 1;
  let sum = 0;
  for (const sign of code) {
    sum += SIGNS.indexOf(sign) * weight;
    weight = (weight * 3) % 31;
  }
  return SIGNS[(31 - (sum % 31)) % 31]!;
}
