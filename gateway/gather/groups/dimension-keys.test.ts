/** Statistics of the standard: what a gateway asks of platforms for a merge, and what of it the public may use. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { EVERYWHERE } from '@yiwang/schema';
import { print } from 'graphql';
import { programOf } from '../testing.ts';

const SUPERGRAPH = readFileSync(new URL('../../../schema/supergraph.graphql', import.meta.url), 'utf8');
const statistics = (args: string, selection = 'counts { reported }') =>
  programOf(`caseStatistics(period: "2026", ${args}) { ${selection} }`, SUPERGRAPH);
const textOf = (args: string) => print(statistics(args).node).replace(/\s+/g, ' ');
const BASE = 'division { code } category { code } source department { code } month';

test('a part of the key that a dimension fills is asked for with that dimension, in the order of groups', () => {
  expect(textOf('groupBy: [HOUR, COUNTY, OFFICER]')).toContain(`__yw_k0: key { ${BASE} officer hour }`);
});

test('a part of the key is not asked for without its dimension, so that platforms can do without it', () => {
  expect(textOf('groupBy: [COUNTY, MONTH]')).toContain(`__yw_k0: key { ${BASE} }`);
});

test('groups of different officers are not merged, and groups of one officer are', () => {
  const program = statistics('groupBy: [OFFICER]', 'key { officer } counts { reported }');
  const group = (officer: string, reported: number) => ({
    key: { officer },
    __yw_k0: { division: null, officer },
    __yw_small: { reported },
    counts: { reported },
  });
  const contributions = [
    [group('a', 1), group('b', 2)],
    [group('b', 3), group('c', 4)],
  ].map((value) => ({ value, region: EVERYWHERE }));
  const { value } = program.merge(contributions, { args: {}, smallCount: 0, signCursor: (position) => position });
  expect(value).toEqual([
    { key: { officer: 'a' }, counts: { reported: 1 } },
    { key: { officer: 'b' }, counts: { reported: 5 } },
    { key: { officer: 'c' }, counts: { reported: 4 } },
  ]);
});

test('counts that the public does not see are not asked for to withhold small groups', () => {
  const small = /__yw_small: counts \{([^}]*)\}/.exec(textOf('groupBy: [COUNTY]'))?.[1];
  expect(small).toContain('overdue');
  expect(small).not.toContain('selfHandled');
});

test('the public may not order by a count that it does not see, and is told of none', () => {
  const { check } = statistics('orderBy: { by: "counts.selfHandled" }');
  const args = { period: '2026', orderBy: { by: 'counts.selfHandled', direction: 'DESC' } };
  expect(() => check(args, false)).not.toThrow();
  expect(() => check(args, true)).toThrow('cannot order by "counts.selfHandled"; expected one of counts.reported');
  expect(() => check(args, true)).not.toThrow('counts.dispatched');
});
