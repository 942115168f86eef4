/** Unified social credit codes of the demo's made-up organisations. */
import { createCreditCode } from '@yiwang/schema';

/**
 * The code of the organisation with this number in a division (a county or above). `registrar` is the first two signs:
 * `11` a state organ, `12` a public institution, `91` a company. `number` is below 10,000 and unique in the division.
 * `registeredIn` is the division whose authority gave the code, which need not be its own.
 */
export function creditCodeOf(
  registrar: '11' | '12' | '91',
  division: string,
  number: number,
  registeredIn: string = division,
): string {
  return createCreditCode(registrar, registeredIn, `${division.slice(2, 6)}${String(number).padStart(4, '0')}`);
}
