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
  if (targets.length > limits.fanOutMax) {
    const message = `this reaches ${targets.length} platforms at once; at most ${limits.fanOutMax} are allowed`;
    throw new PublicError('TOO_COSTLY', message);
  }
  if (address.partition !== 'none') run.collector.addUnserved(steps.unserved(address, region, run));
  return targets;
}
