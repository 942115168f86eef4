/** Lets so many pieces of work run at a time; the others wait their turn. */
export type RunLimited = <T>(work: () => Promise<T>) => Promise<T>;

export function createConcurrencyLimit(atOnce: number): RunLimited {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
