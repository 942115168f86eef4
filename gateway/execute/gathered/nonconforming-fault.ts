/** A value that is not of its field's type → the fault of its platform. */
import type { FieldProgram } from '../../model/gather.ts';
import type { ExecutionEngine } from '../context.ts';
import type { Fault } from '../coverage/call-record.ts';

const WRONG_SHAPE = 'the answer does not have the shape that the standard prescribes';

/**
 * The fault of a platform whose value is not of the field's type. It says where and what was expected, and nothing of
 * the value.
 */
export function createNonconformingFault(
  { responseKey, definition, node }: FieldProgram,
  value: unknown,
  { steps }: ExecutionEngine,
  otherwise?: string,
): Fault {
  const mismatch = steps.findTypeMismatch(value, definition.type, node);
  const mismatchText = mismatch && `expected ${mismatch.expected} at "${[responseKey, ...mismatch.path].join('.')}"`;
  const expectation = mismatchText ?? otherwise;
  const reason = expectation === undefined ? WRONG_SHAPE : `${WRONG_SHAPE}: ${expectation}`;
  return { status: 'NONCONFORMING', code: 'PLATFORM_FAILED', reason };
}
