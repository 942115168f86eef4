/** The platform servers of a network as processes: starts all, then stops and starts single ones on demand. */
import { join } from 'node:path';
import type { PlatformState } from '../control/control.ts';
import type { DemoPlatform } from '../platforms.ts';
import { type ChildServer, startChildServer } from './child-server.ts';
import { logFileOf } from './config.ts';
import type { ControlledNetwork } from './control-server.ts';

export interface PlatformServer {
  readonly platform: DemoPlatform;
  readonly port: number;
  readonly databaseUrl: string;
  readonly databaseRole: string;
}

export interface PlatformServersOptions {
  readonly folder: string;
  readonly servers: readonly PlatformServer[];
  /** The clock of the answers, epoch milliseconds. */
  readonly now: number;
  readonly networkFile: string;
  /** JWKS file with the gateway's public key. */
  readonly passportKeysFile: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Receives each process that ended by itself. */
  readonly onExit: (id: string, exit: number | string) => void;
}

export interface PlatformServers extends ControlledNetwork {
  stopAll(): Promise<void>;
}

export function urlOf(port: number): string {
  return `http://127.0.0.1:${port}/graphql`;
}

interface PlatformSlot {
  readonly server: PlatformServer;
  state: PlatformState['state'];
  child: ChildServer | undefined;
  /** The current change, so that a start waits for a stop. */
  change: Promise<void>;
}

export function createPlatformServers(options: PlatformServersOptions): PlatformServers {
  const slots = new Map<string, PlatformSlot>(
    options.servers.map((server) => [
      server.platform.id,
      { server, state: 'STOPPED', child: undefined, change: Promise.resolve() },
    ]),
  );
  const slotOf = (id: string): PlatformSlot => {
    const slot = slots.get(id);
    if (!slot)
      throw new RangeError(`There is no platform "${id}" in this network; it has ${[...slots.keys()].join(', ')}`);
    return slot;
  };
  const applyChange = async (id: string, change: (slot: PlatformSlot) => Promise<void>): Promise<PlatformState> => {
    const slot = slotOf(id);
    const next = slot.change.then(() => change(slot));
    slot.change = next.catch(() => undefined);
    await next;
    return stateOf(slot);
  };
  return {
    states: () => [...slots.values()].map(stateOf),
    start: (id) => applyChange(id, (slot) => startSlot(slot, options)),
    stop: (id) => applyChange(id, stopSlot),
    async stopAll() {
      await Promise.all([...slots.keys()].map((id) => applyChange(id, stopSlot)));
    },
  };
}

function stateOf({ server, state, child }: PlatformSlot): PlatformState {
  return { id: server.platform.id, state, pid: child?.pid ?? null, url: urlOf(server.port) };
}

async function startSlot(slot: PlatformSlot, options: PlatformServersOptions): Promise<void> {
  if (slot.child) return;
  const { platform } = slot.server;
  slot.state = 'STARTING';
  try {
    const child = await startChildServer({
      id: platform.id,
      entry: new URL(`../../../subgraphs/${platform.kind}/main.ts`, import.meta.url),
      env: environmentOf(slot.server, options),
      logFile: logFileOf(options.folder, platform.id),
    });
    slot.child = child;
    slot.state = 'RUNNING';
    void child.ended.then((exit) => {
      if (slot.child !== child) return;
      slot.child = undefined;
      slot.state = 'DIED';
      options.onExit(platform.id, exit);
    });
  } catch (error) {
    slot.state = 'DIED';
    throw error;
  }
}

async function stopSlot(slot: PlatformSlot): Promise<void> {
  const { child } = slot;
  slot.child = undefined;
  slot.state = 'STOPPED';
  await child?.stop();
}

function environmentOf({ platform, port, databaseUrl, databaseRole }: PlatformServer, options: PlatformServersOptions) {
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
