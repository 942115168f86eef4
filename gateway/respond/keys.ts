/** Paths with the response keys that were planned with → paths with the client's. */
import type { GraphQLError } from 'graphql';
import { type Path, withPath } from '../model/errors.ts';
import type { Answered } from '../model/request.ts';

/** Has the client's key by the one in its place; undefined where none was changed. */
type Keys = ReadonlyMap<string, string> | undefined;

export function restorePath(path: Path, keys: Keys): Path {
  return keys ? path.map((part) => keys.get(String(part)) ?? part) : path;
}

export function restoreErrors(errors: readonly GraphQLError[], keys: Keys): readonly GraphQLError[] {
  if (!keys) return errors;
  return errors.map((error) => (error.path ? withPath(error, restorePath(error.path, keys)) : error));
}

type Told = Pick<Answered, 'coverage' | 'withheld'>;

/** In the errors, and in what is told of the whole. */
export function restoreKeys<T extends Told & { readonly errors?: Answered['errors'] }>(answered: T, keys: Keys): T {
  if (!keys) return answered;
  const { errors, coverage, withheld } = answered;
  return {
    ...answered,
    ...(errors ? { errors: restoreErrors(errors, keys) } : {}),
    coverage: coverage && {
      ...coverage,
      platforms: coverage.platforms.map((entry) => ({ ...entry, path: restorePath(entry.path, keys) })),
    },
    ...(withheld ? { withheld: withheld.map((entry) => ({ ...entry, path: restorePath(entry.path, keys) })) } : {}),
  };
}
