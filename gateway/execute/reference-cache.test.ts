/** Which reference data is cached, for how long, and how it is read. */
import { describe, expect, test } from '@jest/globals';
import { type CacheUpdate, createReferenceCache, type ReferenceLimits, readEntry } from './reference-cache.ts';

const LIMITS: ReferenceLimits = { referenceBytesMax: 1_000_000, referenceFreshMs: 100, referenceStaleMs: 1_000 };
const A = 'http://a/graphql';
const B = 'http://b/graphql';

function cacheAt(limits: Partial<ReferenceLimits> = {}) {
  const clock = { ms: 5_000 };
  const cache = createReferenceCache({ ...LIMITS, ...limits }, () => clock.ms);
  const keep = (url: string, key: string, changes: Partial<CacheUpdate> = {}): void =>
    cache.store(url, key, { version: 'v1', sentAt: clock.ms, entities: [one('x')], ...changes });
  const textsAt = (url: string, key: string) => [...(cache.find(url, key)?.entries.keys() ?? [])];
  return { cache, clock, keep, textsAt };
}

const one = (text: string, value: unknown = { name: `name of ${text}` }) => ({ text, value });
const wide = (text: string) => one(text, { name: 'n'.repeat(1_000) });

describe('time', () => {
  const ages: readonly [number, isFresh: boolean, isUsable: boolean][] = [
    [0, true, true],
    [99, true, true],
    [100, false, true],
    [999, false, true],
    [1_000, false, false],
  ];

  test.each(ages)(
    '%d ms after its request was sent, a bucket is fresh: %p, and usable: %p',
    (age, isFresh, isUsable) => {
      const { cache, clock, keep } = cacheAt();
      const sentAt = clock.ms;
      clock.ms += 50;
      keep(A, 'k', { sentAt });
      clock.ms = sentAt + age;
      const bucket = cache.find(A, 'k')!;
      expect([cache.isFresh(bucket), cache.isUsable(bucket)]).toEqual([isFresh, isUsable]);
    },
  );

  test('a version that is reported again makes all data of its server fresh, and of no other server', () => {
    const { cache, clock, keep } = cacheAt();
    keep(A, 'old');
    keep(B, 'old');
    clock.ms += 100;
    keep(A, 'other');
    expect(cache.isFresh(cache.find(A, 'old')!)).toBe(true);
    expect(cache.isFresh(cache.find(B, 'old')!)).toBe(false);
  });

  test('a slow answer does not make data older that a quick one confirmed', () => {
    const { cache, clock, keep } = cacheAt();
    const slowStart = clock.ms;
    clock.ms += 80;
    keep(A, 'k');
    keep(A, 'k', { sentAt: slowStart });
    clock.ms += 99;
    expect(cache.isFresh(cache.find(A, 'k')!)).toBe(true);
  });

  test('nothing is cached if the limit makes nothing fresh', () => {
    const { cache, keep } = cacheAt({ referenceFreshMs: 0 });
    keep(A, 'k');
    expect([cache.find(A, 'k'), cache.bytes]).toEqual([undefined, 0]);
  });
});

describe('versions', () => {
  test('a new version drops all data of its server, for all callers, and of no other server', () => {
    const { cache, keep, textsAt } = cacheAt();
    keep(B, 'k1');
    const ofOthers = cache.bytes;
    keep(A, 'k1');
    keep(A, 'k2');
    keep(A, 'k3', { version: 'v2', entities: [] });
    expect([cache.find(A, 'k1'), cache.find(A, 'k2'), textsAt(A, 'k3')]).toEqual([undefined, undefined, []]);
    expect(textsAt(B, 'k1')).toEqual(['x']);
    expect(cache.bytes).toBe(ofOthers + `${A}\nk3`.length);
  });

  test('a new version under the same key begins with an empty bucket', () => {
    const { keep, textsAt } = cacheAt();
    keep(A, 'k');
    keep(A, 'k', { version: 'v2', entities: [one('y')] });
    expect(textsAt(A, 'k')).toEqual(['y']);
  });

  test('an answer is not cached, and drops nothing, if its request was sent before a newer version was reported', () => {
    const { cache, clock, keep, textsAt } = cacheAt();
    const sentAt = clock.ms;
    clock.ms += 10;
    keep(A, 'k', { version: 'v2', entities: [one('new')] });
    const { bytes } = cache;
    keep(A, 'k', { version: 'v1', sentAt, entities: [one('old')] });
    keep(A, 'other', { version: 'v1', sentAt: clock.ms - 1, entities: [one('old')] });
    expect([textsAt(A, 'k'), cache.find(A, 'other'), cache.bytes]).toEqual([['new'], undefined, bytes]);
  });

  test('an answer is cached if its request was sent after the last version was reported', () => {
    const { clock, keep, textsAt } = cacheAt();
    keep(A, 'k', { version: 'v2', entities: [one('before')] });
    keep(A, 'k', { version: 'v3', sentAt: clock.ms, entities: [one('after')] });
    expect(textsAt(A, 'k')).toEqual(['after']);
  });

  test('an answer of the current version is cached, whenever its request was sent', () => {
    const { clock, keep, textsAt } = cacheAt();
    const sentAt = clock.ms;
    clock.ms += 10;
    keep(A, 'k');
    keep(A, 'k', { sentAt, entities: [one('y')] });
    expect(textsAt(A, 'k')).toEqual(['x', 'y']);
  });
});

describe('bytes', () => {
  const bytesOf = (fill: (keep: ReturnType<typeof cacheAt>['keep']) => void): number => {
    const { cache, keep } = cacheAt();
    fill(keep);
    return cache.bytes;
  };
  const THREE = bytesOf((keep) => {
    for (const key of ['k1', 'k2', 'k3']) keep(A, key, { entities: [wide('x')] });
  });

  test('at the limit all data stays; one byte less drops the bucket that was stored to longest ago', () => {
    for (const [referenceBytesMax, left] of [
      [THREE, ['k1', 'k2', 'k3']],
      [THREE - 1, ['k2', 'k3']],
    ] as const) {
      const { cache, keep } = cacheAt({ referenceBytesMax });
      for (const key of ['k1', 'k2', 'k3']) keep(A, key, { entities: [wide('x')] });
      expect(['k1', 'k2', 'k3'].filter((key) => cache.find(A, key))).toEqual(left);
      expect(cache.bytes).toBe((THREE / 3) * left.length);
    }
  });

  test('a bucket that is stored to again is the youngest', () => {
    const { cache, keep } = cacheAt({ referenceBytesMax: THREE - 1 });
    keep(A, 'k1', { entities: [wide('x')] });
    keep(A, 'k2', { entities: [wide('x')] });
    keep(A, 'k1', { entities: [wide('x')] });
    keep(A, 'k3', { entities: [wide('x')] });
    expect(['k1', 'k2', 'k3'].filter((key) => cache.find(A, key))).toEqual(['k1', 'k3']);
  });

  test('a bucket larger than the limit is not cached', () => {
    for (const referenceBytesMax of [0, THREE / 3 - 1]) {
      const { cache, keep } = cacheAt({ referenceBytesMax });
      keep(A, 'k1', { entities: [wide('x')] });
      expect([cache.find(A, 'k1'), cache.bytes]).toEqual([undefined, 0]);
    }
  });

  test('the count is at least the text of the data, and the same for one answer, several or repeated ones', () => {
    const entities = [wide('x'), one('y', null)];
    const atOnce = bytesOf((keep) => keep(A, 'k', { entities }));
    expect(atOnce).toBeGreaterThan(1_000);
    const inTurn = (parts: readonly CacheUpdate['entities'][]) =>
      bytesOf((keep) => {
        for (const part of parts) keep(A, 'k', { entities: part });
      });
    expect(inTurn(entities.map((entity) => [entity]))).toBe(atOnce);
    expect(inTurn([entities, entities])).toBe(atOnce);
  });

  test('the count includes data that replaced smaller data', () => {
    const wideAlone = bytesOf((keep) => keep(A, 'k', { entities: [wide('x')] }));
    const replaced = bytesOf((keep) => {
      keep(A, 'k', { entities: [one('x', null)] });
      keep(A, 'k', { entities: [wide('x')] });
    });
    expect(replaced).toBe(wideAlone);
  });
});

describe('entries', () => {
  const read = (value: unknown, isRewritten = false) => {
    const { cache, keep } = cacheAt();
    keep(A, 'k', { entities: [one('x', value)] });
    const entry = cache.find(A, 'k')!.entries.get('x')!;
    return () => readEntry(entry, isRewritten);
  };
  const NESTED = { name: 'a', place: { at: { x: 1 }, none: null }, tags: ['t', ['u', { v: 1 }]] };

  test.each([[null], ['text'], [[1]]])('a value that is no object (%p) is cached as absent', (value) => {
    expect(read(value)()).toBeNull();
  });

  test('an entry is read as it was stored, whatever happens to the answer later', () => {
    const answer = structuredClone(NESTED);
    const readAgain = read(answer);
    answer.place.at.x = 2;
    answer.tags.length = 0;
    answer.name = 'b';
    expect(readAgain()).toEqual(NESTED);
  });

  test('each reader has its own copy of nested values', () => {
    const readAgain = read(structuredClone(NESTED));
    const first = readAgain() as typeof NESTED;
    first.name = 'b';
    first.place.at.x = 2;
    (first.tags[1] as { v: number }[])[1]!.v = 2;
    first.tags.push('more');
    Object.assign(first.place, { none: 'some' });
    expect(readAgain()).toEqual(NESTED);
  });

  test('each reader has its own copy of a flat object that is rewritten', () => {
    const readAgain = read({ alias: 'a' }, true);
    delete readAgain()?.alias;
    expect(readAgain()).toEqual({ alias: 'a' });
  });
});

test('equal queries have equal digests', () => {
  const { cache } = cacheAt();
  expect(cache.queryDigest('{ a }')).toBe(cache.queryDigest('{ a }'));
  expect(cache.queryDigest('{ a }')).not.toBe(cache.queryDigest('{ b }'));
});
