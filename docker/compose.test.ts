import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { readExchangeConfig } from '@yiwang/exchange/config';
import { readConfig } from '@yiwang/gateway/config/config.ts';
import { parseNetwork } from '@yiwang/gateway/config/network-file.ts';
import { DEFAULT_LIMITS as GATEWAY_LIMITS } from '@yiwang/gateway/model/limits.ts';
import { DEFAULT_LIMITS as PLATFORM_LIMITS, readPlatformConfig } from '@yiwang/platform';
import {
  DATA_END,
  DEMO_PLATFORMS,
  GATEWAY_DATABASE,
  listedSubgraphs,
  readNetworkConfig,
} from '@yiwang/scripts/demo/index.ts';
import { databaseName } from '@yiwang/scripts/tools/postgres/index.ts';
import { parse } from 'yaml';
import { environmentOf, instructionsOf, parseDockerfile } from './dockerfile.ts';

interface Service {
  readonly image: string;
  readonly build?: { readonly dockerfile: string; readonly target?: string };
  readonly command: readonly string[];
  readonly user?: string;
  readonly init?: boolean;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly configs?: readonly { readonly source: string; readonly target: string }[];
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly networks: readonly string[];
  readonly stop_grace_period?: string;
  readonly healthcheck?: object;
  readonly deploy: { readonly resources: { readonly limits: { readonly cpus: string; readonly memory: string } } };
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly configs: Readonly<Record<string, { readonly file: string }>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes: Readonly<Record<string, object>>;
}

const FOLDER = fileURLToPath(new URL('./', import.meta.url));
const PASSWORD = 'secret1';
const read = (name: string) => readFileSync(`${FOLDER}${name}`, 'utf8');
const compose = parse(interpolate(read('compose.yaml')), { merge: true }) as Compose;
const network = parseNetwork(JSON.parse(read('network.json')), 'docker/network.json');
const gatewayStages = parseDockerfile(read('gateway.Dockerfile'));
const platformStages = parseDockerfile(read('platform.Dockerfile'));
const images: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'yiwang/gateway:0.1.0': environmentOf(instructionsOf(gatewayStages)),
  'yiwang/platform:0.1.0': environmentOf(instructionsOf(platformStages)),
  'yiwang/seed:0.1.0': environmentOf(instructionsOf(platformStages, 'seed')),
};
/** Variables that Node and packages read, not the project. */
const OF_OTHERS = new Set(['NODE_ENV', 'APOLLO_TELEMETRY_DISABLED']);

/** Interpolates variables as Compose does: the password is set, every other variable has its default. */
function interpolate(text: string): string {
  return text.replace(/\$\{(\w+)(?::[-?]([^}]*))?\}/g, (_, name: string, fallback: string) =>
    name === 'POSTGRES_PASSWORD' ? PASSWORD : fallback,
  );
}

function serviceOf(name: string): Service {
  const service = compose.services[name];
  if (!service) throw new Error(`compose.yaml has no service ${name}`);
  return service;
}

type Environment = Readonly<Record<string, string>>;

/** The environment of a container's process, with mounted files at their place in the repository. */
function environmentFor(service: Service): Environment {
  const environment: Record<string, string> = { ...images[service.image], ...service.environment };
  for (const { source, target } of service.configs ?? []) {
    for (const [name, value] of Object.entries(environment)) {
      if (value === target) environment[name] = `${FOLDER}${compose.configs[source]!.file}`;
    }
  }
  return environment;
}

/** The variables that have no effect on the configuration. */
function idleVariables(env: Environment, configOf: (env: Environment) => unknown): readonly string[] {
  const outcome = (changed: Environment) => {
    try {
      return JSON.stringify(configOf(changed));
    } catch (error) {
      return (error as Error).message;
    }
  };
  const usual = outcome(env);
  return Object.keys(env).filter((name) => !OF_OTHERS.has(name) && outcome({ ...env, [name]: 'nonsense' }) === usual);
}

describe('docker/network.json', () => {
  test('lists the platforms of the demo network, each with the address of its service', () => {
    expect(network.platforms).toEqual(
      DEMO_PLATFORMS.map((platform) => {
        const { id, name, tier, division } = platform;
        const host = id.replace('/', '-');
        const port = environmentFor(serviceOf(host)).PORT;
        return {
          id,
          name,
          tier,
          division,
          subgraphs: listedSubgraphs(platform),
          url: `http://${host}:${port}/graphql`,
        };
      }),
    );
  });
});

describe('docker/compose.yaml', () => {
  test.each(DEMO_PLATFORMS.map((platform) => [platform.id, platform] as const))('runs %s', (_id, platform) => {
    const service = serviceOf(platform.id.replace('/', '-'));
    const env = environmentFor(service);
    const config = readPlatformConfig(env);
    const { id, name, tier, division } = platform;
    expect(config.identity).toEqual({ id, name, tier, division });
    expect(new URL(config.databaseUrl).pathname).toBe(`/${databaseName(id)}`);
    expect(new URL(config.databaseUrl).host).toBe('postgres:5432');
    expect(config.passportKeys).toEqual(new URL('http://gateway:4000/.well-known/jwks.json'));
    expect(config.now?.getTime()).toBe(DATA_END);
    expect(service.command).toEqual([`subgraphs/${platform.kind}/main.ts`]);
    if (platform.kind === 'exchange') expect(readExchangeConfig(env)?.entries).toEqual(network.platforms);
    const configOf = (changed: Environment) => [
      readPlatformConfig(changed),
      platform.kind === 'exchange' && readExchangeConfig(changed),
    ];
    expect(idleVariables(env, configOf)).toEqual([]);
  });

  test('runs the gateway on its own database and the network file, and the port that is published', () => {
    const env = environmentFor(serviceOf('gateway'));
    const [main, ...args] = serviceOf('gateway').command;
    const config = readConfig(args, env);
    expect(main).toBe('gateway/main.ts');
    expect(config.network).toBe(`${FOLDER}network.json`);
    expect(new URL(config.databaseUrl!).pathname).toBe(`/${databaseName(GATEWAY_DATABASE)}`);
    expect(serviceOf('gateway').volumes).toEqual([`gateway:${config.dataFolder}`]);
    expect(serviceOf('gateway').ports).toEqual([`127.0.0.1:4000:${config.port}`]);
    expect(config.demo).toBe(true);
    expect(idleVariables(env, (changed) => readConfig(args, changed))).toEqual([]);
  });

  test('seeds the databases before the platforms start, with the keys of the gateway', () => {
    const env = environmentFor(serviceOf('seed'));
    const [main, ...args] = serviceOf('seed').command;
    const config = readNetworkConfig(args, env);
    expect(main).toBe('docker/seed.ts');
    expect(config.scale).toBe(1);
    const { host, username, password } = new URL(config.databaseUrl!);
    const { POSTGRES_USER, POSTGRES_PASSWORD } = serviceOf('postgres').environment!;
    expect([host, username, password]).toEqual(['postgres:5432', POSTGRES_USER, POSTGRES_PASSWORD]);
    expect(serviceOf('seed').volumes).toEqual([`gateway:${config.folder}`]);
    expect(idleVariables(env, (changed) => readNetworkConfig(args, changed))).toEqual(['HOST']);
    for (const [name, service] of Object.entries(compose.services)) {
      if (name === 'postgres' || name === 'seed') continue;
      expect(service.depends_on).toEqual({ seed: { condition: 'service_completed_successfully' } });
    }
    expect(serviceOf('seed').depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    expect(serviceOf('postgres').healthcheck).toBeDefined();
  });

  test('has no other service', () => {
    const platforms = DEMO_PLATFORMS.map(({ id }) => id.replace('/', '-'));
    expect(Object.keys(compose.services).sort()).toEqual(['gateway', 'postgres', 'seed', ...platforms].sort());
  });

  test('builds each image once, from existing files', () => {
    const built = Object.values(compose.services).flatMap(({ image, build }) => (build ? [{ image, ...build }] : []));
    expect(built.map(({ image }) => image).sort()).toEqual(Object.keys(images).sort());
    for (const { dockerfile, target } of built) {
      const stages = parseDockerfile(read(dockerfile.replace(/^docker\//, '')));
      expect(() => instructionsOf(stages, target)).not.toThrow();
    }
    const used = Object.values(compose.services).map(({ image }) => image);
    expect(new Set(used)).toEqual(new Set([...Object.keys(images), 'postgres:18']));
  });

  test('uses only networks, volumes and files that it defines', () => {
    for (const service of Object.values(compose.services)) {
      for (const name of service.networks) expect(compose.networks).toHaveProperty(name);
      for (const { source } of service.configs ?? []) expect(compose.configs).toHaveProperty(source);
      for (const volume of service.volumes ?? []) expect(compose.volumes).toHaveProperty(volume.split(':')[0]!);
    }
    expect(Object.values(compose.configs).map(({ file }) => file)).toEqual(['network.json']);
  });

  test('gives each service only the privileges that it needs', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      expect([name, service.cap_drop, service.security_opt, service.init]).toEqual([
        name,
        ['ALL'],
        ['no-new-privileges:true'],
        true,
      ]);
      expect(service.deploy.resources.limits).toEqual({ cpus: expect.any(String), memory: expect.any(String) });
      if (name === 'postgres') expect(service.user).toBe('postgres');
      else expect(service.read_only).toBe(true);
      if (name !== 'gateway') expect([name, service.networks, service.ports]).toEqual([name, ['inside'], undefined]);
    }
    expect(compose.networks.inside?.internal).toBe(true);
  });

  test('has a longer grace period for a stop than the processes', () => {
    const graceMs = (name: string) => Number.parseInt(serviceOf(name).stop_grace_period!, 10) * 1000;
    const { stopGraceMs, deadlineGraceMs, recordStopMs } = GATEWAY_LIMITS;
    expect(graceMs('gateway')).toBeGreaterThan(stopGraceMs + deadlineGraceMs + recordStopMs);
    for (const { id } of DEMO_PLATFORMS) {
      expect(graceMs(id.replace('/', '-'))).toBeGreaterThan(PLATFORM_LIMITS.stopMsMax);
    }
  });

  test('allows enough connections to PostgreSQL for all services', () => {
    const max = Number(/max_connections=(\d+)/.exec(serviceOf('postgres').command.join(' '))?.[1]);
    const perPlatform = PLATFORM_LIMITS.connectionsMax + 2;
    expect(max).toBeGreaterThan(DEMO_PLATFORMS.length * perPlatform + 10);
  });
});
