/** A map that holds at most `max` entries, and so many bytes where they are weighed, and lets go of the one that was used longest ago. */
export interface LruCache<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): void;
  delete(key: Key): void;
  readonly size: number;
  /** Of all values, as weighed; 0 where they are not. */
  readonly bytes: number;
}

/** What entries weigh. A value that is heavier than `bytesMax` alone is not kept. */
export interface ByteBudget<Value> {
  readonly bytesMax: number;
  bytesOf(value: Value): number;
}

/** In a ring from the one used longest ago to the newest. */
interface LruEntry<Key, Value> {
  readonly key: Key;
  value: Value;
  bytes: number;
  older: LruEntry<Key, Value>;
  newer: LruEntry<Key, Value>;
}

/** A ring of its own keeps the order: taking a key out of a `Map` and putting it in again with every use leaves a trail in it that lookups walk. */
export function createLruCache<Key, Value>(max: number, budget?: ByteBudget<Value>): LruCache<Key, Value> {
  const entries = new Map<Key, LruEntry<Key, Value>>();
  /** Its `newer` is the oldest entry, its `older` the newest. */
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
