/** Limits how many asynchronous tasks run at a time. */
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
