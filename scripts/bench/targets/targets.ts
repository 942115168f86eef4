/** The targets: our engine, the peers and the baselines, each started as its makers recommend for production. */
import { fileURLToPath } from 'node:url';
import { type BaselineKind, createBaseline } from '../baselines/baseline.ts';
import type { Scenario } from '../scenario.ts';
import { profileArguments } from './profile.ts';
import type { ServerSpec } from './server-process.ts';

export const TARGET_NAMES = ['yiwang', 'earlier', 'apollo', 'hive', 'baseline-parse', 'baseline-pipe'] as const;
export type TargetName = (typeof TARGET_NAMES)[number];
export const PEERS: readonly TargetName[] = ['apollo', 'hive'];

/** How a target's server is started. */
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
  /** Origin of the subgraphs, such as `http://127.0.0.1:4001`. */
  readonly subgraphsUrl: string;
  /** Folder that a target may write to. */
  readonly folder: string;
  readonly cores: string | undefined;
  /** Where a CPU profile of our engine goes; undefined if none is taken. */
  readonly profileFolder: string | undefined;
  /** Clone of another commit, with its packages, whose engine is the target `earlier`. */
  readonly earlierFolder: string | undefined;
}

/** Limits raised for our engine, because answers of 8 MB exceed those for pages of the standard. */
const ENGINE_LIMITS = {
  LIMIT_OPERATION_DEADLINE_MS: '60000',
  LIMIT_PLATFORM_DEADLINE_MS: '60000',
  LIMIT_PLATFORM_CONNECTIONS_MAX: '128',
};

/** Undefined if this target cannot run the scenario. */
export function createTargetSpec(name: TargetName, context: TargetContext): TargetSpec | undefined {
  const { scenario, port, supergraph, subgraphsUrl, folder, cores, profileFolder, earlierFolder } = context;
  const base = { name, port, cores, env: { NODE_ENV: 'production' } };
  const ours = { ...base, cwd: ROOT };
  const peer = { ...base, cwd: PEERS_FOLDER };
  const serve = ['scripts/yiwang.js', 'serve', '--open'];
  const engine = {
    args: [...serve, '--supergraph', supergraph, '--port', String(port), '--data', folder],
    env: { ...base.env, LOG_LEVEL: 'warn', ...ENGINE_LIMITS },
  };
  switch (name) {
    case 'yiwang': {
      const profile = profileFolder === undefined ? [] : profileArguments(profileFolder, scenario.name);
      return { ...ours, ...engine, args: [...profile, ...engine.args] };
    }
    case 'earlier':
      return earlierFolder === undefined ? undefined : { ...base, ...engine, cwd: earlierFolder };
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
    case 'baseline-parse':
    case 'baseline-pipe': {
      const kind = name === 'baseline-parse' ? 'parse' : 'pipe';
      if (!hasBaseline(scenario, kind)) return undefined;
      return {
        ...ours,
        args: ['--import', 'tsx', 'scripts/bench/baselines/main.ts', String(port), subgraphsUrl, scenario.name, kind],
      };
    }
  }
}

function hasBaseline({ name }: Scenario, kind: BaselineKind): boolean {
  const never = () => {
    throw new Error('a baseline fetches nothing before it is asked');
  };
  return createBaseline(name, kind, { text: never, data: never, entities: never }) !== undefined;
}
