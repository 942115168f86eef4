/**
 * The table of administrative divisions (statistics bureau, 2023): loaded once, at first use, from
 * `data/divisions.txt`.
 */
import { once, readDataText } from '../standard/data-file.ts';
import { describeValue, StandardError } from '../standard/standard-error.ts';
import type { Division } from './division.ts';
import { divisionHistory } from './division-history.ts';
import { COUNTRY, DIVISION_LEVELS } from './division-level.ts';
import { createFormerDivisions } from './former-divisions.ts';

export interface DivisionTable {
  /** By canonical code, former divisions and what lay below them included. */
  get(code: string): Division | undefined;
  /** What the code was on a day (`2015-11-13`), with its name and parent of the day; undefined if it was not in force. */
  on(code: string, day: string): Division | undefined;
  /** Directly below, in the order of codes. */
  children(code: string): readonly Division[];
  /** Directly below as people see it: a nominal division is replaced by its children. */
  visibleChildren(code: string): readonly Division[];
  parent(code: string): Division | undefined;
  /** All above, the nearest first, the country last. */
  ancestors(code: string): readonly Division[];
  /** All in force, in the order of codes within the tree: a parent before its children. */
  all(): readonly Division[];
  /** Provinces, cities and counties that are no longer in force, in the order of codes. */
  former(): readonly Division[];
  /** Those whose name holds the text or whose code begins with it, upper levels first. */
  search(text: string, limit: number): readonly Division[];
  /** How many are in force. */
  readonly size: number;
}

export const divisions: () => DivisionTable = once(createDivisionTable);

/** The zeros that complete a short prefix to its canonical form. */
const PADDING: Readonly<Record<number, string>> = { 2: '0000', 4: '00' };
const NO_CODES: readonly string[] = [];
const NO_DIVISIONS: readonly Division[] = [];

/**
 * The canonical form of a division code: `42` → `420000`, `4201` → `420100`, everything else as it is.
 * Throws a `StandardError` with LENGTH, CHARSET or DIVISION. A community that is not in the table passes if its
 * street is, since the table holds the communities of few cities.
 */
export function canonicalDivision(input: string): string {
  if (!/^[0-9]*$/.test(input)) {
    throw new StandardError(
      'CHARSET',
      `${describeValue(input)} is not a division code: it may hold the digits 0 to 9 only`,
    );
  }
  if (![2, 4, 6, 9, 12].includes(input.length)) {
    throw new StandardError(
      'LENGTH',
      `${describeValue(input)} is not a division code: it has ${input.length} digits; 2, 4, 6, 9 (street) or 12 (community) were expected`,
    );
  }
  const code = input + (PADDING[input.length] ?? '');
  const isValid = isInTable(code) && (input.length > 4 || code !== COUNTRY);
  if (!isValid)
    throw new StandardError('DIVISION', `There is no division ${describeValue(input)} in the table of divisions`);
  return code;
}

function isInTable(code: string): boolean {
  const table = divisions();
  if (table.get(code) !== undefined) return true;
  return code.length === 12 && !code.endsWith('000') && table.get(code.slice(0, 9)) !== undefined;
}

function createDivisionTable(): DivisionTable {
  const rows = parseRows(readDataText('divisions.txt'));
  const byCode = new Map<string, Division>();
  const childrenByParent = new Map<string, Division[]>();
  for (const row of rows) {
    byCode.set(row.code, row);
    if (row.parent === null) continue;
    const siblings = childrenByParent.get(row.parent);
    if (siblings) siblings.push(row);
    else childrenByParent.set(row.parent, [row]);
  }
  const former = createFormerDivisions(byCode);
  const get = (code: string): Division | undefined => byCode.get(code) ?? former.get(code);

  const children = (code: string): readonly Division[] => childrenByParent.get(code) ?? NO_DIVISIONS;
  const parent = (code: string): Division | undefined => {
    const above = get(code)?.parent ?? (code.length === 12 ? code.slice(0, 9) : null);
    return above === null ? undefined : get(above);
  };
  return {
    get,
    on: former.on,
    children,
    visibleChildren: (code) => children(code).flatMap((row) => (row.nominal ? children(row.code) : [row])),
    parent,
    ancestors(code) {
      const above: Division[] = [];
      for (let next = parent(code); next !== undefined; next = parent(next.code)) above.push(next);
      return above;
    },
    all: () => rows,
    former: () => former.rows,
    search: (text, limit) => searchRows(rows, text.trim(), limit),
    size: rows.length,
  };
}

/**
 * The file's form is documented where it is made: a tab for each level, the last block of the code, the name, `~` if
 * nominal.
 */
function parseRows(text: string): readonly Division[] {
  const rows: Division[] = [];
  // The digits of the division last seen at each depth, unpadded, and its canonical code.
  const digits: string[] = [];
  const codes: string[] = [];
  const history = divisionHistory();
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    let depth = 0;
    while (text.charCodeAt(start + depth) === 9) depth++;
    const blockLength = depth === 0 ? 6 : depth < 4 ? 2 : 3;
    const nameAt = start + depth + blockLength;
    const nominal = text.charCodeAt(end - 1) === 126;
    const block = text.slice(start + depth, nameAt);
    const above = depthAbove(codes, depth);
    const trimmed = depth < 2 ? block : digits[above]! + (above === 2 && depth === 4 ? '00' : '') + block;
    const code = depth === 0 ? COUNTRY : trimmed + (PADDING[trimmed.length] ?? '');
    digits[depth] = trimmed;
    codes.length = depth;
    codes[depth] = code;
    rows.push({
      code,
      name: text.slice(nameAt, nominal ? end - 1 : end),
      level: DIVISION_LEVELS[depth]!,
      parent: depth === 0 ? null : codes[above]!,
      nominal,
      validFrom: code.length === 6 ? history.validFrom(code) : null,
      validTo: null,
      successors: NO_CODES,
      predecessors: code.length === 6 ? history.predecessors(code) : NO_CODES,
    });
    start = end + 1;
  }
  return rows;
}

/** The depth of the division above: one less, or two for a street of a city without counties. */
function depthAbove(codes: readonly string[], depth: number): number {
  let above = depth - 1;
  while (above > 0 && codes[above] === undefined) above--;
  return above;
}

function searchRows(rows: readonly Division[], text: string, limit: number): readonly Division[] {
  if (text === '') return NO_DIVISIONS;
  const isCode = /^[0-9]+$/.test(text);
  const matches = rows.filter(({ code, name }) => (isCode ? code.startsWith(text) : name.includes(text)));
  const rank = ({ level }: Division): number => DIVISION_LEVELS.indexOf(level);
  return matches.sort((a, b) => rank(a) - rank(b) || (a.code < b.code ? -1 : 1)).slice(0, limit);
}
