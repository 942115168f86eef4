/** A map that holds at most `max` entries, and so many bytes where they are weighed, and lets go of the one that was used longest ago. */
export interface BoundedMap<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): void;
  delete(key: Key): void;
  readonly size: number;
  /** Of all values, as weighed; 0 where they are not. */
  readonly bytes: number;
}

/** What entries weigh. A value that is heavier than `bytesMax` alone is not kept. */
export interface Weight<Value> {
  readonly bytesMax: number;
  bytesOf(value: Value): number;
}

/** In a ring from the one used longest ago to the newest. */
interface Entry<Key, Value> {
  readonly key: Key;
  value: Value;
  bytes: number;
  older: Entry<Key, Value>;
  newer: Entry<Key, Value>;
}

/** A ring of its own keeps the order: taking a key out of a `Map` and putting it in again with every use leaves a trail in it that lookups walk. */
export function createBoundedMap<Key, Value>(max: number, weight?: Weight<Value>): BoundedMap<Key, Value> {
  const entries = new Map<Key, Entry<Key, Value>>();
  /** Its `newer` is the oldest entry, its `older` the newest. */
  const ends = {} as Entry<Key, Value>;
  ends.older = ends;
  ends.newer = ends;
  let bytes = 0;
  const isFull = (): boolean => entries.size > max || (weight !== undefined && bytes > weight.bytesMax);
  const unlink = ({ older, newer }: Entry<Key, Value>): void => {
    older.newer = newer;
    newer.older = older;
  };
  const append = (entry: Entry<Key, Value>): void => {
    entry.older = ends.older;
    entry.newer = ends;
    ends.older.newer = entry;
    ends.older = entry;
  };
  const remove = (entry: Entry<Key, Value>): void => {
    unlink(entry);
    entries.delete(entry.key);
    bytes -= entry.bytes;
  };
  const weigh = (entry: Entry<Key, Value>): void => {
    const weighed = weight?.bytesOf(entry.value) ?? 0;
    bytes += weighed - entry.bytes;
    entry.bytes = weighed;
    while (isFull()) remove(ends.newer);
  };
  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      if (entry.newer !== ends) {
        unlink(entry);
        append(entry);
      }
      return entry.value;
    },
    set(key, value) {
      const known = entries.get(key);
      if (known) {
        known.value = value;
        unlink(known);
        append(known);
        weigh(known);
        return;
      }
      const entry: Entry<Key, Value> = { key, value, bytes: 0, older: ends, newer: ends };
      entries.set(key, entry);
      append(entry);
      weigh(entry);
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
