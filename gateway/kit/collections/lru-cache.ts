/**
 * A cache of at most `max` entries, and of at most `bytesMax` bytes if it has a budget. It evicts the least recently
 * used entry.
 */
export interface LruCache<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): void;
  delete(key: Key): void;
  readonly size: number;
  /** Bytes of all values; 0 without a budget. */
  readonly bytes: number;
}

/** A value of more than `bytesMax` bytes is not kept. */
export interface ByteBudget<Value> {
  readonly bytesMax: number;
  bytesOf(value: Value): number;
}

/** Entries form a ring from the least to the most recently used. */
interface LruEntry<Key, Value> {
  readonly key: Key;
  value: Value;
  bytes: number;
  older: LruEntry<Key, Value>;
  newer: LruEntry<Key, Value>;
}

/**
 * The ring keeps the order: deleting and inserting a key of a `Map` with every use leaves holes that lookups walk over.
 */
export function createLruCache<Key, Value>(max: number, budget?: ByteBudget<Value>): LruCache<Key, Value> {
  const entries = new Map<Key, LruEntry<Key, Value>>();
  /** `sentinel.newer` is the least recently used entry, `sentinel.older` the most recently used. */
  const sentinel = {} as LruEntry<Key, Value>;
  sentinel.older = sentinel;
  sentinel.newer = sentinel;
  let bytes = 0;
  const isFull = (): boolean => entries.size > max || (budget !== undefined && bytes > budget.bytesMax);
  const unlink = ({ older, newer }: LruEntry<Key, Value>): void => {
    older.newer = newer;
    newer.older = older;
  };
  const append = (entry: LruEntry<Key, Value>): void => {
    entry.older = sentinel.older;
    entry.newer = sentinel;
    sentinel.older.newer = entry;
    sentinel.older = entry;
  };
  const remove = (entry: LruEntry<Key, Value>): void => {
    unlink(entry);
    entries.delete(entry.key);
    bytes -= entry.bytes;
  };
  const updateBytes = (entry: LruEntry<Key, Value>): void => {
    const valueBytes = budget?.bytesOf(entry.value) ?? 0;
    bytes += valueBytes - entry.bytes;
    entry.bytes = valueBytes;
    while (isFull()) remove(sentinel.newer);
  };
  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      if (entry.newer !== sentinel) {
        unlink(entry);
        append(entry);
      }
      return entry.value;
    },
    set(key, value) {
      const existing = entries.get(key);
      if (existing) {
        existing.value = value;
        unlink(existing);
        append(existing);
        updateBytes(existing);
        return;
      }
      const entry: LruEntry<Key, Value> = { key, value, bytes: 0, older: sentinel, newer: sentinel };
      entries.set(key, entry);
      append(entry);
      updateBytes(entry);
    },
    delete(key) {
      const entry = entries.get(key);
      if (entry) remove(entry);
    },
    get size() {
      return entries.size;
    },
    get bytes() {
      return bytes;
    },
  };
}
