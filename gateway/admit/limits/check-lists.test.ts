/** Statistics are priced by the groups that their dimensions make, as the standard's schema says. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { GROUPS_MAX } from '@yiwang/schema';
import { parse } from 'graphql';
import { DEFAULT_LIMITS, type Limits } from '../../model/limits.ts';
import { readViews } from '../../tests/support/read-views.ts';
import { createAdmit } from '../admit.ts';

const sdl = readFileSync(new URL('../../../schema/supergraph.graphql', import.meta.url), 'utf8');
const views = readViews(sdl, [{ name: 'supervisor', classes: ['OPEN', 'SHARED', 'INTERNAL', 'SENSITIVE'] }]);

function rowsOf(source: string, limits: Partial<Limits> = { rowsMax: 1 }): unknown {
  const { classOf, dimensions } = views;
  const admit = createAdmit({ limits: { ...DEFAULT_LIMITS, ...limits }, classOf, dimensions, boundLists: true });
  const admission = admit({
    view: views.view('supervisor'),
    document: parse(source),
    hash: source,
    operationName: undefined,
    variables: {},
  });
  return admission.kind === 'admitted' ? 'admitted' : admission.errors[0]?.extensions.value;
}

const statistic = (groupBy: string, more = '') =>
  `caseStatistics(period: "2016-01-01/2026-01-01", groupBy: [${groupBy}]${more}) { counts { open } }`;

describe('statistics', () => {
  test('a statistic counts as the number of its groups, at most as many as a platform returns', () => {
    expect(rowsOf(`{ ${statistic('')} }`)).toBe('admitted');
    expect(rowsOf(`{ ${statistic('COUNTY')} }`)).toBe(15);
    expect(rowsOf(`{ ${statistic('COUNTY, MONTH, COUNTY')} }`)).toBe(15 * 24);
    expect(rowsOf(`{ ${statistic('COMMUNITY, CATEGORY, DEPARTMENT, MONTH')} }`)).toBe(GROUPS_MAX);
  });

  test('a statistic that is cut to a few groups costs as much as the whole', () => {
    expect(rowsOf(`{ ${statistic('COMMUNITY', ', top: 3')} }`)).toBe(3000);
  });

  test('a statistic counts once for each division that it is asked of', () => {
    expect(rowsOf(`{ division(code: "42") { children(first: 17) { nodes { ${statistic('STREET')} } } } }`)).toBe(
      17 + 17 * 200,
    );
  });

  test('twenty statistics by many dimensions are refused by default', () => {
    const twenty = Array.from(
      { length: 20 },
      (_, i) => `s${i}: ${statistic('COMMUNITY, CATEGORY, DEPARTMENT, MONTH')}`,
    );
    expect(rowsOf(`{ ${twenty.join(' ')} }`, {})).toBe(20 * GROUPS_MAX);
    expect(rowsOf(`{ ${twenty.slice(0, 5).join(' ')} }`, {})).toBe('admitted');
  });
});
