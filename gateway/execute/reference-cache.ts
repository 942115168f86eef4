/**
 * Caches entities of reference data by the version that their platform reports. They are equal for all callers with the
 * same data classes, so that a join with them needs no fetch while the version is fresh, and can be answered while the
 * platform is away.
 */

import { isObject } from '@yiwang/schema';
import { sha256 } from '../kit/crypto/digest.ts';
import type { Limits } from '../model/limits.ts';
import type { TreeObject } from './tree/tree.ts';

/** A platform's entities, as one query for one audience selects them, by the text of their representation. */
export interface CacheBucket {
  readonly server: ServerVersion;
  readonly entries: Map<string, CacheEntry>;
  bytes: number;
}

/** The version that a platform reported last, and when. */
interface ServerVersion {
  version: string;
  confirmedAt: number;
  changedAt: number;
}

/** What is cached of one entity. */
type CacheEntry =
  /** The platform does not have it. */
  | { readonly kind: 'absent' }
  /** `nested`: the fields that are objects or lists. A reader gets copies of these; the rest is shared. */
  | { readonly kind: 'present'; readonly value: TreeObject; readonly nested: readonly string[] };

export interface ReferenceCache {
  /** A short digest of the text of a query. */
  queryDigest(query: string): string;
  /** False if nothing of the server is cached. */
  knowsVersionOf(url: string): boolean;
  /** What is cached under the key for this server; undefined if there is nothing of its version. */
  find(url: string, key: string): CacheBucket | undefined;
  isFresh(bucket: CacheBucket): boolean;
  /** True if it is fresh enough to stand in for a platform that does not answer. */
  isUsable(bucket: CacheBucket): boolean;
  store(url: string, key: string, update: CacheUpdate): void;
  readonly bytes: number;
}

export interface CacheUpdate {
  readonly version: string;
  /** Milliseconds of the cache's clock at which the request was sent whose answer reported the version. */
  readonly sentAt: number;
  readonly entities: readonly { readonly text: string; readonly value: unknown }[];
}

export type ReferenceLimits = Pick<Limits, 'referenceBytesMax' | 'referenceFreshMs' | 'referenceStaleMs'>;

const DIGEST_LENGTH = 24;

export function createReferenceCache(limits: ReferenceLimits, now: () => number): ReferenceCache {
  const servers = new Map<string, ServerVersion>();
  const buckets = new Map<string, CacheBucket>();
  let bytes = 0;

  const dropBucket = (key: string, bucket: CacheBucket): void => {
    buckets.delete(key);
    bytes -= bucket.bytes;
  };
  /** Undefined if the request was sent before the platform reported a newer version. */
  const confirmVersion = (url: string, { version, sentAt }: CacheUpdate): ServerVersion | undefined => {
    const server = servers.get(url);
    if (server && server.version !== version && sentAt < server.changedAt) return undefined;
    if (server?.version === version) {
      server.confirmedAt = Math.max(server.confirmedAt, sentAt);
      return server;
    }
    const changed = { version, confirmedAt: sentAt, changedAt: now() };
    servers.set(url, changed);
    for (const [key, bucket] of buckets) if (bucket.server === server) dropBucket(key, bucket);
    return changed;
  };
  return {
    get bytes() {
      return bytes;
    },
    queryDigest: (query) => sha256(query).slice(0, DIGEST_LENGTH),
    knowsVersionOf: (url) => servers.has(url),
    find: (url, key) => buckets.get(`${url}\n${key}`),
    isFresh: ({ server }) => now() - server.confirmedAt < limits.referenceFreshMs,
    isUsable: ({ server }) => now() - server.confirmedAt < limits.referenceStaleMs,
    store(url, key, update) {
      const server = confirmVersion(url, update);
      if (!server || limits.referenceFreshMs === 0) return;
      const name = `${url}\n${key}`;
      const bucket = buckets.get(name) ?? { server, entries: new Map<string, CacheEntry>(), bytes: 0 };
      const before = bucket.bytes;
      if (before === 0) bucket.bytes = name.length;
      for (const { text, value } of update.entities) {
        const entry = createEntry(value);
        const replaced = bucket.entries.get(text);
        bucket.bytes += entryBytes(entry) + (replaced ? -entryBytes(replaced) : text.length);
        bucket.entries.set(text, entry);
      }
      bytes += bucket.bytes - before;
      // The bucket that was stored to longest ago makes room.
      buckets.delete(name);
      buckets.set(name, bucket);
      for (const [oldest, other] of buckets) {
        if (bytes <= limits.referenceBytesMax) break;
        dropBucket(oldest, other);
      }
    },
  };
}

/**
 * An object to be written into a tree; null if the platform does not have it. `isRewritten`: its own fields are
 * changed.
 */
export function readEntry(entry: CacheEntry, isRewritten: boolean): TreeObject | null {
  if (entry.kind === 'absent') return null;
  const { value, nested } = entry;
  if (nested.length === 0 && !isRewritten) return value;
  const copy = { ...value };
  for (const key of nested) copy[key] = deepCopy(copy[key]);
  return copy;
}

function deepCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(deepCopy);
  if (!isObject(value)) return value;
  const copy = { ...value };
  for (const key in copy) if (typeof copy[key] === 'object') copy[key] = deepCopy(copy[key]);
  return copy;
}

function createEntry(value: unknown): CacheEntry {
  if (!isObject(value)) return { kind: 'absent' };
  const nested = Object.keys(value).filter((key) => typeof value[key] === 'object' && value[key] !== null);
  return { kind: 'present', value: deepCopy(value) as TreeObject, nested };
}

/** The approximate number of bytes in memory. */
function entryBytes(entry: CacheEntry): number {
  return 64 + (entry.kind === 'absent' ? 0 : 2 * JSON.stringify(entry.value).length);
}
