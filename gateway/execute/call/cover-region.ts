/** Region → the platforms that answer for it, no more than the limit. */
import type { Region, SubgraphAddress } from '@yiwang/schema';
import { PublicError } from '../../model/errors.ts';
import type { RouteTarget } from '../../model/platform/network.ts';
import type { ExecutionEngine, Run } from '../context.ts';

/**
 * The platforms for a region. Adds what no platform answers for to coverage. Throws `TOO_COSTLY` for too many
 * platforms.
 */
export function coverRegion(
  address: SubgraphAddress,
  region: Region,
  run: Run,
  { limits, steps }: ExecutionEngine,
): readonly RouteTarget[] {
  const targets = steps.cover(address, region, run);
  assertFanOut(targets.length, limits.fanOutMax);
  if (address.partition !== 'none') run.collector.addUnserved(steps.unserved(address, region, run));
  return targets;
}

/** The platforms of several subgraphs. One that serves two of them is asked for each, within what it answers for there. */
export function coverInSubgraphs(
  addresses: readonly SubgraphAddress[],
  region: Region,
  run: Run,
  engine: ExecutionEngine,
): readonly RouteTarget[] {
  const targets = addresses.flatMap((address) =>
    coverRegion(address, region, run, engine).map((target): RouteTarget => ({ ...target, isJoint: true })),
  );
  assertFanOut(targets.length, engine.limits.fanOutMax);
  return targets;
}

function assertFanOut(platforms: number, fanOutMax: number): void {
  if (platforms <= fanOutMax) return;
  const message = `this reaches ${platforms} platforms at once; at most ${fanOutMax} are allowed`;
  throw new PublicError('TOO_COSTLY', message);
}
