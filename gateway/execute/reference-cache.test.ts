/** What is kept of reference data, for how long, and what becomes of it. */
import { describe, expect, test } from '@jest/globals';
import { type CacheUpdate, createReferenceCache, type ReferenceLimits, readEntry } from './reference-cache.ts';

const LIMITS: ReferenceLimits = { referenceBytesMax: 1_000_000, referenceFreshMs: 100, referenceStaleMs: 1_000 };
const A = 'http://a/graphql';
const B = 'http://b/graphql';

function cacheAt(limits: Partial<ReferenceLimits> = {}) {
  const clock = { ms: 5_000 };
  const cache = createReferenceCache({ ...LIMITS, ...limits }, () => clock.ms);
  const keep = (url: string, key: string, told: Partial<CacheUpdate> = {}): void =>
    cache.store(url, key, { version: 'v1', sentAt: clock.ms, entities: [one('x')], ...told });
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

  test.each(ages)('%d ms after the request went out: fresh is %p, usable is %p', (age, isFresh, isUsable) => {
    const { cache, clock, keep } = cacheAt();
    const sentAt = clock.ms;
    clock.ms += 50;
    keep(A, 'k', { sentAt });
    clock.ms = sentAt + age;
    const shelf = cache.find(A, 'k')!;
    expect([cache.isFresh(shelf), cache.isUsable(shelf)]).toEqual([isFresh, isUsable]);
  });

  test('a version that is told again makes all that its server gave fresh, and no other server’s', () => {
    const { cache, clock, keep } = cacheAt();
    keep(A, 'old');
    keep(B, 'old');
    clock.ms += 100;
    keep(A, 'other');
    expect(cache.isFresh(cache.find(A, 'old')!)).toBe(true);
    expect(cache.isFresh(cache.find(B, 'old')!)).toBe(false);
  });

  test('a slow answer does not make older what a quick one confirmed', () => {
    const { cache, clock, keep } = cacheAt();
    const slowStart = clock.ms;
    clock.ms += 80;
    keep(A, 'k');
    keep(A, 'k', { sentAt: slowStart });
    clock.ms += 99;
    expect(cache.isFresh(cache.find(A, 'k')!)).toBe(true);
  });

  test('nothing is kept where nothing would be fresh', () => {
    const { cache, keep } = cacheAt({ referenceFreshMs: 0 });
    keep(A, 'k');
    expect([cache.find(A, 'k'), cache.bytes]).toEqual([undefined, 0]);
  });
});

describe('versions', () => {
  test('another one drops all that its server gave, whoever had asked, and nothing of others', () => {
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

  test('another one under the same key begins anew', () => {
    const { keep, textsAt } = cacheAt();
    keep(A, 'k');
    keep(A, 'k', { version: 'v2', entities: [one('y')] });
    expect(textsAt(A, 'k')).toEqual(['y']);
  });

  test('an answer whose request went out before another version was heard is not kept, and drops nothing', () => {
    const { cache, clock, keep, textsAt } = cacheAt();
    const sentAt = clock.ms;
    clock.ms += 10;
    keep(A, 'k', { version: 'v2', entities: [one('new')] });
    const { bytes } = cache;
    keep(A, 'k', { version: 'v1', sentAt, entities: [one('old')] });
    keep(A, 'other', { version: 'v1', sentAt: clock.ms - 1, entities: [one('old')] });
    expect([textsAt(A, 'k'), cache.find(A, 'other'), cache.bytes]).toEqual([['new'], undefined, bytes]);
  });

  test('one whose request went out when that was heard already is the latest word', () => {
    const { clock, keep, textsAt } = cacheAt();
    keep(A, 'k', { version: 'v2', entities: [one('before')] });
    keep(A, 'k', { version: 'v3', sentAt: clock.ms, entities: [one('after')] });
    expect(textsAt(A, 'k')).toEqual(['after']);
  });

  test('one of the version that holds is kept, whenever its request went out', () => {
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

  test('at the limit all of it stays; a byte less, and what was filled longest ago goes', () => {
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

  test('what was filled again is not the oldest', () => {
    const { cache, keep } = cacheAt({ referenceBytesMax: THREE - 1 });
    keep(A, 'k1', { entities: [wide('x')] });
    keep(A, 'k2', { entities: [wide('x')] });
    keep(A, 'k1', { entities: [wide('x')] });
    keep(A, 'k3', { entities: [wide('x')] });
    expect(['k1', 'k2', 'k3'].filter((key) => cache.find(A, key))).toEqual(['k1', 'k3']);
  });

  test('what does not fit alone is not kept', () => {
    for (const referenceBytesMax of [0, THREE / 3 - 1]) {
      const { cache, keep } = cacheAt({ referenceBytesMax });
      keep(A, 'k1', { entities: [wide('x')] });
      expect([cache.find(A, 'k1'), cache.bytes]).toEqual([undefined, 0]);
    }
  });

  test('count what is kept: at least its text, the same whether it came at once, in parts or twice', () => {
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

  test('count what took the place of something smaller', () => {
    const wideAlone = bytesOf((keep) => keep(A, 'k', { entities: [wide('x')] }));
    const replaced = bytesOf((keep) => {
      keep(A, 'k', { entities: [one('x', null)] });
      keep(A, 'k', { entities: [wide('x')] });
    });
    expect(replaced).toBe(wideAlone);
  });
});

describe('what is read', () => {
  const read = (value: unknown, isRewritten = false) => {
    const { cache, keep } = cacheAt();
    keep(A, 'k', { entities: [one('x', value)] });
    const entry = cache.find(A, 'k')!.entries.get('x')!;
    return () => readEntry(entry, isRewritten);
  };
  const NESTED = { name: 'a', place: { at: { x: 1 }, none: null }, tags: ['t', ['u', { v: 1 }]] };

  test.each([[null], ['text'], [[1]]])('what is no object (%p) is what is not there', (value) => {
    expect(read(value)()).toBeNull();
  });

  test('is what was kept, and stays so whatever becomes of the answer', () => {
    const answer = structuredClone(NESTED);
    const readAgain = read(answer);
    answer.place.at.x = 2;
    answer.tags.length = 0;
    answer.name = 'b';
    expect(readAgain()).toEqual(NESTED);
  });

  test('is each reader’s own, as deep as it goes', () => {
    const readAgain = read(structuredClone(NESTED));
    const first = readAgain() as typeof NESTED;
    first.name = 'b';
    first.place.at.x = 2;
    (first.tags[1] as { v: number }[])[1]!.v = 2;
    first.tags.push('more');
    Object.assign(first.place, { none: 'some' });
    expect(readAgain()).toEqual(NESTED);
  });

  test('a flat object is each reader’s own where it is rewritten', () => {
    const readAgain = read({ alias: 'a' }, true);
    delete readAgain()?.alias;
    expect(readAgain()).toEqual({ alias: 'a' });
  });
});

test('names are those of their texts', () => {
  const { cache } = cacheAt();
  expect(cache.queryDigest('{ a }')).toBe(cache.queryDigest('{ a }'));
  expect(cache.queryDigest('{ a }')).not.toBe(cache.queryDigest('{ b }'));
});
