/** Paths with the response keys that were planned with → paths with the client's. */
import type { GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { ForeignError, type Path, withPath } from '../model/errors.ts';
import type { Answered } from '../model/request.ts';
import { askedPath } from './asked-path.ts';

/** Has the client's key by the one in its place; undefined where none was changed. */
type Keys = ReadonlyMap<string, string> | undefined;

export function restorePath(path: Path, keys: Keys): Path {
  return keys ? path.map((part) => keys.get(String(part)) ?? part) : path;
}

/** What was planned, of a view. */
export interface PlannedOperation {
  readonly operation: OperationDefinitionNode;
  readonly keys: Keys;
  readonly schema: GraphQLSchema;
}

/** A subgraph's errors name no place that the client may not know. */
export function restoreErrors(
  errors: readonly GraphQLError[],
  { operation, keys, schema }: PlannedOperation,
): readonly GraphQLError[] {
  return errors.map((error) => {
    if (!error.path) return error;
    const known = error instanceof ForeignError ? askedPath(error.path, operation, schema, keys) : error.path;
    const path = restorePath(known, keys);
    return path === error.path ? error : withPath(error, path);
  });
}

type Told = Pick<Answered, 'coverage' | 'withheld'>;

/** In the errors, and in what is told of the whole. */
export function restoreKeys<T extends Told & { readonly errors?: Answered['errors'] }>(
  answered: T,
  asked: PlannedOperation,
): T {
  const { keys } = asked;
  const { errors = [], coverage, withheld } = answered;
  const told = errors.length > 0 ? { errors: restoreErrors(errors, asked) } : {};
  if (!keys) return errors.length > 0 ? { ...answered, ...told } : answered;
  return {
    ...answered,
    ...told,
    coverage: coverage && {
      ...coverage,
      platforms: coverage.platforms.map((entry) => ({ ...entry, path: restorePath(entry.path, keys) })),
    },
    ...(withheld ? { withheld: withheld.map((entry) => ({ ...entry, path: restorePath(entry.path, keys) })) } : {}),
  };
}
