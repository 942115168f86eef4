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
import { type ServerProcess, startServer } from './server-process.ts';
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
export async function openStage(
  scenario: Scenario,
  { contestants: names, cores, profileFolder }: StageSettings,
): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'yiwang-bench-'));
  const closing: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (let step = closing.pop(); step !== undefined; step = closing.pop()) await step();
  };
  try {
    const [worldPort, ...ports] = (await freePorts(names.length + 1)) as [number, ...number[]];
    const world = `http://127.0.0.1:${worldPort}`;
    const args = [
      '--import',
      'tsx',
      'scripts/bench/world/main.ts',
      String(worldPort),
      JSON.stringify(scenario.answerHeaders),
    ];
    const subgraphs = await startServer({
      name: 'subgraphs',
      args,
      env: {},
      cwd: ROOT,
      port: worldPort,
      cores: cores?.rest,
    });
    closing.push(() => subgraphs.stop());
    const supergraph = join(folder, 'supergraph.graphql');
    await writeFile(
      supergraph,
      composeWorld((name) => `${world}/${name}`),
    );
    const contestants: Contestant[] = [];
    for (const [at, name] of names.entries()) {
      const spec = specOf(name, {
        ...{ scenario, port: ports[at]!, supergraph, world, folder, profileFolder },
        cores: cores?.contestant,
      });
      if (spec === undefined) continue;
      const server = await startServer(spec);
      const client = createClient(spec.port, scenario.connections);
      const beside = createClient(spec.port, 1);
      closing.push(async () => {
        await Promise.all([client.close(), beside.close()]);
        await server.stop();
      });
      contestants.push({ name, server, client, beside });
    }
    return { contestants, readCalls: () => readCalls(world), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function readCalls(world: string): Promise<number> {
  const response = await fetch(`${world}/calls`);
  return ((await response.json()) as { calls: number }).calls;
}
