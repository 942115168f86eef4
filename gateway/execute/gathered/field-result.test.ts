import { describe, expect, test } from '@jest/globals';
import type { Path } from '../../model/errors.ts';
import { placeProblems } from './field-result.ts';

/** The paths of problems reported at `paths`, of an answer to a call for a, b and c. */
function placed(data: Readonly<Record<string, unknown>>, paths: readonly (Path | undefined)[]): unknown {
  const problems = paths.map((path) => ({ code: 'PLATFORM_FAILED', message: 'oops', path, extensions: {} }) as const);
  return placeProblems(data, problems, ['a', 'b', 'c']).map(({ path }) => path);
}

describe('problems of a platform', () => {
  test('a problem that names a field of the call stays there', () => {
    expect(placed({ a: 1, b: null, c: 1 }, [['c', 0], ['a']])).toEqual([['c', 0], ['a']]);
  });

  test.each([undefined, [], ['_service'], [0]])('a problem at %j stands at every field without a value', (path) => {
    expect(placed({ a: 1, b: null }, [path])).toEqual([['b'], ['c']]);
  });

  test('a problem that names no field stands at the first field if all have values', () => {
    expect(placed({ a: 1, b: 2, c: 3 }, [undefined])).toEqual([['a']]);
  });
});
