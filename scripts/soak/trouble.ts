/** Trouble while the callers ask: platforms die and return, the directory changes, the supergraph is loaded anew. */
import type { PlatformEntry } from '@yiwang/gateway/model/network.ts';
import type { Random } from '../generate/random.ts';
import type { GatewayProcess } from '../map/gateway-process.ts';
import type { Platforms } from '../map/platforms.ts';

export interface TroubleOptions {
  readonly gateways: readonly GatewayProcess[];
  readonly platforms: Platforms;
  readonly random: Random;
  readonly everyMs: number;
  readonly isOver: () => boolean;
}

export interface Troubles {
  deaths: number;
  /** Files written for the gateways to load, and asked for by SIGHUP in turn. */
  reloads: number;
}

/** Leaves every platform alive and in the directory at the end. */
export async function makeTrouble(options: TroubleOptions): Promise<Troubles> {
  const { gateways, platforms, random, everyMs, isOver } = options;
  const troubles: Troubles = { deaths: 0, reloads: 0 };
  const ids = platforms.entries.map(({ id }) => id);
  const write = (entries: readonly PlatformEntry[]) =>
    Promise.all(gateways.map((gateway) => gateway.writeNetwork(entries)));
  for (let round = 0; !isOver(); round++) {
    const victim = random.pick(ids);
    await platforms.behave([victim], { kind: 'dead' });
    troubles.deaths++;
    await pause(everyMs);
    await platforms.behave([victim], { kind: 'well' });
    const left = random.pick(ids);
    // In turn: one platform leaves the directory, and is back; the same graph comes as another file.
    if (round % 3 === 0) await write(platforms.entries.filter(({ id }) => id !== left));
    else if (round % 3 === 1) await write(platforms.entries);
    else await Promise.all(gateways.map((gateway) => gateway.touchSupergraph(`round ${round}`)));
    if (round % 2 === 0) for (const gateway of gateways) gateway.signal('SIGHUP');
    troubles.reloads++;
    await pause(everyMs);
  }
  await write(platforms.entries);
  return troubles;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
