/** Cursors as clients have them: signed, and bound to the query and the rights that they were made for. */
import { PublicError } from '../../model/errors.ts';
import type { FieldProgram } from '../../model/gather.ts';
import type { ExecutionEngine, Run } from '../context.ts';
import { type Cursor, createCursorEncoder, decodeCursor, NOTHING_SKIPPED, type SkippedRegions } from './cursor.ts';

/**
 * The caller's cursor; undefined without one. An upstream gateway has verified its client's cursor, and sends the
 * position. Throws `BAD_USER_INPUT` for a cursor of another query.
 */
export function verifyCursor(
  program: FieldProgram,
  args: Readonly<Record<string, unknown>>,
  run: Run,
  engine: ExecutionEngine,
): Cursor | undefined {
  const { after } = args;
  if (typeof after !== 'string') return undefined;
  if (run.recipient === 'gateway') return { position: after, skipped: NOTHING_SKIPPED };
  const text =
    after.length <= engine.limits.cursorBytesMax
      ? engine.signer.verify(after, cursorBinding(program, args, run))
      : undefined;
  if (text !== undefined) return decodeCursor(text);
  const message = 'this cursor is not from this query: expected one from a page with the same arguments and rights';
  throw new PublicError('BAD_USER_INPUT', message);
}

/**
 * The binding is computed for the first cursor, since few fields have any. An upstream gateway signs its own cursors.
 */
export function createCursorSigner(
  program: FieldProgram,
  args: Readonly<Record<string, unknown>>,
  skipped: SkippedRegions,
  run: Run,
  { signer, limits }: ExecutionEngine,
): (position: string) => string {
  if (run.recipient === 'gateway') return (position) => position;
  let sign: ((position: string) => string) | undefined;
  return (position) => {
    if (!sign) {
      const binding = cursorBinding(program, args, run);
      const encode = createCursorEncoder(skipped, limits.cursorBytesMax);
      sign = (text) => signer.sign(encode(text), binding);
    }
    return sign(position);
  };
}

/** What a cursor is bound to: the same field with the same arguments, of a caller with the same rights. */
function cursorBinding(program: FieldProgram, args: Readonly<Record<string, unknown>>, run: Run): string {
  const { first: _first, after: _after, ...rest } = args;
  return JSON.stringify([program.definition.name, rest, run.operation.view.name, run.operation.rights.fingerprint]);
}
