/** Paths with the response keys that were planned with → paths with the client's. */
import type { GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { type Path, SubgraphError, withPath } from '../model/errors.ts';
import type { EngineResult } from '../model/validated-operation.ts';
import { visiblePath } from './visible-path.ts';

/** Has the client's key by the one in its place; undefined where none was changed. */
type Keys = ReadonlyMap<string, string> | undefined;

export function restorePath(path: Path, keys: Keys): Path {
  return keys ? path.map((part) => keys.get(String(part)) ?? part) : path;
}

/** What was planned, of a view. */
export interface ResponseContext {
  readonly operation: OperationDefinitionNode;
  readonly keys: Keys;
  readonly schema: GraphQLSchema;
}

/** A subgraph's errors name no place that the client may not know. */
export function restoreErrors(
  errors: readonly GraphQLError[],
  { operation, keys, schema }: ResponseContext,
): readonly GraphQLError[] {
  return errors.map((error) => {
    if (!error.path) return error;
    const visible = error instanceof SubgraphError ? visiblePath(error.path, operation, schema, keys) : error.path;
    const path = restorePath(visible, keys);
    return path === error.path ? error : withPath(error, path);
  });
}

type ClientPaths = Pick<EngineResult, 'coverage' | 'withheld'>;

/** In the errors, and in what is told of the whole. */
export function restoreKeys<T extends ClientPaths & { readonly errors?: EngineResult['errors'] }>(
  answered: T,
  context: ResponseContext,
): T {
  const { keys } = context;
  const { errors = [], coverage, withheld } = answered;
  const restored = errors.length > 0 ? { errors: restoreErrors(errors, context) } : {};
  if (!keys) return errors.length > 0 ? { ...answered, ...restored } : answered;
  return {
    ...answered,
    ...restored,
    coverage: coverage && {
      ...coverage,
      platforms: coverage.platforms.map((entry) => ({ ...entry, path: restorePath(entry.path, keys) })),
    },
    ...(withheld ? { withheld: withheld.map((entry) => ({ ...entry, path: restorePath(entry.path, keys) })) } : {}),
  };
}
