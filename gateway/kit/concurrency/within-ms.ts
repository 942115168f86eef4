/** Rejects with `message` if `work` is not done within `ms`; `work` goes on unheard. */
export function withinMs<T>(work: Promise<T>, ms: number, message: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const overdue = setTimeout(() => reject(new Error(message)), ms);
    work.then(resolve, reject).finally(() => clearTimeout(overdue));
  });
}
