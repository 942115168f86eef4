/** Who takes part: our engine, the peers, the floors, and how each is started, as its makers recommend for production. */
import { fileURLToPath } from 'node:url';
import { type BaselineKind, createBaseline } from '../baselines/baseline.ts';
import type { Scenario } from '../scenario.ts';
import { profileArguments } from './profile.ts';
import type { ServerSpec } from './server-process.ts';

export const TARGET_NAMES = ['yiwang', 'apollo', 'hive', 'floor-parse', 'floor-pipe'] as const;
export type TargetName = (typeof TARGET_NAMES)[number];
export const PEERS: readonly TargetName[] = ['apollo', 'hive'];

/** A contestant's server. */
export interface TargetSpec extends ServerSpec {
  readonly name: TargetName;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
export const PEERS_FOLDER = fileURLToPath(new URL('../peers/', import.meta.url));

export interface TargetContext {
  readonly scenario: Scenario;
  readonly port: number;
  /** File of the supergraph. */
  readonly supergraph: string;
  /** Where the subgraphs are, such as `http://127.0.0.1:4001`. */
  readonly world: string;
  /** For what a contestant writes. */
  readonly folder: string;
  readonly cores: string | undefined;
  /** Takes a CPU profile of our engine; undefined: none is taken. */
  readonly profileFolder: string | undefined;
}

/** What our engine is given beyond its defaults, so that answers of 8 MB, which no page of the standard has, get through. */
const ENGINE_LIMITS = {
  LIMIT_OPERATION_DEADLINE_MS: '60000',
  LIMIT_PLATFORM_DEADLINE_MS: '60000',
  LIMIT_PLATFORM_CONNECTIONS_MAX: '128',
};

/** Undefined where this contestant cannot take part in the scenario. */
export function createTargetSpec(name: TargetName, context: TargetContext): TargetSpec | undefined {
  const { scenario, port, supergraph, world, folder, cores, profileFolder } = context;
  const base = { name, port, cores, env: { NODE_ENV: 'production' } };
  const ours = { ...base, cwd: ROOT };
  const peer = { ...base, cwd: PEERS_FOLDER };
  switch (name) {
    case 'yiwang':
      return {
        ...ours,
        args: [
          ...(profileFolder === undefined ? [] : profileArguments(profileFolder, scenario.name)),
          'scripts/yiwang.js',
          'serve',
          '--open',
          '--supergraph',
          supergraph,
          '--port',
          String(port),
          '--data',
          folder,
        ],
        env: { ...base.env, LOG_LEVEL: 'warn', ...ENGINE_LIMITS },
      };
    case 'apollo':
      return {
        ...peer,
        args: ['apollo.js', String(port), supergraph],
        env: { ...base.env, APOLLO_TELEMETRY_DISABLED: '1' },
      };
    case 'hive':
      return {
        ...peer,
        args: [
          'node_modules/@graphql-hive/gateway/dist/bin.js',
          'supergraph',
          supergraph,
          ...['--config-path', 'gateway.config.js', '--host', '127.0.0.1', '--port', String(port), '--fork', '1'],
        ],
      };
    case 'floor-parse':
    case 'floor-pipe': {
      const kind = name === 'floor-parse' ? 'parse' : 'pipe';
      if (!hasBaseline(scenario, kind)) return undefined;
      return {
        ...ours,
        args: ['--import', 'tsx', 'scripts/bench/baselines/main.ts', String(port), world, scenario.name, kind],
      };
    }
  }
}

function hasBaseline({ name }: Scenario, kind: BaselineKind): boolean {
  const never = () => {
    throw new Error('a floor fetches nothing before it is asked');
  };
  return createBaseline(name, kind, { text: never, data: never, entities: never }) !== undefined;
}
