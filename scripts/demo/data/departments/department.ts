/** A department of the demo, with the duties on its three lists, and its rows. */
import { createId, divisionAt, type Tier } from '@yiwang/schema';
import type { CopyValue } from '../copy.ts';
import type { Random } from '../random.ts';

export interface Department {
  readonly code: string;
  /** The division whose government runs it. */
  readonly division: string;
  readonly name: string;
  readonly serves: readonly string[];
  /** Code of the department that leads it. */
  readonly parent: string | null;
  readonly validTo?: string;
  readonly successor?: string;
  readonly duties: readonly string[];
  readonly basis: string;
}

export const DEPARTMENT_COLUMNS = [
  ...(['code', 'division', 'name', 'serves', 'tier', 'parent', 'valid_from', 'valid_to', 'successor'] as const),
];
export const DUTY_COLUMNS = [
  ...(['id', 'division', 'department', 'kind', 'title', 'category', 'basis', 'published'] as const),
];
export type DepartmentRow = Readonly<Record<(typeof DEPARTMENT_COLUMNS)[number], CopyValue>>;
export type DutyRow = Readonly<Record<(typeof DUTY_COLUMNS)[number], CopyValue>>;

/** In the table of a platform, and in the organisation directory. */
export function departmentRows(departments: readonly Department[]): DepartmentRow[] {
  return departments.map(({ code, division, name, serves, parent, validTo, successor }) => ({
    ...{ code, division, name, serves, tier: tierOf(division), parent },
    ...{ valid_from: null, valid_to: validTo ?? null, successor: successor ?? null },
  }));
}

/** The tier of the government of a division; a municipality and a county directly under a province equal a city. */
function tierOf(division: string): Tier {
  if (division === '100000') return 'NATIONAL';
  if (division.length > 6) return 'STREET';
  if (divisionAt(division, 'CITY') === division) return 'MUNICIPAL';
  return divisionAt(division, 'COUNTY') === division ? 'DISTRICT' : 'PROVINCIAL';
}

const LISTS = [
  ['TASK', '年度任务：'],
  ['RESPONSIBILITY', '承担'],
  ['POWER', '行使'],
] as const;

/** `classes`: the class of the standard that a duty is about. */
export function dutyRows(
  departments: readonly Department[],
  random: Random,
  classes: Readonly<Record<string, string>>,
): DutyRow[] {
  let serial = 0;
  return departments.flatMap(({ code, division, duties, basis }) =>
    LISTS.flatMap(([kind, verb]) =>
      duties.map((duty) => ({
        id: createId(division, 'DU', String(++serial).padStart(5, '0')),
        division,
        department: code,
        kind,
        title: kind === 'POWER' ? `${verb}${duty}的行政权力` : `${verb}${duty}${kind === 'TASK' ? '' : '职责'}`,
        category: classes[duty] ?? null,
        basis: kind === 'TASK' ? null : `《${basis}》`,
        published: kind !== 'TASK' || random.chance(0.8),
      })),
    ),
  );
}
