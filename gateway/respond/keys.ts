/** Paths with the response keys that were planned with → paths with the client's. */
import { type Path, withPath } from '../model/errors.ts';
import type { Answered } from '../model/request.ts';

/** `keys` has the client's by the one in its place; undefined where none was changed. */
export function restoreKeys(answered: Answered, keys: ReadonlyMap<string, string> | undefined): Answered {
  if (!keys) return answered;
  const restore = (path: Path): Path => path.map((part) => keys.get(String(part)) ?? part);
  const { data, errors, coverage, withheld } = answered;
  return {
    data,
    errors: errors.map((error) => (error.path ? withPath(error, restore(error.path)) : error)),
    coverage: coverage && {
      ...coverage,
      platforms: coverage.platforms.map((entry) => ({ ...entry, path: restore(entry.path) })),
    },
    ...(withheld ? { withheld: withheld.map((entry) => ({ ...entry, path: restore(entry.path) })) } : {}),
  };
}
