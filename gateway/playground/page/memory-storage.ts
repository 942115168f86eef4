/** GraphiQL's storage, kept for as long as the page is open: each visit begins with the questions. */
export function createMemoryStorage() {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    getItem: (key: string): string | null => items.get(key) ?? null,
    setItem: (key: string, value: string): void => {
      items.set(key, value);
    },
    removeItem: (key: string): void => {
      items.delete(key);
    },
    clear: (): void => items.clear(),
  };
}
