/** The platform servers of a network as processes: all started, then stopped and started one by one on demand. */
import { join } from 'node:path';
import { type Child, startChild } from './child.ts';
import { logFileOf } from './config.ts';
import type { PlatformState } from './control.ts';
import type { Controlled } from './control-server.ts';
import type { DemoPlatform } from './platforms.ts';

export interface ServedPlatform {
  readonly platform: DemoPlatform;
  readonly port: number;
  readonly databaseUrl: string;
  readonly databaseRole: string;
}

export interface ServersOptions {
  readonly folder: string;
  readonly served: readonly ServedPlatform[];
  /** The clock of the answers, epoch milliseconds. */
  readonly now: number;
  readonly networkFile: string;
  /** JWKS file with the gateway's public key. */
  readonly passportKeysFile: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told of a process that ended without having been asked to. */
  readonly onDeath: (id: string, how: number | string) => void;
}

export interface Servers extends Controlled {
  stopAll(): Promise<void>;
}

export function urlOf(port: number): string {
  return `http://127.0.0.1:${port}/graphql`;
}

interface Slot {
  readonly served: ServedPlatform;
  state: PlatformState['state'];
  child: Child | undefined;
  /** The change under way, so that a start waits for a stop. */
  change: Promise<void>;
}

export function createServers(options: ServersOptions): Servers {
  const slots = new Map<string, Slot>(
    options.served.map((served) => [
      served.platform.id,
      { served, state: 'STOPPED', child: undefined, change: Promise.resolve() },
    ]),
  );
  const slotOf = (id: string): Slot => {
    const slot = slots.get(id);
    if (!slot)
      throw new RangeError(`There is no platform "${id}" in this network; it has ${[...slots.keys()].join(', ')}`);
    return slot;
  };
  const changed = async (id: string, change: (slot: Slot) => Promise<void>): Promise<PlatformState> => {
    const slot = slotOf(id);
    const next = slot.change.then(() => change(slot));
    slot.change = next.catch(() => undefined);
    await next;
    return stateOf(slot);
  };
  return {
    states: () => [...slots.values()].map(stateOf),
    start: (id) => changed(id, (slot) => startSlot(slot, options)),
    stop: (id) => changed(id, stopSlot),
    async stopAll() {
      await Promise.all([...slots.keys()].map((id) => changed(id, stopSlot)));
    },
  };
}

function stateOf({ served, state, child }: Slot): PlatformState {
  return { id: served.platform.id, state, pid: child?.pid ?? null, url: urlOf(served.port) };
}

async function startSlot(slot: Slot, options: ServersOptions): Promise<void> {
  if (slot.child) return;
  const { platform } = slot.served;
  slot.state = 'STARTING';
  try {
    const child = await startChild({
      id: platform.id,
      entry: new URL(`../../subgraphs/${platform.kind}/main.ts`, import.meta.url),
      env: environmentOf(slot.served, options),
      logFile: logFileOf(options.folder, platform.id),
    });
    slot.child = child;
    slot.state = 'RUNNING';
    void child.ended.then((how) => {
      if (slot.child !== child) return;
      slot.child = undefined;
      slot.state = 'DIED';
      options.onDeath(platform.id, how);
    });
  } catch (error) {
    slot.state = 'DIED';
    throw error;
  }
}

async function stopSlot(slot: Slot): Promise<void> {
  const { child } = slot;
  slot.child = undefined;
  slot.state = 'STOPPED';
  await child?.stop();
}

function environmentOf({ platform, port, databaseUrl, databaseRole }: ServedPlatform, options: ServersOptions) {
  return {
    ...options.env,
    PLATFORM_ID: platform.id,
    PLATFORM_NAME: platform.name,
    PLATFORM_TIER: platform.tier,
    PLATFORM_NOW: new Date(options.now).toISOString(),
    PASSPORT_KEYS: options.passportKeysFile,
    YIWANG_NETWORK: options.networkFile,
    DATABASE_URL: databaseUrl,
    DATABASE_ROLE: databaseRole,
    PORT: String(port),
  };
}

export function networkFileOf(folder: string): string {
  return join(folder, 'network.json');
}
