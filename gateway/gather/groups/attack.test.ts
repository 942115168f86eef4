/**
 * An attack on open statistics: the attacker queries every division, map, grouping and cut, and subtracts published counts
 * from each other. No small count may result.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type Disclosure, disclosure, EVERYWHERE } from '@yiwang/schema';
import { countsOfRate, metrics, wholeRateOf } from '@yiwang/schema/statistics';
import fc from 'fast-check';
import { buildASTSchema, type GraphQLObjectType, parse } from 'graphql';
import { readSupergraphRules } from '../../supergraph/rules.ts';
import { programOf } from '../testing.ts';

const SUPERGRAPH = readFileSync(new URL('../../../schema/supergraph.graphql', import.meta.url), 'utf8');

/** Streets of two counties and two cities. */
const STREETS = ['420106001', '420106002', '420106003', '420102001', '420102002', '420502001'];
const KINDS = ['A', 'B'];
const WITHIN = ['42', '4201', '420106', '420102', '4205', ...STREETS];
/** Digits of a division in the key; 0 for none. */
const LEVELS = [0, 4, 6, 9];
/** A street that moved to the other county. */
const ON_TODAYS_MAP: Readonly<Record<string, string>> = { '420106003': '420102003' };

/** Rows that no query separates: of one street and one kind. A set of them is a number, one bit for each. */
const ATOMS = KINDS.flatMap((kind) => STREETS.map((street) => ({ street, kind })));

interface Question {
  readonly within: string;
  readonly level: number;
  readonly byKind: boolean;
  /** By today's map. */
  readonly today: boolean;
  readonly top: number | null;
}

const QUESTIONS: readonly Question[] = WITHIN.flatMap((within) =>
  LEVELS.flatMap((level) =>
    [true, false].flatMap((byKind) =>
      [true, false].flatMap((today) => [null, 1].map((top) => ({ within, level, byKind, today, top }))),
    ),
  ),
);

/** A group as the attacker sees it: its rows, and bounds on their number. */
interface Cell {
  readonly atoms: number;
  readonly least: number;
  readonly most: number;
}

/** Statistics that the public sees, with the argument of their period. */
const PERIODS: Readonly<Record<string, string>> = {
  caseStatistics: 'period',
  requestStatistics: 'period',
  monthlyTopics: 'month',
};

const program = programOf('statistics { key { division { code } kind } counts { rows } }');

function groupsOf({ within, level, byKind, today }: Question): ReadonlyMap<string, number> {
  const groups = new Map<string, number>();
  ATOMS.forEach(({ street, kind }, atom) => {
    if (!street.startsWith(within)) return;
    const place = (today ? ON_TODAYS_MAP[street] : undefined) ?? street;
    const name = JSON.stringify([level === 0 ? null : place.slice(0, level), byKind ? kind : null]);
    groups.set(name, (groups.get(name) ?? 0) | (1 << atom));
  });
  return groups;
}

/** Returns the groups that the gateway publishes for one query. */
function answerTo(question: Question, counts: readonly number[], disclosed: Disclosure): readonly Cell[] {
  const groups = groupsOf(question);
  const value = [...groups].map(([name, atoms]) => {
    const [code, kind] = JSON.parse(name) as [string | null, string | null];
    const rows = sizeOf(atoms, counts);
    return {
      __yw_k0: { division: code === null ? null : { code }, kind },
      __yw_small: { rows, size: 0 },
      key: { division: code === null ? null : { code }, kind },
      counts: { rows },
    };
  });
  const context = { args: { top: question.top }, ...disclosed, signCursor: (position: string) => position };
  const published = program.merge([{ value, region: EVERYWHERE }], context).value as typeof value;
  return published.map(({ key, counts: { rows } }) => ({
    atoms: groups.get(JSON.stringify([key.division?.code ?? null, key.kind]))!,
    least: Math.max(disclosed.smallCount, rows - Math.floor(disclosed.roundTo / 2)),
    most: rows + Math.floor(disclosed.roundTo / 2),
  }));
}

function sizeOf(atoms: number, counts: readonly number[]): number {
  return counts.reduce((sum, count, atom) => sum + (atoms & (1 << atom) ? count : 0), 0);
}

/**
 * Returns the small counts that the attacker can compute: each published group without each choice of disjoint groups
 * in it.
 */
function recovered(counts: readonly number[], disclosed: Disclosure): number[] {
  const published = QUESTIONS.flatMap((question) => answerTo(question, counts, disclosed));
  const cells = [...new Map(published.map((cell) => [cell.atoms, cell])).values()];
  const { least, most } = boundsOf(cells);
  const targets = new Set(QUESTIONS.flatMap((question) => [...groupsOf(question).values()]));
  return [...targets].flatMap((target) => {
    const size = sizeOf(target, counts);
    if (size === 0 || size >= disclosed.smallCount) return [];
    const wholes = cells.filter(({ atoms }) => (atoms & target) === target);
    const atMost = Math.min(...wholes.map((whole) => whole.most - least[whole.atoms & ~target]!));
    const atLeast = Math.max(0, ...wholes.map((whole) => whole.least - most[whole.atoms & ~target]!));
    return atLeast >= atMost ? [size] : [];
  });
}

/**
 * For every set of rows: the greatest lower bound from disjoint groups in it, and the least upper bound from a
 * partition into groups.
 */
function boundsOf(cells: readonly Cell[]): { readonly least: readonly number[]; readonly most: readonly number[] } {
  const [least, most] = [[0], [0]];
  for (let set = 1; set < 1 << ATOMS.length; set++) {
    const first = set & -set;
    const fitting = cells.filter(({ atoms }) => atoms & first && (atoms & set) === atoms);
    least.push(Math.max(least[set & ~first]!, ...fitting.map((cell) => cell.least + least[set & ~cell.atoms]!)));
    most.push(Math.min(Number.POSITIVE_INFINITY, ...fitting.map((cell) => cell.most + most[set & ~cell.atoms]!)));
  }
  return { least, most };
}

describe('periods of open statistics', () => {
  const checkOf = (field: string) => programOf(`${field}(${PERIODS[field]}: "2026") { __typename }`, SUPERGRAPH).check;

  test.each(Object.keys(PERIODS))(
    'periods of %s must be a month, a quarter or a year, and others are refused',
    (field) => {
      const check = checkOf(field);
      const args = (period: string) => ({ [PERIODS[field]!]: period });
      for (const whole of ['2026', '2026Q3', '2026-10', '2026-10-01/2026-11-01']) {
        expect(() => check(args(whole), true)).not.toThrow();
      }
      const parts = ['2026-10-01/2026-10-31', '2026-10-02/2026-11-01', '2026-10-07/2026-10-08'];
      for (const part of [...parts, '2026-09-01/2026-11-01', '2026-02-01/2026-05-01', '2025-01-01/2027-01-01']) {
        expect(() => check(args(part), true)).toThrow('open statistics are of one month, one quarter or one year');
        expect(() => check(args(part), false)).not.toThrow();
      }
    },
  );
});

/**
 * Returns the small counts of months that bounds on all periods prove. A period is its first month and the month after
 * its last.
 */
function recoveredMonths(counts: readonly number[], periods: readonly (readonly [number, number])[]): number[] {
  const before = [0];
  for (const count of counts) before.push(before.at(-1)! + count);
  // most[i][j]: how much the months before j can exceed those before i.
  const most = before.map((_, i) => before.map((_, j) => (i < j ? Number.POSITIVE_INFINITY : 0)));
  for (const [from, to] of periods) {
    const rows = before[to]! - before[from]!;
    const { smallCount, roundTo } = disclosure;
    const published = Math.round(rows / roundTo) * roundTo;
    const isShown = rows >= smallCount;
    most[from]![to] = isShown ? published + roundTo / 2 - 1 : smallCount - 1;
    most[to]![from] = isShown ? -Math.max(smallCount, published - roundTo / 2) : 0;
  }
  for (const k of before.keys()) {
    for (const i of before.keys()) {
      for (const j of before.keys()) most[i]![j] = Math.min(most[i]![j]!, most[i]![k]! + most[k]![j]!);
    }
  }
  return counts.filter(
    (count, i) => count > 0 && count < disclosure.smallCount && most[i]![i + 1]! === -most[i + 1]![i]!,
  );
}

describe('the rates that the public sees', () => {
  const openRates = ['CaseRates', 'RequestRates'].flatMap((type) =>
    openFieldsOf(type).map((name) => [`${type}.${name}`, type, name] as const),
  );

  test.each(openRates)('no part of %s tells more of the rows behind it than a rounded count', (_path, type, name) => {
    const field = type === 'CaseRates' ? 'caseStatistics' : 'requestStatistics';
    const by = `rates.${name}`;
    const program = programOf(
      `${field}(period: "2026", orderBy: { by: "${by}" }) { rates { ${name} { numerator denominator } } }`,
      SUPERGRAPH,
    );
    const shown = (rows: number) => {
      const { numerator, denominator } = wholeShare(name, rows);
      const counts = { reported: 50, received: 50 };
      const value = [
        {
          __yw_k0: { division: null, category: null, source: null, department: null, month: null },
          __yw_small: counts,
          [`__yw_by_rates_${name}`]: { value: { numerator, denominator } },
          rates: { [name]: { __yw_n: numerator, __yw_d: denominator } },
        },
      ];
      const context = { args: { orderBy: { by } }, ...disclosure, signCursor: (position: string) => position };
      return program.merge([{ value, region: EVERYWHERE }], context).value;
    };
    const half = disclosure.roundTo / 2;
    for (let rows = 40 - half; rows < 40 + half; rows++) expect(shown(rows)).toEqual(shown(40));
  });
});

/** A rate that all of so many rows count for, as platforms hand it up. */
function wholeShare(name: string, rows: number): { readonly numerator: number; readonly denominator: number } {
  const metric = metrics().find(({ field }) => field === `rates.${name}`);
  if (metric === undefined) return { numerator: rows, denominator: rows };
  const rate = wholeRateOf(metric.key, Object.fromEntries(countsOfRate(metric.key).map((key) => [key, rows])));
  if (rate === null) throw new Error(`"${name}" is no rate`);
  return { numerator: rate.denominator, denominator: rate.denominator };
}

/** The fields of a type that the public sees. */
function openFieldsOf(type: string): readonly string[] {
  const document = parse(SUPERGRAPH);
  const rules = readSupergraphRules(document);
  const item = buildASTSchema(document, { assumeValidSDL: true }).getType(type) as GraphQLObjectType;
  return Object.keys(item.getFields()).filter((name) => rules.isOpen(type, name));
}

describe('periods of open statistics that overlap', () => {
  const MONTHS = 24;
  const dayOf = (month: number) => `${2025 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
  const { check } = programOf('caseStatistics(period: "2026") { __typename }', SUPERGRAPH);
  const isAnswered = (from: number, to: number) => {
    try {
      check({ period: `${dayOf(from)}/${dayOf(to)}` }, true);
      return true;
    } catch {
      return false;
    }
  };
  const pairs = Array.from({ length: MONTHS }, (_, from) =>
    Array.from({ length: MONTHS - from }, (_, more) => [from, from + more + 1] as const),
  ).flat();
  const anyMonths = fc.array(fc.integer({ min: 0, max: 13 }), { minLength: MONTHS, maxLength: MONTHS });

  test('overlapping periods would reveal the count of a month, so they are refused', () => {
    const answered = pairs.filter(([from, to]) => isAnswered(from, to));
    expect(answered).toHaveLength(24 + 8 + 2);
    const sample = [7, 6, 5, 9, 7, 9, 5, 12, 5, 9, 11, 5, 6, 8, 6, 3, 9, 5, 6, 9, 9, 11, 10, 4];
    expect(recoveredMonths(sample, pairs).length).toBeGreaterThan(10);
    fc.assert(
      fc.property(anyMonths, (counts) => expect(recoveredMonths(counts, answered)).toEqual([])),
      { numRuns: 500, seed: 8 },
    );
  });
});

describe('open statistics', () => {
  test('open statistics are sorted by rounded counts, since an order by exact counts would disclose them', () => {
    const ordered = programOf('statistics(orderBy: { by: "counts.rows" }) { key { kind } counts { rows } }');
    const value = [21, 24, 22, 31].map((rows, i) => ({
      __yw_k0: { division: null, kind: `K${i}` },
      __yw_small: { rows, size: 0 },
      __yw_by_counts_rows: { value: rows },
      key: { kind: `K${i}` },
      counts: { rows },
    }));
    const inOrder = (disclosed: Disclosure) => {
      const context = {
        args: { orderBy: { by: 'counts.rows' } },
        ...disclosed,
        signCursor: (position: string) => position,
      };
      const published = ordered.merge([{ value, region: EVERYWHERE }], context).value as typeof value;
      return published.map(({ key, counts }) => [key.kind, counts.rows]);
    };
    expect(inOrder(disclosure)).toEqual([
      ['K3', 30],
      ['K0', 20],
      ['K1', 20],
      ['K2', 20],
    ]);
    expect(inOrder({ smallCount: 0, roundTo: 1 }).map(([kind]) => kind)).toEqual(['K3', 'K1', 'K2', 'K0']);
  });

  test('no small count can be computed from published sums', () => {
    const anyCounts = fc.array(fc.constantFrom(0, 1, 3, 7, 11, 16, 23, 48), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(anyCounts, (counts) => expect(recovered(counts, disclosure)).toEqual([])),
      { numRuns: 200, seed: 8 },
    );
  });

  test('exact counts would reveal small ones: a group withheld beside a small one could be queried alone', () => {
    const counts = [6, 20, 30, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    expect(recovered(counts, { ...disclosure, roundTo: 1 })).toContain(6);
    expect(recovered(counts, disclosure)).toEqual([]);
  });
});
