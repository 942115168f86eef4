/** Recent latencies of an endpoint → their mean and 95th percentile. */
export interface Latency {
  add(elapsedMs: number): void;
  /** Milliseconds; undefined before there are enough samples. */
  p95Ms(): number | undefined;
  /** Milliseconds, an exponential moving average; 0 before the first sample. */
  readonly meanMs: number;
}

const SAMPLES = 64;
const SAMPLES_MIN = 16;
const P95_REFRESH_INTERVAL = 8;
const NEWEST_WEIGHT = 0.1;

export function createLatency(): Latency {
  return new RecentLatency();
}

class RecentLatency implements Latency {
  readonly #recent: number[] = [];
  #count = 0;
  #p95Ms = 0;
  /** The count at which `#p95Ms` was computed; 0 before the first time. */
  #p95At = 0;
  meanMs = 0;

  add(elapsedMs: number): void {
    this.#recent[this.#count % SAMPLES] = elapsedMs;
    this.meanMs = this.#count === 0 ? elapsedMs : this.meanMs + (elapsedMs - this.meanMs) * NEWEST_WEIGHT;
    this.#count++;
  }

  p95Ms(): number | undefined {
    if (this.#count < SAMPLES_MIN) return undefined;
    if (this.#p95At === 0 || this.#count - this.#p95At >= P95_REFRESH_INTERVAL) {
      const sorted = [...this.#recent].sort((a, b) => a - b);
      this.#p95Ms = sorted[Math.ceil(sorted.length * 0.95) - 1]!;
      this.#p95At = this.#count;
    }
    return this.#p95Ms;
  }
}
