/**
 * Entities of reference data, kept by the version that their platform tells: equal for whoever asks with the same classes, so
 * that a join with them costs no fetch while the version is fresh, and can be answered while the platform is away.
 */
import { sha256 } from '../kit/digest.ts';
import type { Limits } from '../model/limits.ts';
import { isObject, type TreeObject } from './tree.ts';

/** A platform's entities as one query of one audience asks for them, by the text of their representation. */
export interface Shelf {
  readonly server: Server;
  readonly entries: Map<string, Entry>;
  bytes: number;
}

/** What a platform last said of its version, and when. */
interface Server {
  version: string;
  confirmedAt: number;
  changedAt: number;
}

/** What is kept of one entity. */
type Entry =
  /** The platform does not have it. */
  | { readonly kind: 'absent' }
  /** `nested` are the fields that are objects or lists: whoever reads it gets copies of these, the rest is shared. */
  | { readonly kind: 'present'; readonly value: TreeObject; readonly nested: readonly string[] };

export interface ReferenceCache {
  /** A short name for a query, the same for the same text. */
  nameOf(query: string): string;
  /** What is kept under the key for this server; undefined where there is nothing of its version. */
  find(url: string, key: string): Shelf | undefined;
  isFresh(shelf: Shelf): boolean;
  /** True where it may still stand in for a platform that does not answer. */
  isUsable(shelf: Shelf): boolean;
  keep(url: string, key: string, told: Told): void;
  readonly bytes: number;
}

export interface Told {
  readonly version: string;
  /** Milliseconds of the cache's clock when the request went out whose answer told the version. */
  readonly sentAt: number;
  readonly entities: readonly { readonly text: string; readonly value: unknown }[];
}

export type ReferenceLimits = Pick<Limits, 'referenceBytesMax' | 'referenceFreshMs' | 'referenceStaleMs'>;

const NAME_LENGTH = 24;

export function createReferenceCache(limits: ReferenceLimits, now: () => number): ReferenceCache {
  const servers = new Map<string, Server>();
  const shelves = new Map<string, Shelf>();
  let bytes = 0;

  const drop = (key: string, shelf: Shelf): void => {
    shelves.delete(key);
    bytes -= shelf.bytes;
  };
  /** Undefined where the request went out before the platform was heard to have a newer version. */
  const confirm = (url: string, { version, sentAt }: Told): Server | undefined => {
    const server = servers.get(url);
    if (server && server.version !== version && sentAt < server.changedAt) return undefined;
    if (server?.version === version) {
      server.confirmedAt = Math.max(server.confirmedAt, sentAt);
      return server;
    }
    const changed = { version, confirmedAt: sentAt, changedAt: now() };
    servers.set(url, changed);
    for (const [key, shelf] of shelves) if (shelf.server === server) drop(key, shelf);
    return changed;
  };
  return {
    get bytes() {
      return bytes;
    },
    nameOf: (query) => sha256(query).slice(0, NAME_LENGTH),
    find: (url, key) => shelves.get(`${url}\n${key}`),
    isFresh: ({ server }) => now() - server.confirmedAt < limits.referenceFreshMs,
    isUsable: ({ server }) => now() - server.confirmedAt < limits.referenceStaleMs,
    keep(url, key, told) {
      const server = confirm(url, told);
      if (!server || limits.referenceFreshMs === 0) return;
      const name = `${url}\n${key}`;
      const shelf = shelves.get(name) ?? { server, entries: new Map<string, Entry>(), bytes: 0 };
      const before = shelf.bytes;
      if (before === 0) shelf.bytes = name.length;
      for (const { text, value } of told.entities) {
        const entry = entryOf(value);
        const replaced = shelf.entries.get(text);
        shelf.bytes += sizeOf(entry) + (replaced ? -sizeOf(replaced) : text.length);
        shelf.entries.set(text, entry);
      }
      bytes += shelf.bytes - before;
      // What was filled longest ago makes room.
      shelves.delete(name);
      shelves.set(name, shelf);
      for (const [oldest, other] of shelves) {
        if (bytes <= limits.referenceBytesMax) break;
        drop(oldest, other);
      }
    },
  };
}

/** An object to be written into a tree; null for what the platform does not have. `isRewritten`: its own fields are changed. */
export function readEntry(entry: Entry, isRewritten: boolean): TreeObject | null {
  if (entry.kind === 'absent') return null;
  const { value, nested } = entry;
  if (nested.length === 0 && !isRewritten) return value;
  const copy = { ...value };
  for (const key of nested) copy[key] = copyOf(copy[key]);
  return copy;
}

function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (!isObject(value)) return value;
  const copy = { ...value };
  for (const key in copy) if (typeof copy[key] === 'object') copy[key] = copyOf(copy[key]);
  return copy;
}

function entryOf(value: unknown): Entry {
  if (!isObject(value)) return { kind: 'absent' };
  const nested = Object.keys(value).filter((key) => typeof value[key] === 'object' && value[key] !== null);
  return { kind: 'present', value: copyOf(value) as TreeObject, nested };
}

/** About as many bytes as it takes in memory. */
function sizeOf(entry: Entry): number {
  return 64 + (entry.kind === 'absent' ? 0 : 2 * JSON.stringify(entry.value).length);
}
