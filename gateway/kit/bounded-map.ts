/** A map that holds at most `max` entries and lets go of the one that was used longest ago. */
export interface BoundedMap<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): void;
  delete(key: Key): void;
  readonly size: number;
}

/** In a ring from the one used longest ago to the newest. */
interface Entry<Key, Value> {
  readonly key: Key;
  value: Value;
  older: Entry<Key, Value>;
  newer: Entry<Key, Value>;
}

/** A ring of its own keeps the order: taking a key out of a `Map` and putting it in again with every use leaves a trail in it that lookups walk. */
export function createBoundedMap<Key, Value>(max: number): BoundedMap<Key, Value> {
  const entries = new Map<Key, Entry<Key, Value>>();
  /** Its `newer` is the oldest entry, its `older` the newest. */
  const ends = {} as Entry<Key, Value>;
  ends.older = ends;
  ends.newer = ends;
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
        return;
      }
      const entry: Entry<Key, Value> = { key, value, older: ends, newer: ends };
      entries.set(key, entry);
      append(entry);
      if (entries.size > max) remove(ends.newer);
    },
    delete(key) {
      const entry = entries.get(key);
      if (entry) remove(entry);
    },
    get size() {
      return entries.size;
    },
  };
}
