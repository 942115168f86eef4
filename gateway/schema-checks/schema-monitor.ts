/**
 * The platforms of the directory → which of them may be asked: each one's schema is held against the standard's, at the
 * start, when the directory changes and from time to time. A breach keeps a platform out; what it lacks is noted.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  checkSchema,
  completeSdl,
  parseStandardSubgraphs,
  type SchemaFinding,
  type SubgraphSchema,
} from '@yiwang/schema/sdl';
import { type DocumentNode, parse } from 'graphql';
import type { Logger } from 'pino';
import { createLruCache } from '../kit/collections/lru-cache.ts';
import { sha256 } from '../kit/crypto/digest.ts';
import type { Limits } from '../model/limits.ts';
import type { PlatformEntry } from '../model/platform/network.ts';
import { readPlatformSdl, TooLongError } from './read-platform-sdl.ts';

export interface SchemaVerdict {
  /** `UNKNOWN` if the platform gave no schema, as one that is away, or a gateway. */
  readonly state: 'CONFORMS' | 'PARTIAL' | 'BREACH' | 'UNKNOWN';
  readonly breaches: number;
  readonly lacks: number;
}

export interface SchemaMonitor {
  of(platform: PlatformEntry): SchemaVerdict;
  /** Checks platforms that may not be in the directory yet. Never rejects. */
  check(platforms: readonly PlatformEntry[]): Promise<void>;
  stop(): Promise<void>;
}

export interface SchemaMonitorOptions {
  /** Empty if the supergraph that is served is not the standard's. */
  readonly platforms: () => readonly PlatformEntry[];
  /** True if a platform that breaks the standard is asked nevertheless; for the log. */
  readonly isAsked: boolean;
  readonly limits: Pick<
    Limits,
    'schemaCheckMs' | 'schemaCheckWaitMs' | 'schemaBytesMax' | 'schemaTokensMax' | 'probesInFlightMax'
  >;
  readonly log: Logger;
}

const UNKNOWN: SchemaVerdict = { state: 'UNKNOWN', breaches: 0, lacks: 0 };
/** Most platforms of a network run the same program. */
const VERDICTS_MAX = 500;
/** Places that one line of the log names. */
const PLACES_MAX = 10;
/** Characters of a place: a platform chooses its names, and verdicts are kept. */
const PLACE_LENGTH_MAX = 300;

interface Verdict extends SchemaVerdict {
  readonly places: readonly string[];
}

export function createSchemaMonitor(options: SchemaMonitorOptions): SchemaMonitor {
  const { platforms, limits } = options;
  const verdicts = createLruCache<string, Verdict>(VERDICTS_MAX);
  const known = new Map<string, SchemaVerdict>();
  let standard: ReadonlyMap<string, SubgraphSchema> | undefined;
  let isStopping = false;
  let round: Promise<void> | undefined;

  const settle = (platform: PlatformEntry, verdict: Verdict): void => {
    report(platform, { before: known.get(keyOf(platform)) ?? UNKNOWN, after: verdict }, options);
    known.set(keyOf(platform), verdict);
  };
  const judge = async (platform: PlatformEntry): Promise<void> => {
    const sdl = await readPlatformSdl(platform.url, {
      waitMs: limits.schemaCheckWaitMs,
      bytesMax: limits.schemaBytesMax,
    }).catch((error: unknown) => (error instanceof TooLongError ? error : undefined));
    // What was found of a platform stands while it is away.
    if (sdl === undefined) return;
    if (sdl instanceof TooLongError) {
      settle(platform, breachOf(sdl));
      return;
    }
    const key = `${sha256(sdl)} ${platform.subgraphs.join(' ')}`;
    let verdict = verdicts.get(key);
    if (!verdict) {
      standard ??= parseStandardSubgraphs();
      verdict = await judgeSdl(sdl, platform.subgraphs, { standard, tokensMax: limits.schemaTokensMax });
      verdicts.set(key, verdict);
    }
    settle(platform, verdict);
  };
  const check = async (platforms: readonly PlatformEntry[]): Promise<void> => {
    const queue = [...platforms];
    const work = async (): Promise<void> => {
      for (let entry = queue.shift(); entry && !isStopping; entry = queue.shift()) {
        await judge(entry);
      }
    };
    await Promise.all(Array.from({ length: Math.min(limits.probesInFlightMax, queue.length) }, work));
  };
  let served: ReadonlySet<string> = new Set();
  const checkDirectory = async (): Promise<void> => {
    const entries = platforms();
    const current = new Set(entries.map(keyOf));
    // A platform that was checked but is not served yet keeps its verdict: the directory with it comes next.
    for (const key of served) if (!current.has(key)) known.delete(key);
    served = current;
    await check(entries);
  };
  const timer = setInterval(() => {
    round ??= checkDirectory().finally(() => {
      round = undefined;
    });
  }, limits.schemaCheckMs);
  return {
    of: (platform) => known.get(keyOf(platform)) ?? UNKNOWN,
    check,
    async stop() {
      clearInterval(timer);
      isStopping = true;
      await round;
    },
  };
}

/** A platform with another URL or other subgraphs is another platform. */
function keyOf({ id, url, subgraphs }: PlatformEntry): string {
  return `${id} ${url} ${subgraphs.join(' ')}`;
}

interface Terms {
  readonly standard: ReadonlyMap<string, SubgraphSchema>;
  /** What parsing and checking cost depends on tokens: a text with more is no schema. */
  readonly tokensMax: number;
}

/** A text that is no schema is a breach of its own. */
async function judgeSdl(sdl: string, subgraphs: readonly string[], terms: Terms): Promise<Verdict> {
  try {
    await nextTurn();
    const schema = parse(sdl, { noLocation: true, maxTokens: terms.tokensMax });
    await nextTurn();
    return toVerdict(await findingsOf(completeSdl(schema), subgraphs, terms));
  } catch (error) {
    return breachOf(error as Error);
  }
}

function breachOf({ message }: Error): Verdict {
  return { state: 'BREACH', breaches: 1, lacks: 0, places: [shorten(message)] };
}

/** Others have their turns between the subgraphs. */
async function findingsOf(
  schema: DocumentNode,
  subgraphs: readonly string[],
  { standard }: Terms,
): Promise<readonly SchemaFinding[]> {
  const documents = [...standard.values()].map(({ document }) => document);
  const findings: SchemaFinding[] = [];
  for (const name of subgraphs) {
    const subgraph = standard.get(name);
    if (!subgraph) continue;
    await nextTurn();
    for (const finding of checkSchema(schema, subgraph, documents)) findings.push(finding);
  }
  return findings;
}

function toVerdict(findings: readonly SchemaFinding[]): Verdict {
  const breaches = findings.filter(({ kind }) => kind === 'breach');
  const lacks = findings.filter(({ kind }) => kind === 'lack').length;
  const state = breaches.length > 0 ? 'BREACH' : lacks > 0 ? 'PARTIAL' : 'CONFORMS';
  const places = breaches
    .slice(0, PLACES_MAX)
    .map(({ rule, coordinate, found }) => shorten(`${coordinate} ${found} (${rule})`));
  return { state, breaches: breaches.length, lacks, places };
}

/** A copy: a slice would keep the whole text alive. */
function shorten(place: string): string {
  return place.length <= PLACE_LENGTH_MAX ? place : Buffer.from(`${place.slice(0, PLACE_LENGTH_MAX)}…`).toString();
}

interface Judgement {
  readonly before: SchemaVerdict;
  readonly after: Verdict;
}

function report(
  { id: platform }: PlatformEntry,
  { before, after }: Judgement,
  { log, isAsked }: Pick<SchemaMonitorOptions, 'log' | 'isAsked'>,
): void {
  if (before.state === after.state && before.breaches === after.breaches && before.lacks === after.lacks) return;
  const { breaches, lacks, places } = after;
  if (after.state === 'BREACH') {
    log.error({ platform, breaches, lacks, places, isAsked }, 'a platform breaks the standard');
  } else if (before.state === 'BREACH') {
    log.info({ platform, lacks }, 'a platform keeps the standard again');
  } else if (after.state === 'PARTIAL') {
    log.info({ platform, lacks }, 'a platform serves a part of the standard');
  }
}
