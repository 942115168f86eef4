import { describe, expect, test } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import type { PlatformDatabase } from '../database/database.ts';
import { createReferenceVersionReader } from '../database/reference-version.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { referenceCoordinates } from './reference-data.ts';

describe('marks', () => {
  test('marks of reference data of a type are those of its fields and of its key, of a field its own', () => {
    const marks = referenceCoordinates(
      parse('type Query { a: A @reference b: A } type A @reference { x: Int y: Int }'),
    );
    expect([...marks].sort()).toEqual(['A.__resolveReference', 'A.x', 'A.y', 'Query.a']);
  });

  test('marks of reference data do not go with a mask', () => {
    const sdl = parse('type A @reference { x: String @masked(as: PHONE) }');
    expect(() => referenceCoordinates(sdl)).toThrow('"A.x" is masked, so it cannot be @reference');
  });
});

describe('the version', () => {
  test('the version of reference data is read again when the last reading is as old as the limit', async () => {
    const { read, readings, clock } = createReader(['one', 'two']);
    const first = await read();
    clock.nowMs = 999;
    expect(await read()).toBe(first);
    expect(readings).toHaveLength(1);
    clock.nowMs = 1000;
    expect(await read()).not.toBe(first);
    expect(readings).toHaveLength(2);
  });

  test('the version of reference data is as old as the beginning of its reading', async () => {
    const { read, readings, clock } = createReader([
      () => {
        clock.nowMs = 900;
        return 'one';
      },
      'one',
    ]);
    await read();
    clock.nowMs = 1000;
    await read();
    expect(readings).toHaveLength(2);
  });

  test('the version of reference data is read once for all waiting requests, with an empty scope and a deadline', async () => {
    const { read, readings } = createReader(['one']);
    const versions = await Promise.all([read(), read(), read()]);
    expect(new Set(versions).size).toBe(1);
    expect(readings).toEqual([{ scope: [], endsAtMs: DEFAULT_LIMITS.deadlineMsMax }]);
  });

  test('the version of reference data is one that a header can carry, and another for other data and for another schema', async () => {
    const versions = await Promise.all(
      [
        createReader(['one']),
        createReader(['two']),
        createReader(['one'], 'type Query { another: Int }'),
        createReader(['one']),
      ].map(({ read }) => read()),
    );
    for (const version of versions) expect(version).toMatch(/^[\w.:-]{1,64}$/);
    expect(new Set(versions).size).toBe(3);
    expect(versions[3]).toBe(versions[0]);
  });

  test('the version of reference data is unknown if it cannot be read; the fault is reported, and the next request reads it again', async () => {
    const { read, errors } = createReader([
      () => {
        throw new Error('gone');
      },
      'one',
    ]);
    expect(await read()).toBeUndefined();
    expect(errors).toEqual([expect.objectContaining({ message: 'gone' })]);
    expect(await read()).toEqual(expect.any(String));
  });

  test('the version of reference data is unknown if there is none', async () => {
    expect(await createReader([undefined]).read()).toBeUndefined();
  });

  test('the version of reference data is awaited until the deadline of the answer only, and serves callers with more time', async () => {
    let give: (version: string) => void = () => undefined;
    const { read, readings, errors } = createReader([() => new Promise((resolve) => (give = resolve))]);
    const patient = read();
    expect(await read(0)).toBeUndefined();
    expect(errors).toEqual([expect.objectContaining({ code: 'PLATFORM_LATE' })]);
    give('one');
    expect(await patient).toEqual(expect.any(String));
    expect(readings).toHaveLength(1);
  });
});

type Reply = string | undefined | (() => string | Promise<string>);

/**
 * A reader over a database that gives these replies one after the other, with its callers on record and a clock to
 * set.
 */
function createReader(replies: readonly Reply[], sdl = 'type Query { some: Int }') {
  const readings: Parameters<PlatformDatabase['forCaller']>[0][] = [];
  const errors: unknown[] = [];
  const clock = { nowMs: 0 };
  const left = [...replies];
  const database: Pick<PlatformDatabase, 'forCaller'> = {
    forCaller: (caller) => ({
      async query<Row extends object>() {
        readings.push(caller);
        const next = left.shift();
        const version = typeof next === 'function' ? await next() : next;
        return (version === undefined ? [] : [{ version }]) as Row[];
      },
    }),
  };
  const readVersion = createReferenceVersionReader({
    database,
    schema: buildSchema(sdl),
    limits: DEFAULT_LIMITS,
    onError: (error) => errors.push(error),
    nowMs: () => clock.nowMs,
  });
  return { read: (endsAtMs = 60_000) => readVersion(endsAtMs), readings, errors, clock };
}
