/** A refused field → its error and its value, so that the fields beside it are answered. */
import { GraphQLError } from 'graphql';
import type { Path } from '../../model/errors.ts';
import type { FieldProgram } from '../../model/gather.ts';
import type { Run } from '../context.ts';

/**
 * Returns what `action` returns. If it throws a refusal, adds the error at the path and returns the value of a refused
 * field, so that the fields beside it are answered.
 */
export function catchFieldError(program: FieldProgram, path: Path, run: Run, action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    run.collector.addError(
      new GraphQLError(error.message, { path, extensions: { code: 'BAD_USER_INPUT', ...error.extensions } }),
    );
    // The value stays, though fields in it are null that may not be.
    if (program.refusedValue !== undefined) run.collector.markMissing(path);
    return program.refusedValue;
  }
}
