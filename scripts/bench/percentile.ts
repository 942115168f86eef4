/** The smallest sample that at least `share` of the samples do not exceed; 0 if there are none. */
export function percentile(samples: readonly number[], share: number): number {
  const ascending = [...samples].sort((a, b) => a - b);
  return ascending[Math.min(ascending.length - 1, Math.ceil(ascending.length * share) - 1)] ?? 0;
}
