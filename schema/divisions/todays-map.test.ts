/** Ranges for a database against the rule of one code at a time. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DIVISION_LEVELS, divisionAt } from './division-level.ts';
import { divisions } from './divisions.ts';
import { EVERYWHERE, regionOfPrefix } from './region.ts';
import { succession, unitToday } from './succession.ts';
import { type MappedRange, todaysMap } from './todays-map.ts';

const table = divisions();
const former = table.former().map(({ code }) => code);
const streets = former.flatMap((code) =>
  table.children(succession().heirsOf(code)[0] ?? '').map((row) => code + row.code.slice(6)),
);
const codes = [...former, ...streets.filter((code) => code.length === 9), ...streets.map((code) => `${code}001`)];

/** As a database reads the ranges. */
function unitIn(ranges: readonly MappedRange[], code: string, level: (typeof DIVISION_LEVELS)[number]) {
  const range = ranges.findLast(({ from }) => from <= code);
  const ofTheDay = divisionAt(code, level);
  if (level === 'COMMUNITY') {
    const community = code.length === 12 && range?.unit ? range.unit + code.slice(9) : ofTheDay;
    return { unit: community, unattributed: ofTheDay !== null && range?.unattributedUntil === 'infinity' };
  }
  return { unit: range?.unit ?? ofTheDay, unattributed: ofTheDay !== null && range?.unattributedUntil === 'infinity' };
}

test('the ranges of a level say of every former code what the rule says of it alone', () => {
  for (const level of DIVISION_LEVELS.slice(1)) {
    const ranges = todaysMap(EVERYWHERE, level);
    expect(ranges.map(({ from }) => from)).toEqual([...new Set(ranges.map(({ from }) => from))].sort());
    fc.assert(
      fc.property(fc.constantFrom(...codes, ...table.all().map(({ code }) => code)), (code) => {
        const { unit, unattributed } = unitToday(code, level);
        expect([code, level, unitIn(ranges, code, level)]).toEqual([code, level, { unit, unattributed }]);
      }),
      { numRuns: 400 },
    );
  }
});

test('a region in which nothing changed has no ranges, and others have those of their own codes alone', () => {
  expect(todaysMap(regionOfPrefix('4201'), 'COUNTY')).toEqual([]);
  expect(todaysMap(regionOfPrefix('110228'), 'COUNTY')).toEqual([
    { from: '110228', unit: '110118', unattributedUntil: null },
    { from: '110229', unit: null, unattributedUntil: null },
  ]);
  expect(todaysMap(regionOfPrefix('3301'), 'COUNTY')).toContainEqual({
    from: '330110',
    unit: null,
    unattributedUntil: '2021-04-09',
  });
});
