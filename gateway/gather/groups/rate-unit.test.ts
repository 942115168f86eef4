/** A rate in tenths tells the public no more than one in whole ones. */
import { expect, test } from '@jest/globals';
import { Kind, parse } from 'graphql';
import { compileRate } from './compile-item.ts';

function rateOf(unit: number, roundTo: number): unknown {
  const [operation] = parse('{ satisfaction { numerator denominator } }').definitions;
  const node = operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections[0] : undefined;
  if (node?.kind !== Kind.FIELD) throw new Error('no field');
  return compileRate(node, 'Rate', unit).merge([{ __yw_n: 467, __yw_d: 530 }], roundTo);
}

test('the parts of a rate in tenths are rounded to tens of whole ones', () => {
  expect(rateOf(10, 10)).toEqual({ numerator: 500, denominator: 500 });
  expect(rateOf(1, 10)).toEqual({ numerator: 470, denominator: 530 });
  expect(rateOf(10, 1)).toEqual({ numerator: 467, denominator: 530 });
});
