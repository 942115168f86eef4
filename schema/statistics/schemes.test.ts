/** Evaluation schemes: weights, points, bands, and grades. */
import { describe, expect, test } from '@jest/globals';
import { parseLinearExpression } from './linear-expression.ts';
import { metricOf } from './metrics.ts';
import { gradeOf, type Scheme, schemes, scoreOf } from './schemes.ts';

const schemeOf = (id: string): Scheme => {
  const scheme = schemes().find((known) => known.id === id);
  if (scheme === undefined) throw new Error(`there is no scheme ${id}`);
  return scheme;
};

describe('the schemes', () => {
  test('the evaluation schemes have weights that add up to 100, but for the published one for areas, whose weights read are 70', () => {
    const weights = Object.fromEntries(
      schemes().map(({ id, indicators }) => [
        id,
        indicators.reduce((sum, { weightPercent }) => sum + weightPercent, 0),
      ]),
    );
    expect(weights).toEqual({
      'PERF-EXAMPLE-AREA': 70,
      'AREA-2026': 100,
      'PERF-EXAMPLE-DEPARTMENT': 100,
      'PERF-EXAMPLE-COLLECTOR': 100,
      'PERF-EXAMPLE-ACCEPTOR': 100,
      'PERF-EXAMPLE-SHIFT_LEADER': 100,
      'PERF-EXAMPLE-DISPATCHER': 100,
      'CITY-2026': 100,
      'HOTLINE-3R': 100,
    });
  });

  test('the evaluation schemes speak of known metrics, by rules that can be scored', () => {
    for (const scheme of schemes()) {
      for (const { term } of scheme.indicators) {
        for (const { key } of parseLinearExpression(term)) expect(metricOf(key)).toBeDefined();
        const figures = Object.fromEntries(parseLinearExpression(term).map(({ key }) => [key, 1]));
        for (const areaClass of scheme.object === 'AREA' ? [1, 2] : [1]) {
          expect(scoreOf(scheme, figures, { areaClass }).score).not.toBeNull();
        }
      }
    }
  });
});

test('an area of any size has a scheme without bands of counts, for bands are those of one size', () => {
  const usable = schemes().filter(
    ({ object, indicators }) => object === 'AREA' && indicators.every(({ score }) => !score.startsWith('bands')),
  );
  expect(usable.map(({ id }) => id)).toEqual(['AREA-2026']);
  for (const { certainty, note } of usable[0]!.indicators)
    expect([certainty, note]).toEqual(['open', expect.any(String)]);
});

describe('a score', () => {
  test('a score of the three rates is their weighted sum', () => {
    const score = scoreOf(schemeOf('HOTLINE-3R'), { responseRate: 1, resolutionRate: 0.9, satisfactionRate: 0.8 });
    expect(score.score).toBeCloseTo(10 + 45 + 32);
    expect(score.grade).toBe('B');
    expect(score.parts.map(({ indicator, fullScore }) => `${indicator} ${fullScore}`)).toEqual([
      'responseRate 10',
      'resolutionRate 50',
      'satisfactionRate 40',
    ]);
  });

  test('a score of a city counts late closing 0.4, and metrics that are better low in reverse', () => {
    const figures = { onTimeCloseRate: 0.9, lateCloseRate: 0.1, extensionRate: 0.1, reworkRate: 0 };
    expect(scoreOf(schemeOf('CITY-2026'), figures).score).toBeCloseTo(0.94 * 80 + 9 + 10);
  });

  test('a score takes counts by their bands, which differ by class of area', () => {
    const area = schemeOf('PERF-EXAMPLE-AREA');
    const filed = (count: number, areaClass: number) => scoreOf(area, { filed: count }, { areaClass }).score;
    expect([0, 1, 2, 3, 8, 9, 1000].map((count) => filed(count, 1))).toEqual([100, 90, 90, 75, 40, 0, 0]);
    expect([0, 3, 4, 9, 10].map((count) => filed(count, 2))).toEqual([100, 90, 75, 40, 0]);
    expect(() => filed(1, 3)).toThrow(expect.objectContaining({ reason: 'EXPRESSION' }));
  });

  test('a score leaves out indicators whose figure is not known, and is unknown if all are', () => {
    const scheme = schemeOf('HOTLINE-3R');
    const score = scoreOf(scheme, { responseRate: null, resolutionRate: 0.8, satisfactionRate: 0.8 });
    expect(score.score).toBeCloseTo(80);
    expect(score.parts[0]?.score).toBeNull();
    expect(scoreOf(scheme, {})).toMatchObject({ score: null, grade: null });
  });
});

test.each([
  [100, 'A'],
  [90, 'A'],
  [89.99, 'B'],
  [75, 'B'],
  [74.99, 'C'],
  [60, 'C'],
  [59.99, 'D'],
  [40, 'D'],
  [39.99, 'E'],
  [0, 'E'],
])('a score of %d has the grade %s', (score, grade) => {
  expect(gradeOf(score)).toBe(grade);
});

test.each([-0.01, Number.NaN])('a score of %d has no grade', (score) => {
  expect(() => gradeOf(score)).toThrow(expect.objectContaining({ reason: 'RANGE' }));
});
