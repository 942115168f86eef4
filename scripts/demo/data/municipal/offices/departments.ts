/** The departments of a platform's divisions as rows, with their three lists, and the choice of the one that handles a case. */
import { containsDivision, createId, divisionAt, divisions, type Tier } from '@yiwang/schema';
import type { Random } from '../../random.ts';
import { creditCodeOf } from '../setting/credit-code.ts';
import type { Setting } from '../setting/setting.ts';
import type { Row } from '../tables.ts';
import { DUTY_CLASSES } from './duty-classes.ts';
import { OFFICES, type OfficeKind, STREET_OFFICE_NUMBER } from './offices.ts';

/** The code of an office in a city or county, whether or not this platform holds its row. */
export function officeCode(kind: OfficeKind, division: string): string {
  const entry = OFFICES.find((candidate) => candidate.kind === kind)!;
  return creditCodeOf(entry.company ? '91' : '11', division, entry.number);
}

/** The office of a street, registered in its county. */
export function streetOfficeCode(street: string): string {
  return creditCodeOf('11', street.slice(0, 6), STREET_OFFICE_NUMBER + Number(street.slice(6)));
}

const COUNTY_SHARE = 0.72;

/** The department that handles a matter in a county: mostly the county's office, the city's if the county has none. */
export function chooseDepartment(kind: OfficeKind, county: string, random: Random): string {
  const city = cityOf(county);
  const entry = OFFICES.find((candidate) => candidate.kind === kind)!;
  const ofCounty = entry.inCounties && random.chance(COUNTY_SHARE);
  return officeCode(kind, ofCounty ? county : city);
}

/** The division whose city-wide offices serve a county: its prefecture or municipality, or the county itself. */
export function cityOf(county: string): string {
  return divisionAt(county, 'CITY') ?? county;
}

export interface Department {
  readonly code: string;
  readonly division: string;
  readonly name: string;
  readonly duties: readonly string[];
  readonly basis: string;
}

/** Departments whose division lies in the platform's own region; a street platform has none. */
export function createDepartments(setting: Setting): readonly Department[] {
  const table = divisions();
  const counties = [...new Set(setting.localities.all.map((place) => place.county))];
  const cities = [...new Set(counties.map(cityOf))];
  const streets =
    setting.county === undefined ? setting.localities.all.map((place) => place.street) : countyStreets(setting.county);
  const cityAndCountyOffices = [
    ...cities.flatMap((city) => OFFICES.map((entry) => ({ entry, division: city }))),
    ...counties
      .filter((county) => !cities.includes(county))
      .flatMap((county) => OFFICES.filter((entry) => entry.inCounties).map((entry) => ({ entry, division: county }))),
  ].map(({ entry, division }) => ({
    code: officeCode(entry.kind, division),
    division,
    name: `${table.get(division)!.name}${entry.name}`,
    duties: entry.duties,
    basis: entry.basis,
  }));
  const streetOffices = [...new Set(streets)].map((street) => ({
    code: streetOfficeCode(street),
    division: street.slice(0, 6),
    name: streetOfficeName(table.get(street)!.name),
    duties: STREET_DUTIES,
    basis: '街道办事处条例',
  }));
  return [...cityAndCountyOffices, ...streetOffices].filter(({ division }) =>
    containsDivision(setting.region, division),
  );
}

const STREET_DUTIES = ['接诉即办', '辖区环境秩序维护', '社区建设指导'];

function countyStreets(county: string): readonly string[] {
  return divisions()
    .children(county)
    .map((street) => street.code);
}

function streetOfficeName(street: string): string {
  if (street.endsWith('办事处')) return street;
  return street.endsWith('街道')
    ? `${street}办事处`
    : street.endsWith('镇') || street.endsWith('乡')
      ? `${street}人民政府`
      : `${street}管理委员会`;
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

export function departmentRows(departments: readonly Department[]): Row<'departments'>[] {
  return departments.map(({ code, division, name }) => ({
    ...{ code, division, name, serves: [division], tier: tierOf(division), parent: null },
    ...{ valid_from: null, valid_to: null, successor: null },
  }));
}

export function dutyRows(departments: readonly Department[], random: Random): Row<'duties'>[] {
  let serial = 0;
  return departments.flatMap(({ code, division, duties, basis }) =>
    LISTS.flatMap(([kind, verb]) =>
      duties.map((duty) => ({
        id: createId(division, 'DU', String(++serial).padStart(5, '0')),
        division,
        department: code,
        kind,
        title: kind === 'POWER' ? `${verb}${duty}的行政权力` : `${verb}${duty}${kind === 'TASK' ? '' : '职责'}`,
        category: DUTY_CLASSES[duty] ?? null,
        basis: kind === 'TASK' ? null : `《${basis}》`,
        published: kind !== 'TASK' || random.chance(0.8),
      })),
    ),
  );
}
