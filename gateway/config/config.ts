/** Command line and environment → configuration of the gateway. Nothing else reads the environment. */
import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  DEFAULT_LIMITS,
  LIMIT_NAMES,
  LIMIT_RULES,
  type LimitName,
  type Limits,
  toLimitVariable,
} from '../model/limits.ts';
import type { CorsOptions, OperatorAddress } from '../model/listener.ts';
import { type CheckConfig, readCheckConfig } from './check-config.ts';
import { promotedFileOf } from './keys.ts';
import { type RegistryConfig, readRegistryConfig, readSchemaChecks, type SchemaChecks } from './registry-config.ts';
import { readAccessLog, readTracing } from './telemetry-config.ts';
import { readUpstreamConfig, type UpstreamConfig } from './upstream-config.ts';
import {
  readApolloPlugins,
  readCors,
  readForwardedHeaders,
  readOperator,
  readOwnHosts,
  readShowsSubgraphErrors,
} from './web-config.ts';

export type { UpstreamConfig };

export interface GatewayConfig {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** File of the supergraph; the registry's promoted version is written there if the gateway follows it. */
  readonly supergraph: string;
  readonly registry: RegistryConfig;
  readonly schemaChecks: SchemaChecks;
  /** File of the directory; undefined for a gateway without platforms of its own. */
  readonly network: string | undefined;
  /** No access policy and no record: a plain federation gateway. */
  readonly open: boolean;
  /**
   * True: clients that accept incremental delivery get what they defer later. `ANSWERS_IN_PARTS=false` turns it off.
   */
  readonly incrementalDelivery: boolean;
  /** Labels of `@override` that are on: `OVERRIDE_LABELS`, separated by commas. */
  readonly overrideLabels: readonly string[];
  /** The playground offers the demo identities with ready tokens. */
  readonly demo: boolean;
  readonly dataFolder: string;
  readonly identity: IdentityConfig;
  /** The token claim that lists the policies its owner passes; undefined: a supergraph with `@policy` is refused. */
  readonly policiesClaim: string | undefined;
  /** File of API key digests; undefined if there is none. */
  readonly apiKeys: string | undefined;
  /** Undefined: answers are checked against their types alone. */
  readonly checks: CheckConfig | undefined;
  /** Database of the record and of findings; undefined: nothing is put on record. */
  readonly databaseUrl: string | undefined;
  /** Proxies whose `X-Forwarded-For` is trusted. */
  readonly trustedProxies: readonly string[];
  /** Undefined: there is no `/platform`. */
  readonly upstream: UpstreamConfig | undefined;
  /** Undefined: pages of other origins may not read responses. */
  readonly cors: CorsOptions | undefined;
  /** Names of the request headers that are forwarded to subgraphs; none unless the gateway is open. */
  readonly forwardedHeaders: readonly string[];
  /** Address of health and metrics; undefined: they are off. */
  readonly operator: OperatorAddress | undefined;
  /** Host names of the gateway, besides its addresses. */
  readonly ownHosts: readonly string[];
  /** True: clients get error messages of subgraphs unmasked. */
  readonly showsSubgraphErrors: boolean;
  /** Modules of plugins for Apollo Server. */
  readonly apolloPlugins: readonly string[];
  readonly logLevel: string;
  /** True: one line of the log for each operation. */
  readonly accessLog: boolean;
  /** True: traces go to a collector. */
  readonly tracing: boolean;
  readonly limits: Limits;
}

export type IdentityConfig =
  | { readonly kind: 'development' }
  | { readonly kind: 'issuer'; readonly jwksUrl: URL; readonly issuer: string; readonly audience: string };

/** Lists every fault of a configuration, one to a line. */
export class ConfigError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws `ConfigError`. A flag wins over its variable. */
export function readConfig(
  args: readonly string[] = process.argv.slice(2),
  env: Environment = process.env,
): GatewayConfig {
  const faults: string[] = [];
  const flags = readFlags(args, faults);
  const path = (flag: string | undefined, variable: string): string | undefined => {
    const value = flag ?? (env[variable] || undefined);
    return value === undefined ? undefined : resolve(value);
  };
  const port = readPort(flags.port ?? env.PORT, faults);
  const open = flags.open ?? false;
  const limits = readLimits(env, faults);
  const dataFolder = path(flags.data, 'YIWANG_DATA') ?? join(REPOSITORY, '.yiwang');
  const supergraphFile = path(flags.supergraph, 'YIWANG_SUPERGRAPH');
  const registry = readRegistryConfig(env, { open, hasFile: supergraphFile !== undefined }, faults);
  const config: GatewayConfig = {
    host: flags.host ?? (env.HOST || '127.0.0.1'),
    port,
    supergraph: registry.follows
      ? promotedFileOf(dataFolder)
      : requireFile(supergraphFile ?? join(REPOSITORY, 'schema/supergraph.graphql'), 'supergraph', faults),
    registry,
    schemaChecks: readSchemaChecks(env.SCHEMA_CHECKS, faults),
    network: readNetworkFile(path(flags.network, 'YIWANG_NETWORK'), join(dataFolder, 'network.json'), open, faults),
    open,
    incrementalDelivery: readIncrementalDelivery(env.ANSWERS_IN_PARTS, faults),
    overrideLabels: readOverrideLabels(env.OVERRIDE_LABELS, faults),
    demo: flags.demo ?? false,
    dataFolder,
    identity: readIdentity(env, faults),
    policiesClaim: env.IDENTITY_POLICIES_CLAIM || undefined,
    apiKeys: readApiKeyFile(path(undefined, 'YIWANG_API_KEYS'), join(dataFolder, 'keys/api-keys.json'), faults),
    checks: readCheckConfig(env, { open, modes: path(flags['check-modes'], 'YIWANG_CHECK_MODES') }, faults),
    databaseUrl: readDatabaseUrl(env.GATEWAY_DATABASE_URL, faults),
    trustedProxies: readTrustedProxies(env.TRUSTED_PROXIES, faults),
    upstream: readUpstreamConfig(env.RELAY_PLATFORMS, env.RELAY_PASSPORT_KEYS, faults),
    cors: readCors(env, limits.preflightSeconds, faults),
    forwardedHeaders: readForwardedHeaders(env, open, faults),
    operator: readOperator(env, port, faults),
    ownHosts: readOwnHosts(env, faults),
    showsSubgraphErrors: readShowsSubgraphErrors(env, faults),
    apolloPlugins: readApolloPlugins(flags.plugins ?? env.APOLLO_PLUGINS, faults),
    logLevel: readLogLevel(env.LOG_LEVEL, faults),
    accessLog: readAccessLog(flags['access-log'], env, faults),
    tracing: readTracing(env, faults),
    limits,
  };
  if (config.open && config.upstream) faults.push('RELAY_PLATFORMS is set, but an open gateway accepts no passports.');
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

interface Flags {
  readonly supergraph?: string | undefined;
  readonly network?: string | undefined;
  readonly port?: string | undefined;
  readonly host?: string | undefined;
  readonly data?: string | undefined;
  readonly open?: boolean | undefined;
  readonly demo?: boolean | undefined;
  readonly plugins?: string | undefined;
  readonly 'check-modes'?: string | undefined;
  readonly 'access-log'?: boolean | undefined;
}

function readFlags(args: readonly string[], faults: string[]): Flags {
  try {
    const text = { type: 'string' } as const;
    const yes = { type: 'boolean' } as const;
    const files = { supergraph: text, network: text, data: text, plugins: text, 'check-modes': text };
    const options = { ...files, port: text, host: text, open: yes, demo: yes, 'access-log': yes };
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    faults.push((error as Error).message.split('. ')[0]!);
    return {};
  }
}

function readPort(value: string | undefined, faults: string[]): number {
  if (value === undefined || value === '') return 4000;
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65_535)
    faults.push(`PORT or --port is "${value}"; expected a whole number from 0 to 65535.`);
  return port;
}

function requireFile(file: string, name: string, faults: string[]): string {
  if (!existsSync(file)) faults.push(`The ${name} file ${file} does not exist.`);
  return file;
}

function readNetworkFile(
  file: string | undefined,
  defaultFile: string,
  open: boolean,
  faults: string[],
): string | undefined {
  if (file !== undefined) return requireFile(file, 'network', faults);
  return !open && existsSync(defaultFile) ? defaultFile : undefined;
}

function readApiKeyFile(file: string | undefined, defaultFile: string, faults: string[]): string | undefined {
  if (file !== undefined) return requireFile(file, 'API key', faults);
  return existsSync(defaultFile) ? defaultFile : undefined;
}

function readIdentity(env: Environment, faults: string[]): IdentityConfig {
  const names = ['IDENTITY_JWKS_URL', 'IDENTITY_ISSUER', 'IDENTITY_AUDIENCE'] as const;
  const [jwksUrl, issuer, audience] = names.map((name) => env[name] || undefined);
  if (jwksUrl === undefined && issuer === undefined && audience === undefined) return { kind: 'development' };
  for (const name of names) if (!env[name]) faults.push(`${name} is missing; a real issuer needs ${names.join(', ')}.`);
  if (!jwksUrl || !issuer || !audience) return { kind: 'development' };
  if (!/^https?:\/\//.test(jwksUrl) || !URL.canParse(jwksUrl)) {
    faults.push(`IDENTITY_JWKS_URL is "${jwksUrl}"; expected the http(s) address of the issuer's JWKS.`);
    return { kind: 'development' };
  }
  return { kind: 'issuer', jwksUrl: new URL(jwksUrl), issuer, audience };
}

function readDatabaseUrl(url: string | undefined, faults: string[]): string | undefined {
  if (!url) return undefined;
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    faults.push('GATEWAY_DATABASE_URL must be a URL such as postgres://user:password@host:5432/database.');
  }
  return url;
}

function readTrustedProxies(list: string | undefined, faults: string[]): readonly string[] {
  const proxies = (list ?? '').split(',').flatMap((text) => text.trim() || []);
  for (const proxy of proxies) {
    const [address = '', bits = '0', ...rest] = proxy.split('/');
    const bitsMax = { 0: -1, 4: 32, 6: 128 }[isIP(address)]!;
    if (rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= bitsMax) continue;
    faults.push(
      `TRUSTED_PROXIES holds "${proxy}"; expected addresses or networks such as 10.0.0.0/8, separated by commas.`,
    );
  }
  return proxies;
}

function readIncrementalDelivery(value: string | undefined, faults: string[]): boolean {
  if (value && value !== 'true' && value !== 'false')
    faults.push(`ANSWERS_IN_PARTS is "${value}"; expected true or false.`);
  return value !== 'false';
}

function readOverrideLabels(value: string | undefined, faults: string[]): string[] {
  const labels = (value ?? '').split(',').flatMap((label) => label.trim() || []);
  for (const label of labels) {
    // A percentage is decided for each operation. Federation has no other labels.
    if (!/^[A-Za-z][\w\-:./]*$/.test(label)) {
      faults.push(`OVERRIDE_LABELS has "${label}"; expected labels such as "move-names", separated by commas.`);
    }
  }
  return labels;
}

function readLogLevel(level: string | undefined, faults: string[]): string {
  if (!level) return 'info';
  if (!LOG_LEVELS.includes(level)) faults.push(`LOG_LEVEL is "${level}"; expected one of ${LOG_LEVELS.join(', ')}.`);
  return level;
}

/** An unknown `LIMIT_…` is a fault: a misspelt limit would bound nothing. */
function readLimits(env: Environment, faults: string[]): Limits {
  const limits: Record<LimitName, number> = { ...DEFAULT_LIMITS };
  const limitNames = new Map(LIMIT_NAMES.map((name) => [toLimitVariable(name), name]));
  for (const [variable, text] of Object.entries(env)) {
    if (!variable.startsWith('LIMIT_') || text === undefined || text === '') continue;
    const name = limitNames.get(variable);
    if (name === undefined) {
      faults.push(`${variable} is not a limit of the gateway.`);
      continue;
    }
    const { min, max, unit } = LIMIT_RULES[name];
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) limits[name] = value;
    else faults.push(`${variable} is "${text}"; expected a whole number from ${min} to ${max} (${unit}).`);
  }
  return limits;
}
