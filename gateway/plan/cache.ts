/** Plans by operation and view: bounded, least recently used out first, and each made once however many ask at a time. */
export interface Cache<T> {
  /** The value under the key; `make` is called where there is none. A failure is not kept. */
  get(key: string, make: () => Promise<T>): Promise<T>;
  readonly size: number;
}

export function createCache<T>(entriesMax: number): Cache<T> {
  const entries = new Map<string, Promise<T>>();
  return {
    get size() {
      return entries.size;
    },
    get(key, make) {
      const found = entries.get(key);
      if (found) {
        entries.delete(key);
        entries.set(key, found);
        return found;
      }
      const made = make();
      entries.set(key, made);
      made.catch(() => entries.delete(key));
      for (const oldest of entries.keys()) {
        if (entries.size <= entriesMax) break;
        entries.delete(oldest);
      }
      return made;
    },
  };
}
