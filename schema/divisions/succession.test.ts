/** Today's map against a naive model that follows rows through events one by one. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type DivisionEvent, parseDivisionEvents } from './division-events.ts';
import { createDivisionHistory } from './division-history.ts';
import { DIVISION_LEVELS, divisionAt } from './division-level.ts';
import { createDivisionRegions, regionOf, takenOverPrefixes } from './division-region.ts';
import { divisions } from './divisions.ts';
import { containsDivision, intersect, prefixOf } from './region.ts';
import { createSuccession, succession, unitToday } from './succession.ts';

type Move = Pick<DivisionEvent, 'kind' | 'on'> & {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly streets?: DivisionEvent['streets'];
};

function historyOf(moves: readonly Move[]) {
  const named = (codes: readonly string[]) => Object.fromEntries(codes.map((code) => [code, code]));
  const events = moves.map(
    ({ kind, on, from, to, streets }): DivisionEvent => ({
      kind,
      on,
      precision: 'DAY',
      from: named(from),
      to: named(to),
      certainty: 'sure',
      basis: 'test',
      ...(streets === undefined ? {} : { streets }),
    }),
  );
  return createDivisionHistory(parseDivisionEvents({ bases: { test: 'a test' }, events }));
}

const successionOf = (...moves: Move[]) => createSuccession(historyOf(moves));

describe('a code of any day', () => {
  test('a chain of changes leads to its end', () => {
    expect(succession().heirsOf('341422')).toEqual(['340281']);
    expect(succession().heirsOf('512081')).toEqual(['510185']);
    expect(succession().heirsOf('512081001')).toEqual(['510185001']);
    expect(succession().heirsOf('110228001005')).toEqual(['110118001005']);
    expect(succession().heirsOf('110103001')).toEqual(['110101']);
    expect(succession().heirsOf('110101')).toEqual(['110101']);
  });

  test('a split and a merger of the same day lead to what is there at its end', () => {
    const { heirsOf } = successionOf(
      { kind: 'SPLIT', on: '2020-01-01', from: ['420181'], to: ['420182', '420183'] },
      { kind: 'MERGE', on: '2020-01-01', from: ['420183', '420184'], to: ['420185'] },
      { kind: 'ESTABLISH', on: '2020-01-01', from: [], to: ['420185'] },
    );
    expect(heirsOf('420181')).toEqual(['420182', '420185']);
    expect(heirsOf('420183')).toEqual(['420185']);
  });

  test('a street that an event names goes its own way, before and after its county is changed', () => {
    const { heirsOf } = successionOf(
      { kind: 'RECODE', on: '2019-01-01', from: ['420180'], to: ['420181'], streets: 'SAME' },
      {
        kind: 'PART_MOVED',
        on: '2020-01-01',
        from: ['420181'],
        to: ['420182'],
        streets: { '420181001': '420182009', '420181002': '420182' },
      },
      { kind: 'RECODE', on: '2021-01-01', from: ['420181'], to: ['420183'], streets: 'SAME' },
      { kind: 'RECODE', on: '2022-01-01', from: ['420182'], to: ['420184'], streets: 'SAME' },
    );
    expect(heirsOf('420181001')).toEqual(['420184009']);
    expect(heirsOf('420180001003')).toEqual(['420184009003']);
    expect(heirsOf('420180002')).toEqual(['420184']);
    expect(heirsOf('420180003')).toEqual(['420183003']);
    expect(heirsOf('420180')).toEqual(['420183']);
  });

  test('what became of a divided division is told at the levels at which all its parts are one', () => {
    expect(unitToday('371200', 'CITY')).toEqual({ unit: '370100', unattributed: false });
    expect(unitToday('341424', 'COUNTY')).toEqual({ unit: '341424', unattributed: true });
    expect(unitToday('341424', 'CITY')).toEqual({ unit: '341400', unattributed: true });
    expect(unitToday('341424', 'PROVINCE')).toEqual({ unit: '340000', unattributed: false });
    expect(unitToday('110103001', 'COUNTY')).toEqual({ unit: '110101', unattributed: false });
    expect(unitToday('110103001', 'STREET')).toEqual({ unit: '110103001', unattributed: true });
    expect(unitToday('110228', 'STREET')).toEqual({ unit: null, unattributed: false });
  });

  test('a division that gave a part away is named with those that got it', () => {
    expect(succession().divided).toContainEqual({
      code: '330110',
      until: '2021-04-09',
      heirs: ['330110', '330113'],
    });
  });
});

describe('regions by today’s map', () => {
  test('a region has the codes that its division took over whole, and rows of its own prefix', () => {
    expect(regionOf('110118')).toEqual([
      ['110118', '110119'],
      ['110228', '110229'],
    ]);
    expect(containsDivision(regionOf('370116'), '371202001')).toBe(true);
    expect(containsDivision(regionOf('370116'), '371203')).toBe(false);
    expect(containsDivision(regionOf('370100'), '371200')).toBe(true);
    expect(containsDivision(regionOf('512000'), '512081')).toBe(false);
    expect(containsDivision(regionOf('510100'), '512081')).toBe(true);
    expect(regionOf('110118001')).toEqual([
      ['110118001', '110118002'],
      ['110228001', '110228002'],
    ]);
    expect(takenOverPrefixes('110118')).toEqual(['110228']);
    expect(takenOverPrefixes('110000')).toEqual([]);
  });

  test('a former division is the rows of its day', () => {
    expect(regionOf('110228')).toEqual([['110228', '110229']]);
    expect(regionOf('371200')).toEqual([['3712', '3713']]);
  });

  test('a part that moved gives no rights to the rest', () => {
    for (const code of ['330109', '330104', '330110']) {
      expect(containsDivision(regionOf('330114'), code)).toBe(false);
      expect(containsDivision(regionOf('330113'), code)).toBe(false);
    }
    expect(containsDivision(regionOf('330110'), '330110')).toBe(true);
    const regions = createDivisionRegions(
      successionOf({
        kind: 'PART_MOVED',
        on: '2020-01-01',
        from: ['420181'],
        to: ['420182'],
        streets: { '420181001': '420182009' },
      }),
    );
    expect(containsDivision(regions.regionOf('420182'), '420181001')).toBe(true);
    expect(containsDivision(regions.regionOf('420182'), '420181002')).toBe(false);
    expect(containsDivision(regions.regionOf('420181'), '420181001')).toBe(false);
  });

  test('over the whole table, the regions of siblings have no code in common', () => {
    const table = divisions();
    const levels = new Set(['PROVINCE', 'CITY']);
    for (const { code } of table.all().filter(({ level }) => levels.has(level))) {
      const children = table.children(code).map((child) => regionOf(child.code));
      const changed = children.filter((region) => region.length > 1);
      for (const region of changed) {
        for (const other of children) if (other !== region) expect(intersect(region, other)).toEqual([]);
      }
    }
  });

  test('a code lies in the region of a division exactly if a naive model leads all that it stands for there', () => {
    fc.assert(
      fc.property(fc.array(randomMove(), { maxLength: 8 }), fc.constantFrom(...COUNTIES), (drawn, county) => {
        const moves = toHistory(drawn);
        const { regionOf: regionToday } = createDivisionRegions(successionOf(...moves));
        const inForce = COUNTIES.filter((code) => !moves.some((move) => move.from.includes(code)));
        for (const code of [county, `${county}001`, `${county}001002`]) {
          const ends = followNaively(code, moves);
          for (const division of [...inForce, '420100', '420200', '420000']) {
            const prefix = prefixOf(division);
            const owners = new Set(ends.map((end) => end.slice(0, prefix.length)));
            const expected = owners.size === 1 ? owners.has(prefix) : code.startsWith(prefix);
            expect([division, code, containsDivision(regionToday(division), code)]).toEqual([division, code, expected]);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test('the unit of a code at a level is the one that a naive model leads all that it stands for to', () => {
    fc.assert(
      fc.property(fc.array(randomMove(), { maxLength: 8 }), fc.constantFrom(...COUNTIES), (drawn, county) => {
        const moves = toHistory(drawn);
        const today = successionOf(...moves);
        for (const code of [county, `${county}001`, `${county}001002`]) {
          for (const level of DIVISION_LEVELS) {
            const units = new Set(followNaively(code, moves).map((end) => divisionAt(end, level)));
            const [only = null] = units.size === 1 ? units : [];
            expect(unitToday(code, level, today).unit).toBe(only ?? divisionAt(code, level));
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

const COUNTIES = ['420181', '420182', '420183', '420281', '420282', '420283'];

const randomMove = () =>
  fc.record({
    split: fc.boolean(),
    from: fc.constantFrom(...COUNTIES),
    to: fc.uniqueArray(fc.constantFrom(...COUNTIES), { minLength: 1, maxLength: 2 }),
    same: fc.boolean(),
    sameDay: fc.boolean(),
  });

type Drawn = ReturnType<typeof randomMove> extends fc.Arbitrary<infer T> ? T : never;

/** Codes end once and are not used again, so that the drawn moves are a history. */
function toHistory(drawn: readonly Drawn[]): Move[] {
  const ended = new Set<string>();
  const moves: Move[] = [];
  drawn.forEach(({ from, to, same, sameDay }, index) => {
    const targets = to.filter((code) => code !== from && !ended.has(code));
    if (ended.has(from) || targets.length === 0) return;
    ended.add(from);
    const on = `20${10 + (sameDay ? 0 : index)}-01-01`;
    if (targets.length > 1) moves.push({ kind: 'SPLIT', on, from: [from], to: targets });
    else moves.push({ kind: 'MERGE', on, from: [from], to: targets, ...(same ? { streets: 'SAME' as const } : {}) });
  });
  return moves;
}

function followNaively(code: string, moves: readonly Move[]): string[] {
  const move = moves.find(({ from }) => code.startsWith(from[0]!));
  if (!move) return [code];
  const rest = move.streets === 'SAME' ? code.slice(6) : '';
  return [...new Set(move.to.flatMap((to) => followNaively(to + rest, moves)))];
}
