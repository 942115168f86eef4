/** Chaos under load: platforms go down and come back, the directory changes, the supergraph is reloaded. */
import type { PlatformEntry } from '@yiwang/gateway/model/platform/network.ts';
import type { Random } from '../../demo/data/random.ts';
import type { GatewayProcess } from '../gateway/gateway-process.ts';
import type { StubPlatforms } from '../stubs/stub-platforms.ts';

export interface ChaosOptions {
  readonly gateways: readonly GatewayProcess[];
  readonly platforms: StubPlatforms;
  readonly random: Random;
  readonly everyMs: number;
  readonly isOver: () => boolean;
}

export interface ChaosCounts {
  deaths: number;
  /** Files written for the gateways; every second one with SIGHUP. */
  reloads: number;
}

/** At the end every platform runs and is in the directory. */
export async function causeChaos(options: ChaosOptions): Promise<ChaosCounts> {
  const { gateways, platforms, random, everyMs, isOver } = options;
  const counts: ChaosCounts = { deaths: 0, reloads: 0 };
  const ids = platforms.entries.map(({ id }) => id);
  const write = (entries: readonly PlatformEntry[]) =>
    Promise.all(gateways.map((gateway) => gateway.writeNetwork(entries)));
  for (let round = 0; !isOver(); round++) {
    const victim = random.pick(ids);
    await platforms.setBehaviour([victim], { kind: 'down' });
    counts.deaths++;
    await pause(everyMs);
    await platforms.setBehaviour([victim], { kind: 'healthy' });
    const removed = random.pick(ids);
    // By turns: a platform leaves the directory, it is back, and the same graph comes as another file.
    if (round % 3 === 0) await write(platforms.entries.filter(({ id }) => id !== removed));
    else if (round % 3 === 1) await write(platforms.entries);
    else await Promise.all(gateways.map((gateway) => gateway.touchSupergraph(`round ${round}`)));
    if (round % 2 === 0) for (const gateway of gateways) gateway.signal('SIGHUP');
    counts.reloads++;
    await pause(everyMs);
  }
  await write(platforms.entries);
  return counts;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
