/** Where a fetch that is not partitioned goes. */
import { EVERYWHERE } from '@yiwang/schema';
import type { RouteTarget } from '../../model/platform/network.ts';
import type { SubgraphLocation } from '../../model/supergraph/supergraph-rules.ts';
import type { ExecutionEngine, Run } from '../context.ts';

export interface Destination {
  readonly url: string;
  /** Undefined for a subgraph with a plain address. */
  readonly target: RouteTarget | undefined;
}

/** Undefined if the directory has no platform for the subgraph. */
export function findDestination(
  location: SubgraphLocation,
  run: Run,
  { steps }: ExecutionEngine,
): Destination | undefined {
  if (location.kind === 'address') return { url: location.url, target: undefined };
  const target = steps.cover(location, EVERYWHERE, run)[0];
  return target && { url: target.platform.url, target };
}
