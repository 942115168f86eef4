import { expect, test } from '@jest/globals';
import { DEFAULT_LIMITS } from '../../model/limits.ts';
import { boundErrors } from './bound-errors.ts';

const bounded = (errors: Parameters<typeof boundErrors>[0], limits = {}) =>
  boundErrors(errors, { ...DEFAULT_LIMITS, ...limits });

test('errorsMax limits the number of errors', () => {
  const errors = ['a', 'b', 'c'].map((message) => ({ message }));
  expect(bounded(errors, { errorsMax: 3 })).toEqual(errors);
  expect(bounded(errors, { errorsMax: 2 })).toEqual(errors.slice(0, 2));
});

test('errorMessageMax: a longer message is cut, never within a character', () => {
  expect(bounded([{ message: 'x'.repeat(40) }], { errorMessageMax: 40 })).toEqual([{ message: 'x'.repeat(40) }]);
  expect(bounded([{ message: 'x'.repeat(41) }], { errorMessageMax: 40 })).toEqual([{ message: `${'x'.repeat(39)}…` }]);
  expect(bounded([{ message: `${'x'.repeat(38)}😀x` }], { errorMessageMax: 40 })[0]!.message).toBe(
    `${'x'.repeat(38)}…`,
  );
});

test('errorsBytesMax: errors beyond it are dropped, and the first is always there', () => {
  const error = { message: 'm', extensions: { code: 'C', text: 'x'.repeat(100) } };
  const bytes = JSON.stringify(error).length;
  expect(bounded([error, error], { errorsBytesMax: 2 * bytes })).toEqual([error, error]);
  expect(bounded([error, error], { errorsBytesMax: 2 * bytes - 1 })).toEqual([error]);
  expect(bounded([error, error], { errorsBytesMax: bytes - 1 })).toEqual([{ message: 'm', extensions: { code: 'C' } }]);
});
