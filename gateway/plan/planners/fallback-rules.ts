/** Which operations are not for the Rust planner: known before it is asked, or learnt when one of them ended its process. */
import { createLruCache } from '../../kit/collections/lru-cache.ts';
import { sha256 } from '../../kit/crypto/digest.ts';
import type { Limits } from '../../model/limits.ts';
import type { SubgraphTypes } from '../../model/supergraph/subgraph-types.ts';
import { createMeetsInterfaceObjects } from './interface-objects.ts';

export interface FallbackRules {
  /** Why the operation is for the other planner; undefined if it is not. */
  reasonFor(operation: string, operationName: string | undefined): Error | undefined;
  /** The operation ended the planner's process. As many are remembered as plans are kept. */
  exclude(operation: string, reason: Error): void;
}

/** Also in a text that only says so within a string, which does no harm: both planners plan it. */
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
