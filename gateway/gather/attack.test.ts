/**
 * An attack on open statistics: somebody asks for every division, grouping and cut, and subtracts what is shown from what is shown.
 * No count of few may come out of it.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type Disclosure, disclosure, EVERYWHERE } from '@yiwang/schema';
import fc from 'fast-check';
import { programOf } from './testing.ts';

/** Streets of two counties and two cities. */
const STREETS = ['420106001', '420106002', '420106003', '420102001', '420102002', '420502001'];
const KINDS = ['A', 'B'];
const WITHIN = ['42', '4201', '420106', '420102', '4205', ...STREETS];
/** Digits of a division in the key; 0 for none. */
const LEVELS = [0, 4, 6, 9];

/** Rows that no question tells apart: of one street and one kind. A set of them is a number, one bit for each. */
const ATOMS = KINDS.flatMap((kind) => STREETS.map((street) => ({ street, kind })));

interface Question {
  readonly within: string;
  readonly level: number;
  readonly byKind: boolean;
  readonly top: number | null;
}

const QUESTIONS: readonly Question[] = WITHIN.flatMap((within) =>
  LEVELS.flatMap((level) =>
    [true, false].flatMap((byKind) => [null, 1].map((top) => ({ within, level, byKind, top }))),
  ),
);

/** A group as the attacker knows it: which rows it stands for, and between which bounds their number lies. */
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

function groupsOf({ within, level, byKind }: Question): ReadonlyMap<string, number> {
  const groups = new Map<string, number>();
  ATOMS.forEach(({ street, kind }, atom) => {
    if (!street.startsWith(within)) return;
    const name = JSON.stringify([level === 0 ? null : street.slice(0, level), byKind ? kind : null]);
    groups.set(name, (groups.get(name) ?? 0) | (1 << atom));
  });
  return groups;
}

/** What the gateway shows of one question. */
function answerTo(question: Question, counts: readonly number[], shownAs: Disclosure): readonly Cell[] {
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
  const context = { args: { top: question.top }, ...shownAs, sealCursor: (position: string) => position };
  const shown = program.merge([{ value, region: EVERYWHERE }], context).value as typeof value;
  return shown.map(({ key, counts: { rows } }) => ({
    atoms: groups.get(JSON.stringify([key.division?.code ?? null, key.kind]))!,
    least: Math.max(shownAs.smallCount, rows - Math.floor(shownAs.roundTo / 2)),
    most: rows + Math.floor(shownAs.roundTo / 2),
  }));
}

function sizeOf(atoms: number, counts: readonly number[]): number {
  return counts.reduce((sum, count, atom) => sum + (atoms & (1 << atom) ? count : 0), 0);
}

/** Counts of few that the attacker can tell, by every group that is shown less every choice of disjoint groups in it. */
function recovered(counts: readonly number[], shownAs: Disclosure): number[] {
  const shown = QUESTIONS.flatMap((question) => answerTo(question, counts, shownAs));
  const cells = [...new Map(shown.map((cell) => [cell.atoms, cell])).values()];
  const { least, most } = boundsOf(cells);
  const targets = new Set(QUESTIONS.flatMap((question) => [...groupsOf(question).values()]));
  return [...targets].flatMap((target) => {
    const size = sizeOf(target, counts);
    if (size === 0 || size >= shownAs.smallCount) return [];
    const wholes = cells.filter(({ atoms }) => (atoms & target) === target);
    const atMost = Math.min(...wholes.map((whole) => whole.most - least[whole.atoms & ~target]!));
    const atLeast = Math.max(0, ...wholes.map((whole) => whole.least - most[whole.atoms & ~target]!));
    return atLeast >= atMost ? [size] : [];
  });
}

/** For every set of rows: the most that disjoint groups in it prove, and the least that a partition of it into groups allows. */
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
  const sdl = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');
  const checkOf = (field: string) => programOf(`${field}(${PERIODS[field]}: "2026") { __typename }`, sdl).check;

  test.each(Object.keys(PERIODS))('of %s are whole months: two that differ by a day are refused', (field) => {
    const check = checkOf(field);
    const args = (period: string) => ({ [PERIODS[field]!]: period });
    for (const whole of ['2026', '2026Q3', '2026-10', '2026-01-01/2026-03-01']) {
      expect(() => check(args(whole), true)).not.toThrow();
    }
    for (const part of ['2026-10-01/2026-10-31', '2026-10-02/2026-11-01', '2026-10-07/2026-10-08']) {
      expect(() => check(args(part), true)).toThrow('open statistics are of whole months');
      expect(() => check(args(part), false)).not.toThrow();
    }
  });
});

describe('open statistics', () => {
  test('give no count of few to who subtracts what is shown from what is shown', () => {
    const anyCounts = fc.array(fc.constantFrom(0, 1, 3, 7, 11, 16, 23, 48), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(anyCounts, (counts) => expect(recovered(counts, disclosure)).toEqual([])),
      { numRuns: 200, seed: 8 },
    );
  });

  test('would give them if counts were exact: a group that is withheld beside a small one is asked for by itself', () => {
    const counts = [6, 20, 30, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    expect(recovered(counts, { ...disclosure, roundTo: 1 })).toContain(6);
    expect(recovered(counts, disclosure)).toEqual([]);
  });
});
