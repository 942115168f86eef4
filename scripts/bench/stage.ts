/** All processes of one scenario: the subgraphs, and each contestant with its connections. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePorts } from '../network/ports.ts';
import { type Client, createClient } from './client.ts';
import { type ContestantName, specOf } from './contestants.ts';
import type { Cores } from './cores.ts';
import type { Scenario } from './scenario.ts';
import { type ServerProcess, type ServerSpec, startServer } from './server-process.ts';
import { composeWorld } from './world/compose.ts';

export interface Contestant {
  readonly name: ContestantName;
  readonly server: ServerProcess;
  readonly client: Client;
  /** A connection beside the load's. */
  readonly beside: Client;
}

export interface Stage {
  readonly contestants: readonly Contestant[];
  /** Calls that the subgraphs have got so far. */
  readCalls(): Promise<number>;
  close(): Promise<void>;
}

export interface StageSettings {
  readonly contestants: readonly ContestantName[];
  /** Undefined: none are kept apart. */
  readonly cores: Cores | undefined;
  /** Takes a CPU profile of our engine; undefined: none is taken. */
  readonly profileFolder: string | undefined;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Contestants that cannot take part in the scenario are left out. Throws an `Error` where one does not start; none is left then. */
export async function openStage(scenario: Scenario, settings: StageSettings): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'yiwang-bench-'));
  const closing: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (let step = closing.pop(); step !== undefined; step = closing.pop()) await step();
  };
  try {
    const [worldPort, ...ports] = (await freePorts(settings.contestants.length + 1)) as [number, ...number[]];
    const world = `http://127.0.0.1:${worldPort}`;
    const supergraph = join(folder, 'supergraph.graphql');
    await writeFile(
      supergraph,
      composeWorld((name) => `${world}/${name}`),
    );
    const { cores, profileFolder } = settings;
    const place = { scenario, supergraph, world, folder, profileFolder, cores: cores?.contestant };
    const specs = settings.contestants.flatMap((name, at) => specOf(name, { ...place, port: ports[at]! }) ?? []);
    const started = await Promise.allSettled([worldSpec(scenario, worldPort, cores), ...specs].map(startServer));
    const servers = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    closing.push(() => Promise.all(servers.map((server) => server.stop())));
    for (const each of started) if (each.status === 'rejected') throw each.reason;
    const contestants = specs.map(({ name, port }, at): Contestant => {
      const client = createClient({ name, port, connections: scenario.connections });
      const beside = createClient({ name, port, connections: 1 });
      closing.push(() => Promise.all([client.close(), beside.close()]));
      return { name, server: servers[at + 1]!, client, beside };
    });
    return { contestants, readCalls: () => readCalls(world), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function worldSpec({ answerHeaders }: Scenario, port: number, cores: Cores | undefined): ServerSpec {
  const args = ['--import', 'tsx', 'scripts/bench/world/main.ts', String(port), JSON.stringify(answerHeaders)];
  return { name: 'subgraphs', args, env: {}, cwd: ROOT, port, cores: cores?.rest };
}

async function readCalls(world: string): Promise<number> {
  const response = await fetch(`${world}/calls`);
  return ((await response.json()) as { calls: number }).calls;
}
