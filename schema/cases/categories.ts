/**
 * The table of classes: components and events of GB/T 30428.2 as one city publishes them, and the hotline's tree.
 *
 * A code is a kind digit (1 component, 2 event, 4 hotline), a major of two digits and a minor of two; hotline leaves
 * have two more. 3 is kept for local service items and 9 for the daily-life classes of older lists, so no code means
 * two things.
 */
import { once, readData } from '../standard/data-file.ts';
import { describeValue, StandardError } from '../standard/standard-error.ts';
import { parseTimeLimit, type TimeLimit } from '../time/time-limit.ts';

export type CategoryKind = 'COMPONENT' | 'EVENT' | 'HOTLINE';

/** A condition under which a case is filed. The time limit belongs to the condition, not to the class. */
export interface FilingCondition {
  /** The code of the class and a number from 1: `10101-1`. */
  readonly id: string;
  readonly description: string;
  readonly limit: TimeLimit;
}

export interface Category {
  /** `101` major, `10101` minor; hotline `401`, `40101`, `4010101`. */
  readonly code: string;
  readonly kind: CategoryKind;
  readonly name: string;
  /** The class of the first level above it, `101`; null for one of the first level. */
  readonly major: string | null;
  /** The class directly above it; differs from `major` for leaves of the hotline only. */
  readonly parent: string | null;
  /** True for an extension by a city: its minor lies in the range kept for them. */
  readonly local: boolean;
  /** By rising limit. Empty for majors, and for the hotline, whose limits depend on the kind of the request. */
  readonly conditions: readonly FilingCondition[];
  /** Codes on the other side of the hotline and the grid that are about the same, in order; often none. */
  readonly counterparts: readonly string[];
}

export interface CategoryTable {
  get(code: string): Category | undefined;
  /** In the order of codes: a class comes before its subclasses. */
  all(): readonly Category[];
  ofKind(kind: CategoryKind): readonly Category[];
  /** Directly below, in the order of codes. */
  children(code: string): readonly Category[];
  /** Classes without subclasses: a case or a request is filed under one of them. */
  leaves(kind: CategoryKind): readonly Category[];
}

interface CategoryFile {
  readonly kindDigits: Readonly<Record<CategoryKind, string>>;
  readonly localMinors: { readonly from: number; readonly to: number };
  readonly majors: readonly (readonly [code: string, name: string])[];
  readonly minors: readonly (readonly [
    code: string,
    name: string,
    conditions: readonly (readonly [description: string, limit: string])[],
  ])[];
  readonly hotline: readonly (readonly [code: string, name: string])[];
}

const file = once(() => readData<CategoryFile>('categories.json'));

/** In both directions. */
const counterparts = once(() => {
  const pairs = Object.entries(
    readData<{ readonly counterparts: Readonly<Record<string, readonly string[]>> }>('counterparts.json').counterparts,
  ).flatMap(([hotline, grid]) => grid.flatMap((code) => [[hotline, code] as const, [code, hotline] as const]));
  const byCode = new Map<string, string[]>();
  for (const [code, counterpart] of pairs) byCode.set(code, [...(byCode.get(code) ?? []), counterpart].sort());
  return byCode;
});

export const categories: () => CategoryTable = once(createCategoryTable);

/**
 * Returns the code of the next local class of a major: local minors count downwards from 99. `isTaken` tells the
 * codes in use on a platform with extensions of its own. Throws a `StandardError` with CATEGORY for a major that is
 * unknown or full.
 */
export function nextLocalCategory(
  major: string,
  isTaken = (code: string): boolean => categories().get(code) !== undefined,
): string {
  if (!/^[12]\d\d$/.test(major) || categories().get(major) === undefined) {
    throw new StandardError('CATEGORY', `${describeValue(major)} is not a major class of components or events`);
  }
  const { from, to } = file().localMinors;
  for (let minor = to; minor >= from; minor--) {
    if (!isTaken(`${major}${minor}`)) return `${major}${minor}`;
  }
  throw new StandardError('CATEGORY', `The major class ${major} has no local code left between ${from} and ${to}`);
}

/** True for the code of a minor class whose number is kept for extensions of a city, whether or not the table lists it. */
export function isLocalCode(code: string): boolean {
  const { from, to } = file().localMinors;
  const minor = Number(code.slice(3));
  return /^[12]\d{4}$/.test(code) && minor >= from && minor <= to;
}

function createCategoryTable(): CategoryTable {
  const { majors, minors, hotline } = file();
  const rows = [
    ...majors.map(([code, name]) => createCategory(code, name, [])),
    ...minors.map(([code, name, conditions]) => createCategory(code, name, createConditions(code, conditions))),
    ...hotline.map(([code, name]) => createCategory(code, name, [])),
  ].sort((a, b) => (a.code < b.code ? -1 : 1));
  const byCode = new Map(rows.map((row) => [row.code, row]));
  const childrenByParent = new Map<string, readonly Category[]>();
  for (const row of rows) {
    if (row.parent !== null) childrenByParent.set(row.parent, [...(childrenByParent.get(row.parent) ?? []), row]);
  }
  return {
    get: (code) => byCode.get(code),
    all: () => rows,
    ofKind: (kind) => rows.filter((row) => row.kind === kind),
    children: (code) => childrenByParent.get(code) ?? [],
    leaves: (kind) => rows.filter((row) => row.kind === kind && !childrenByParent.has(row.code)),
  };
}

function createCategory(code: string, name: string, conditions: readonly FilingCondition[]): Category {
  const kind = kindOf(code);
  const major = code.length > 3 ? code.slice(0, 3) : null;
  return {
    code,
    kind,
    name,
    major,
    parent: major === null ? null : code.slice(0, -2),
    local: isLocalCode(code),
    conditions,
    counterparts: counterparts().get(code) ?? [],
  };
}

function kindOf(code: string): CategoryKind {
  const { kindDigits } = file();
  const kind = (['COMPONENT', 'EVENT', 'HOTLINE'] as const).find((candidate) => kindDigits[candidate] === code[0]);
  if (kind === undefined)
    throw new StandardError('CATEGORY', `The class ${describeValue(code)} begins with no known kind digit`);
  return kind;
}

function createConditions(
  code: string,
  conditions: readonly (readonly [string, string])[],
): readonly FilingCondition[] {
  return conditions.map(([description, limit], index) => ({
    id: `${code}-${index + 1}`,
    description,
    limit: parseTimeLimit(limit),
  }));
}
