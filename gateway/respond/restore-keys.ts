/** Paths with the response keys of the plan → paths with the client's. */
import type { GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { type Path, SubgraphError, withPath } from '../model/errors.ts';
import type { EngineResult } from '../model/validated-operation.ts';
import { visiblePath } from './visible-path.ts';

/** The client's keys by the keys of the plan; undefined if they are the same. */
type Keys = ReadonlyMap<string, string> | undefined;

export function restorePath(path: Path, keys: Keys): Path {
  return keys ? path.map((part) => keys.get(String(part)) ?? part) : path;
}

/** The operation that was planned, its keys and its view. */
export interface ResponseContext {
  readonly operation: OperationDefinitionNode;
  readonly keys: Keys;
  readonly schema: GraphQLSchema;
}

/** The path of a subgraph's error ends where it names what the client may not see. */
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

/** Restores the keys in errors, coverage and the list of withheld statistics. */
export function restoreKeys<T extends ClientPaths & { readonly errors?: EngineResult['errors'] }>(
  result: T,
  context: ResponseContext,
): T {
  const { keys } = context;
  const { errors = [], coverage, withheld } = result;
  const restored = errors.length > 0 ? { errors: restoreErrors(errors, context) } : {};
  if (!keys) return errors.length > 0 ? { ...result, ...restored } : result;
  return {
    ...result,
    ...restored,
    coverage: coverage && {
      ...coverage,
      platforms: coverage.platforms.map((entry) => ({ ...entry, path: restorePath(entry.path, keys) })),
    },
    ...(withheld ? { withheld: withheld.map((entry) => ({ ...entry, path: restorePath(entry.path, keys) })) } : {}),
  };
}
