/** Metrics: every rate is made of known counts, and comes out as published figures do. */
import { describe, expect, test } from '@jest/globals';
import { evaluateLinear, parseLinearExpression } from './linear-expression.ts';
import { metricOf, metrics, rateOf, wholeRateOf } from './metrics.ts';

describe('the list', () => {
  test('the list of metrics has 64 counts, 24 rates and a mean, each key once', () => {
    const ofKind = (kind: string) => metrics().filter((metric) => metric.kind === kind);
    expect([ofKind('COUNT').length, ofKind('RATE').length, ofKind('MEAN').length]).toEqual([64, 24, 1]);
    expect(new Set(metrics().map(({ key }) => key)).size).toBe(89);
  });

  test('the list of metrics makes every rate of counts that it holds itself', () => {
    for (const { key, kind, numerator, denominator } of metrics()) {
      if (kind !== 'RATE') continue;
      for (const term of [...parseLinearExpression(numerator ?? ''), ...parseLinearExpression(denominator ?? '')]) {
        if (metricOf(term.key)?.kind !== 'COUNT') throw new Error(`${key} is made of ${term.key}, which is no count`);
      }
    }
  });

  test('the list of metrics names the fields of statistics, each once', () => {
    const fields = metrics().flatMap(({ field }) => field ?? []);
    expect(new Set(fields).size).toBe(fields.length);
    expect(metricOf('closeDue')?.field).toBe('counts.due');
    expect(metricOf('onTimeCloseRate')?.field).toBe('rates.closingOnTime');
  });
});

describe('a rate', () => {
  test('a rate of a real month comes out as published: 99.03 %', () => {
    const rate = rateOf('closeRate', { closed: 13_704, closeDue: 13_838 });
    expect(rate).toMatchObject({ numerator: 13_704, denominator: 13_838 });
    expect(((rate?.value ?? 0) * 100).toFixed(2)).toBe('99.03');
  });

  test('a rate weighs what its expression weighs', () => {
    expect(
      rateOf('satisfactionRate', { satisfied: 90, basicallySatisfied: 10, callbacksValid: 100 })?.value,
    ).toBeCloseTo(0.99);
    expect(rateOf('settleRate', { closed: 45, reported: 100, rejected: 10 })?.value).toBe(0.5);
  });

  test('a rate in whole numbers keeps its value, and its parts stay whole in every sum', () => {
    expect(wholeRateOf('satisfactionRate', { satisfied: 87, basicallySatisfied: 10, callbacksValid: 100 })).toEqual({
      numerator: 960,
      denominator: 1000,
      value: 0.96,
    });
    expect(wholeRateOf('closeRate', { closed: 3, closeDue: 4 })).toEqual({ numerator: 3, denominator: 4, value: 0.75 });
    expect(wholeRateOf('closeRate', { closed: 3 })).toBeNull();
  });

  test('a rate whose weight is a profile’s says that it is open', () => {
    expect(metricOf('satisfactionRate')?.certainty).toBe('open');
    expect(metricOf('closeRate')?.certainty).toBeNull();
  });

  test('a rate has no value over a denominator of 0, and is unknown if a count is', () => {
    expect(rateOf('closeRate', { closed: 0, closeDue: 0 })).toEqual({ numerator: 0, denominator: 0, value: null });
    expect(rateOf('closeRate', { closed: 3 })).toBeNull();
    expect(rateOf('closeRate', { closed: 3, closeDue: null })).toBeNull();
  });

  test.each(['closed', 'averageHandleDuration', 'nothing'])('a rate is not what "%s" is', (key) => {
    expect(() => rateOf(key, {})).toThrow(expect.objectContaining({ reason: 'EXPRESSION' }));
  });
});

test.each(['', '1+', 'a*b', 'a++b', 'sum(a)', '2*', 'a b'])('"%s" is no sum of figures', (text) => {
  expect(() => parseLinearExpression(text)).toThrow(expect.objectContaining({ reason: 'EXPRESSION' }));
});

test('a sum adds, subtracts and weighs', () => {
  expect(evaluateLinear(parseLinearExpression('a+0.4*b-2*c'), { a: 10, b: 5, c: 3 })).toBe(6);
});
