/** The processes of one scenario: the subgraphs, and each target with its connections. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePorts } from '../../tools/process/free-ports.ts';
import type { Scenario } from '../scenario.ts';
import { composeSubgraphs } from '../subgraphs/compose.ts';
import type { Cores } from '../targets/cores.ts';
import { type ServerProcess, type ServerSpec, startServer } from '../targets/server-process.ts';
import { createTargetSpec, type TargetName } from '../targets/targets.ts';
import { createLoadClient, type LoadClient } from './load-client.ts';

export interface RunningTarget {
  readonly name: TargetName;
  readonly server: ServerProcess;
  readonly client: LoadClient;
  /** Uses a connection of its own, beside the load's. */
  readonly probeClient: LoadClient;
}

export interface BenchEnvironment {
  readonly targets: readonly RunningTarget[];
  /** Number of calls that the subgraphs received so far. */
  readCalls(): Promise<number>;
  close(): Promise<void>;
}

export interface EnvironmentSettings {
  readonly targets: readonly TargetName[];
  /** Undefined if all processes share all cores. */
  readonly cores: Cores | undefined;
  /** Where a CPU profile of our engine goes; undefined if none is taken. */
  readonly profileFolder: string | undefined;
  /** Clone of another commit, whose engine is the target `earlier`; undefined if that takes no part. */
  readonly earlierFolder: string | undefined;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Leaves out targets that cannot run the scenario. Throws an `Error` if one does not start, and stops the others. */
export async function startEnvironment(scenario: Scenario, settings: EnvironmentSettings): Promise<BenchEnvironment> {
  const folder = await mkdtemp(join(tmpdir(), 'yiwang-bench-'));
  const closing: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (let step = closing.pop(); step !== undefined; step = closing.pop()) await step();
  };
  try {
    const [subgraphsPort, ...ports] = (await findFreePorts(settings.targets.length + 1)) as [number, ...number[]];
    const subgraphsUrl = `http://127.0.0.1:${subgraphsPort}`;
    const supergraph = join(folder, 'supergraph.graphql');
    await writeFile(
      supergraph,
      composeSubgraphs((name) => `${subgraphsUrl}/${name}`),
    );
    const { cores, profileFolder, earlierFolder } = settings;
    const where = { supergraph, subgraphsUrl, folder, profileFolder, earlierFolder };
    const context = { ...where, scenario, cores: cores?.target };
    const specs = settings.targets.flatMap(
      (name, at) => createTargetSpec(name, { ...context, port: ports[at]! }) ?? [],
    );
    const started = await Promise.allSettled(
      [createSubgraphsSpec(scenario, subgraphsPort, cores), ...specs].map(startServer),
    );
    const servers = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    closing.push(() => Promise.all(servers.map((server) => server.stop())));
    for (const each of started) if (each.status === 'rejected') throw each.reason;
    const targets = specs.map(({ name, port }, at): RunningTarget => {
      const client = createLoadClient({ name, port, connections: scenario.connections });
      const probeClient = createLoadClient({ name, port, connections: 1 });
      closing.push(() => Promise.all([client.close(), probeClient.close()]));
      return { name, server: servers[at + 1]!, client, probeClient };
    });
    return { targets, readCalls: () => readCalls(subgraphsUrl), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function createSubgraphsSpec({ answerHeaders }: Scenario, port: number, cores: Cores | undefined): ServerSpec {
  const args = ['--import', 'tsx', 'scripts/bench/subgraphs/main.ts', String(port), JSON.stringify(answerHeaders)];
  return { name: 'subgraphs', args, env: {}, cwd: ROOT, port, cores: cores?.rest };
}

async function readCalls(subgraphsUrl: string): Promise<number> {
  const response = await fetch(`${subgraphsUrl}/calls`);
  return ((await response.json()) as { calls: number }).calls;
}
