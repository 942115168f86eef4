/** Environment → configuration of a platform process. No other file reads the environment. */
import { readFileSync } from 'node:fs';
import { canonicalDivision, PLATFORM_TIERS } from '@yiwang/schema';
import { standardVersions } from '@yiwang/schema/standard';
import type { JSONWebKeySet } from 'jose';
import { CLOCK_SKEW_RULE, type PlatformLimits } from './limits.ts';
import type { PlatformIdentity } from './module.ts';

export interface PlatformConfig {
  readonly identity: PlatformIdentity;
  /** Of the database's owner. */
  readonly databaseUrl: string;
  /** The role of queries; undefined: `yiwang_platform`. */
  readonly databaseRole: string | undefined;
  readonly passportKeys: JSONWebKeySet | URL;
  /** The version of the standard that it states; undefined: the newest. */
  readonly standardVersion: string | undefined;
  /** The present of answers; undefined: the wall clock. */
  readonly now: Date | undefined;
  readonly limits: Pick<PlatformLimits, 'clockSkewSeconds'>;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly logLevel: string;
}

/** Lists every fault of the environment, one a line, with the remedy. */
export class PlatformConfigError extends Error {
  constructor(faults: readonly string[], options?: { readonly cause?: unknown }) {
    super(faults.join('\n'), options);
    this.name = 'PlatformConfigError';
  }
}

/** Their values may hold a password and are not repeated in messages. */
const SECRETS: ReadonlySet<string> = new Set(['DATABASE_URL']);
const VERSIONS = standardVersions().map(({ version }) => version);
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * | variable | meaning |
 * |---|---|
 * | `PLATFORM_ID` | `<subgraph>/<division>`, e.g. `municipal/420100` |
 * | `PLATFORM_NAME` | its name; default: its id |
 * | `PLATFORM_TIER` | `NATIONAL PROVINCIAL MUNICIPAL DISTRICT STREET` |
 * | `DATABASE_URL` | PostgreSQL, as the owner of the database |
 * | `DATABASE_ROLE` | the role that queries run as, one for each network of a server; default `yiwang_platform` |
 * | `PASSPORT_KEYS` | the gateway's public keys: a URL of a JWKS, or a file of one |
 * | `PLATFORM_STANDARD_VERSION` | the version of the standard that it states while it moves over; default: the newest |
 * | `PLATFORM_NOW` | an instant that stands for the present; default: the clock |
 * | `PLATFORM_CLOCK_SKEW_SECONDS` | how far ahead of this one the gateway's clock may be: 0 to 300 seconds, default 5 |
 * | `HOST`, `PORT` | default 127.0.0.1 and any free port |
 * | `LOG_LEVEL` | default `warn` |
 *
 * Throws `PlatformConfigError`.
 */
export function readPlatformConfig(env: Environment = process.env): PlatformConfig {
  const faults: string[] = [];
  const read = <T>(name: string, parse: (text: string) => T, absent?: T): T => {
    const text = env[name];
    if ((text === undefined || text === '') && absent !== undefined) return absent;
    try {
      return parse(text ?? '');
    } catch (error) {
      const shown = SECRETS.has(name) ? 'not that' : `"${text}"`;
      faults.push(`${name} is ${text ? shown : 'not set'}; ${(error as Error).message}`);
      return absent as T;
    }
  };
  const division = read('PLATFORM_ID', parseDivision);
  const id = env.PLATFORM_ID ?? '';
  const tier = read('PLATFORM_TIER', (text) => parseWord(text, PLATFORM_TIERS));
  const config = {
    identity: { id, name: env.PLATFORM_NAME || id, tier, division },
    databaseUrl: read('DATABASE_URL', parseDatabaseUrl),
    databaseRole: env.DATABASE_ROLE ? read('DATABASE_ROLE', parseRole) : undefined,
    passportKeys: read('PASSPORT_KEYS', parseKeys),
    standardVersion: env.PLATFORM_STANDARD_VERSION
      ? read('PLATFORM_STANDARD_VERSION', (text) => parseWord(text, VERSIONS))
      : undefined,
    now: env.PLATFORM_NOW ? read('PLATFORM_NOW', parseInstant) : undefined,
    limits: { clockSkewSeconds: read('PLATFORM_CLOCK_SKEW_SECONDS', parseClockSkew, CLOCK_SKEW_RULE.default) },
    host: env.HOST || '127.0.0.1',
    port: read('PORT', parsePort, 0),
    logLevel: read('LOG_LEVEL', (text) => parseWord(text, LOG_LEVELS), 'warn'),
  };
  if (faults.length > 0) throw new PlatformConfigError(faults);
  return config;
}

function parseDivision(id: string): string {
  const division = /^[a-z]+\/(\d+)$/.exec(id)?.[1];
  if (division === undefined) throw new Error('expected a subgraph and a division, e.g. municipal/420100');
  return canonicalDivision(division);
}

function parseWord<Word extends string>(text: string, words: readonly Word[]): Word {
  const word = words.find((candidate) => candidate === text);
  if (word === undefined) throw new Error(`expected one of ${words.join(', ')}`);
  return word;
}

function parseDatabaseUrl(text: string): string {
  if (!/^postgres(ql)?:$/.test(URL.canParse(text) ? new URL(text).protocol : '')) {
    throw new Error('expected a URL of PostgreSQL, e.g. postgresql://user:password@host:5432/database');
  }
  return text;
}

function parseRole(text: string): string {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(text)) throw new Error('expected small letters, digits and underscores');
  return text;
}

function parseKeys(text: string): JSONWebKeySet | URL {
  if (/^https?:/.test(text) && URL.canParse(text)) return new URL(text);
  try {
    const keys: unknown = JSON.parse(readFileSync(text, 'utf8'));
    if (Array.isArray((keys as JSONWebKeySet | null)?.keys)) return keys as JSONWebKeySet;
  } catch (cause) {
    throw new Error(`expected a URL or a readable file of a JWKS (${(cause as Error).message})`, { cause });
  }
  throw new Error('expected a JWKS: {"keys": […]}');
}

function parseInstant(text: string): Date {
  const instant = new Date(text);
  if (!/(Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(instant.getTime())) {
    throw new Error('expected an instant with its offset, e.g. 2026-11-01T00:00:00+08:00');
  }
  return instant;
}

function parseClockSkew(text: string): number {
  const { min, max, unit } = CLOCK_SKEW_RULE;
  const seconds = Number(text);
  const isKnown = text.trim() !== '' && Number.isInteger(seconds) && seconds >= min && seconds <= max;
  if (!isKnown) throw new Error(`expected ${min} to ${max} ${unit}`);
  return seconds;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('expected 0 to 65535');
  return port;
}
