/** How long an address took of late. */
export interface Latency {
  add(elapsedMs: number): void;
  /** Milliseconds within which 95 of 100 recent answers came; undefined before there are enough of them. */
  p95Ms(): number | undefined;
  /** Milliseconds, recent answers weighing most; 0 before the first. */
  readonly meanMs: number;
}

const SAMPLES = 64;
const SAMPLES_MIN = 16;
const RENEWED_EVERY = 8;
const NEWEST_WEIGHT = 0.1;

export function createLatency(): Latency {
  const recent: number[] = [];
  let count = 0;
  let meanMs = 0;
  let p95: { readonly ms: number; readonly at: number } | undefined;
  return {
    add(elapsedMs) {
      recent[count % SAMPLES] = elapsedMs;
      meanMs = count === 0 ? elapsedMs : meanMs + (elapsedMs - meanMs) * NEWEST_WEIGHT;
      count++;
    },
    p95Ms() {
      if (count < SAMPLES_MIN) return undefined;
      if (p95 === undefined || count - p95.at >= RENEWED_EVERY) {
        const sorted = [...recent].sort((a, b) => a - b);
        p95 = { ms: sorted[Math.ceil(sorted.length * 0.95) - 1]!, at: count };
      }
      return p95.ms;
    },
    get meanMs() {
      return meanMs;
    },
  };
}
