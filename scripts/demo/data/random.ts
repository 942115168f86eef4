/** A seeded random source: the same seed gives the same sequence on every machine, so that generated data can be compared. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  chance(probability: number): boolean;
  /** Whole number, both ends included. */
  integer(from: number, to: number): number;
  /** Uniform in [from, to). */
  between(from: number, to: number): number;
  pick<T>(list: readonly T[]): T;
  /** Exponentially distributed with the given mean. */
  exponential(mean: number): number;
  /** Normally distributed. */
  normal(mean: number, deviation: number): number;
}

export function createRandom(seed: string): Random {
  const next = sfc32(seed);
  return {
    next,
    chance: (probability) => next() < probability,
    integer: (from, to) => from + Math.floor(next() * (to - from + 1)),
    between: (from, to) => from + next() * (to - from),
    pick: (list) => list[Math.floor(next() * list.length)]!,
    exponential: (mean) => -mean * Math.log(1 - next()),
    normal: (mean, deviation) =>
      mean + deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}

/** Doty-Humphrey's Small Fast Counting generator, 32 bits, seeded by a hash of the text and warmed up. */
function sfc32(seed: string): () => number {
  let a = hashText(seed);
  let b = hashText(`${seed}\u0001`);
  let c = hashText(`${seed}\u0002`);
  let counter = 1;
  const next = () => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}

/** FNV-1a with a final mix, unsigned 32 bits: a stable number from a text. */
export function hashText(text: string): number {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 2246822507);
  hash = Math.imul(hash ^ (hash >>> 13), 3266489909);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Draws by weight in logarithmic time. Weights are non-negative, and one at least is positive. */
export interface Weighted<T> {
  draw(random: Random): T;
}

export function createWeighted<T>(items: readonly T[], weightOf: (item: T) => number): Weighted<T> {
  const sums = new Float64Array(items.length);
  let total = 0;
  for (const [i, item] of items.entries()) {
    total += weightOf(item);
    sums[i] = total;
  }
  if (!(total > 0)) throw new RangeError('a weighted choice needs a positive weight');
  return {
    draw(random) {
      const target = random.next() * total;
      let low = 0;
      let high = items.length - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (sums[middle]! > target) high = middle;
        else low = middle + 1;
      }
      return items[low]!;
    },
  };
}
