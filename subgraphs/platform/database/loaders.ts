/** Keys → one batch → rows in the order of the keys, within one request. */
import DataLoader from 'dataloader';

const BATCH_MAX = 1000;

/** One row a key; null where there is none (or none in the caller's scope). */
export function createBatchLoader<Key extends string | number, Row>(
  fetchRows: (keys: readonly Key[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => Key,
): DataLoader<Key, Row | null> {
  return new DataLoader<Key, Row | null>(
    async (keys) => {
      const rows = new Map((await fetchRows(keys)).map((row) => [keyOf(row), row]));
      return keys.map((key) => rows.get(key) ?? null);
    },
    { maxBatchSize: BATCH_MAX },
  );
}

/** Many rows a key, in the order of `fetchRows`; an empty list if there are none. */
export function createGroupLoader<Key extends string | number, Row>(
  fetchRows: (keys: readonly Key[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => Key,
): DataLoader<Key, readonly Row[]> {
  return new DataLoader<Key, readonly Row[]>(
    async (keys) => {
      const groups = new Map<Key, Row[]>();
      for (const row of await fetchRows(keys)) {
        const group = groups.get(keyOf(row));
        if (group) group.push(row);
        else groups.set(keyOf(row), [row]);
      }
      return keys.map((key) => groups.get(key) ?? []);
    },
    { maxBatchSize: BATCH_MAX },
  );
}
