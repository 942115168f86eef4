/** Reads the data files of the standard, which lie in `schema/data`. */
import { readFileSync } from 'node:fs';

export function readDataText(name: string): string {
  return readFileSync(new URL(`../data/${name}`, import.meta.url), 'utf8');
}

/** The parsed JSON of a data file. The file is part of the standard; the tests beside its reader check its shape. */
export function readData<T>(name: string): T {
  return JSON.parse(readDataText(name)) as T;
}

/** Creates a value at the first call and keeps it. */
export function once<T>(create: () => T): () => T {
  let cached: { readonly value: T } | undefined;
  return () => {
    cached ??= { value: create() };
    return cached.value;
  };
}
