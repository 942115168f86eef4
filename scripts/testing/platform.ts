/** For tests of modules: a platform on a fresh database of a real PostgreSQL, and passports for it. */
import {
  type PlatformIdentity,
  type PlatformLimits,
  type PlatformModule,
  type PlatformOptions,
  startPlatform,
} from '@yiwang/platform';
import { PASSPORT_HEADER, PASSPORT_ISSUER, type PassportClaims } from '@yiwang/schema';
import { exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT } from 'jose';
import pg from 'pg';
import { type PostgresServer, startTestPostgres } from './postgres.ts';

export interface TestPlatform {
  /** The GraphQL endpoint. */
  readonly url: string;
  readonly identity: PlatformIdentity;
  /** Connects as the owner of the database, past row security, to insert test rows. */
  readonly ownerUrl: string;
  /** Runs SQL as the owner of the database; without values, several statements at once. */
  seed(sql: string, values?: readonly unknown[]): Promise<void>;
  /** Sends a query with a passport whose claims default to a national supervisor's; `null` sends none. */
  ask(query: string, options?: AskOptions): Promise<TestResponse>;
  close(): Promise<void>;
}

export interface AskOptions {
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly passport?: Partial<PassportClaims> | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TestResponse {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the query's
  readonly data: any;
  readonly errors: readonly { message: string; path?: (string | number)[]; extensions?: { code?: string } }[];
}

export interface TestPlatformOptions {
  readonly modules: readonly PlatformModule[];
  /** Default: the municipal platform of 420100. */
  readonly identity?: Partial<PlatformIdentity>;
  /** Default 2026-11-01T00:00:00+08:00. */
  readonly now?: () => Date;
  readonly limits?: Partial<PlatformLimits>;
  /** Default: the key that `createTestPassport` signs with. */
  readonly passportKeys?: JSONWebKeySet;
  readonly logger?: PlatformOptions['logger'];
}

const PASSPORT_LIFE = '60s';
const DEMO_NOW = new Date('2026-11-01T00:00:00+08:00');
const keys = generateKeyPair('EdDSA');
let servers: { readonly server: Promise<PostgresServer>; users: number } | undefined;
let databases = 0;

/** Starts the embedded PostgreSQL of this test process if it does not run yet; it ends with the last platform. */
export async function startTestPlatform(options: TestPlatformOptions): Promise<TestPlatform> {
  const { server, leave } = await useServer();
  const identity: PlatformIdentity = {
    id: 'municipal/420100',
    name: '武汉市',
    tier: 'MUNICIPAL',
    division: '420100',
    ...options.identity,
  };
  const name = `test_${databases++}`;
  await server.createDatabase(name);
  const ownerUrl = server.url(name);
  const platform = await startPlatform({
    identity,
    modules: options.modules,
    databaseUrl: ownerUrl,
    passportKeys: options.passportKeys ?? (await testPassportKeys()),
    now: options.now ?? (() => DEMO_NOW),
    ...(options.limits ? { limits: options.limits } : {}),
    ...(options.logger ? { logger: options.logger } : {}),
  });
  return {
    url: platform.url,
    identity,
    ownerUrl,
    seed: (sql, values) => runAsOwner(ownerUrl, sql, values),
    ask: (query, askOptions) => ask(platform.url, identity.id, { query, ...askOptions }),
    async close() {
      await platform.close();
      await leave();
    },
  };
}

/** The public half of the key that `createTestPassport` signs with. */
export async function testPassportKeys(): Promise<JSONWebKeySet> {
  return { keys: [{ ...(await exportJWK((await keys).publicKey)), alg: 'EdDSA', kid: 'test' }] };
}

/** A passport signed by the tests' own key: a national supervisor's with full clearance, overridden by `claims`. */
export async function createTestPassport(audience: string, claims: Partial<PassportClaims> = {}): Promise<string> {
  return new SignJWT({
    tier: 'NATIONAL',
    division: '100000',
    roles: ['supervisor'],
    audience: 'supervisor',
    scope: ['', '~'],
    classes: ['OPEN', 'SHARED', 'INTERNAL', 'SENSITIVE'],
    unmasked: true,
    purpose: 'test',
    matter: 'test',
    ...claims,
  })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'test' })
    .setIssuer(PASSPORT_ISSUER)
    .setAudience(claims.aud ?? audience)
    .setSubject(claims.sub ?? 'tester')
    .setIssuedAt()
    .setExpirationTime(PASSPORT_LIFE)
    .sign((await keys).privateKey);
}

async function useServer(): Promise<{ server: PostgresServer; leave: () => Promise<void> }> {
  servers ??= { server: startTestPostgres(), users: 0 };
  const shared = servers;
  shared.users++;
  return {
    server: await shared.server,
    async leave() {
      if (--shared.users > 0) return;
      servers = undefined;
      await (await shared.server).stop();
    },
  };
}

async function ask(
  url: string,
  platform: string,
  options: AskOptions & { readonly query: string },
): Promise<TestResponse> {
  const { query, variables, passport = {}, headers } = options;
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(passport ? { [PASSPORT_HEADER]: await createTestPassport(platform, passport) } : {}),
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data = null, errors = [] } = (await response.json()) as Partial<TestResponse>;
  return { status: response.status, headers: response.headers, data, errors };
}

async function runAsOwner(url: string, sql: string, values?: readonly unknown[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql, values ? [...values] : undefined);
  } finally {
    await client.end();
  }
}
