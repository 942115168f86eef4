/**
 * Decides which operations the Rust planner does not get: by what they contain, or because they ended its process
 * before.
 */
import { createLruCache } from '../../kit/collections/lru-cache.ts';
import { sha256 } from '../../kit/crypto/digest.ts';
import type { Limits } from '../../model/limits.ts';
import type { SubgraphTypes } from '../../model/supergraph/subgraph-types.ts';
import { createMeetsInterfaceObjects } from './interface-objects.ts';

export interface FallbackRules {
  /** Returns why the operation is for the other planner, or undefined. */
  reasonFor(operation: string, operationName: string | undefined): Error | undefined;
  /** Excludes an operation that ended the planner's process. As many are kept as plans. */
  exclude(operation: string, reason: Error): void;
}

/** Also matches a string with this text, which does no harm: both planners plan it. */
const MAY_DEFER = /@defer\b/;

export function createFallbackRules(
  types: SubgraphTypes,
  { planCacheMax }: Pick<Limits, 'planCacheMax'>,
): FallbackRules {
  const meetsInterfaceObjects = createMeetsInterfaceObjects(types);
  const excluded = createLruCache<string, Error>(planCacheMax);
  return {
    reasonFor(operation, operationName) {
      if (MAY_DEFER.test(operation)) return new Error('the operation has @defer');
      if (meetsInterfaceObjects?.(operation, operationName))
        return new Error('the operation meets an interface object');
      return excluded.size === 0 ? undefined : excluded.get(sha256(operation));
    },
    exclude: (operation, reason) => excluded.set(sha256(operation), reason),
  };
}
