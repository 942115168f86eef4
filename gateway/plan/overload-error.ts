/** The refusal of an operation that would have to wait behind too many others to be planned. */
import { PublicError } from '../model/errors.ts';

export function createOverloadError(waiting: number, plansWaitingMax: number): PublicError {
  const message = `${waiting} operations are waiting to be planned already; try again later.`;
  return new PublicError('OVERLOADED', message, { extensions: { limit: 'plansWaitingMax', max: plansWaitingMax } });
}
