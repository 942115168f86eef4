/** The departments of a platform's divisions, and the choice of the one that handles a case. */
import { containsDivision, divisionAt, divisions } from '@yiwang/schema';
import { creditCodeOf } from '../../departments/credit-code.ts';
import type { Department } from '../../departments/department.ts';
import { MINISTRY, provincialLead } from '../../departments/upper-departments.ts';
import type { Random } from '../../random.ts';
import type { Setting } from '../setting/setting.ts';
import { OFFICES, type Office, type OfficeKind, STREET_OFFICE_NUMBER } from './offices.ts';

/**
 * The code of an office in a city or county, whether or not this platform holds its row. The city registers some offices
 * of its counties.
 */
export function officeCode(kind: OfficeKind, division: string): string {
  const entry = OFFICES.find((candidate) => candidate.kind === kind)!;
  const registeredIn = entry.registeredByCity ? cityOf(division) : division;
  return creditCodeOf(entry.company ? '91' : '11', division, entry.number, registeredIn);
}

/** The office of a street, which its county registers. */
export function streetOfficeCode(street: string): string {
  return creditCodeOf('11', street.slice(0, 6), STREET_OFFICE_NUMBER + Number(street.slice(6)));
}

/** The provinces in which the demo has offices. */
const PROVINCES = ['11', '42'];
let divisionByCode: ReadonlyMap<string, string> | undefined;

/** The division that runs an office, wherever its row lies. Throws a `RangeError` for a code that no office has. */
export function divisionOfOffice(code: string): string {
  divisionByCode ??= new Map(
    divisions()
      .all()
      .filter((division) => PROVINCES.includes(division.code.slice(0, 2)))
      .flatMap(({ code: division, level }): [string, string][] => {
        if (level === 'STREET') return [[streetOfficeCode(division), division]];
        if (level === 'COMMUNITY') return [];
        return OFFICES.map(({ kind }) => [officeCode(kind, division), division]);
      })
      .concat(SINGLE_DEPARTMENTS.map((single): [string, string] => [single.code, single.division])),
  );
  const division = divisionByCode.get(code);
  if (division === undefined) throw new RangeError(`no office of the demo has the code ${code}`);
  return division;
}

/** Beijing's commission, which leads the offices of the city that manage it. */
const BEIJING_COMMISSION = creditCodeOf('11', '110000', 100);
/** Merged into the office for management and enforcement in the reform of 2019. */
const WUCHANG_FORMER = creditCodeOf('11', '420106', 190);

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

/** Departments whose division lies in the platform's own region: a street platform has the office of the street. */
export function createDepartments(setting: Setting): readonly Department[] {
  const table = divisions();
  const counties = [...new Set(setting.localities.all.map((place) => place.county))];
  const cities = [...new Set(counties.map(cityOf))];
  const streets =
    setting.county === undefined ? setting.localities.all.map((place) => place.street) : countyStreets(setting.county);
  const offices = [
    ...cities.flatMap((city) => OFFICES.map((entry) => createOffice(entry, city))),
    ...counties
      .filter((county) => !cities.includes(county))
      .flatMap((county) => OFFICES.filter((entry) => entry.inCounties).map((entry) => createOffice(entry, county))),
  ];
  const streetOffices = [...new Set(streets)].map(
    (street): Department => ({
      code: streetOfficeCode(street),
      division: street,
      name: streetOfficeName(table.get(street)!.name),
      serves: [street],
      parent: null,
      duties: STREET_DUTIES,
      basis: '街道办事处条例',
    }),
  );
  return [...offices, ...SINGLE_DEPARTMENTS, ...streetOffices].filter(({ division }) =>
    containsDivision(setting.region, division),
  );
}

function createOffice(entry: Office, division: string): Department {
  return {
    code: officeCode(entry.kind, division),
    division,
    name: `${divisions().get(division)!.name}${entry.name}`,
    serves: [division],
    parent: leadOf(entry, division),
    duties: entry.duties,
    basis: entry.basis,
  };
}

/** An office of a county is led by the city's; one of the city for housing or management by the province's. */
function leadOf({ kind }: Office, division: string): string | null {
  const city = cityOf(division);
  if (city !== division) return officeCode(kind, city);
  if (kind !== 'MANAGEMENT' && kind !== 'HOUSING') return null;
  return division === '110000' ? BEIJING_COMMISSION : provincialLead(divisionAt(division, 'PROVINCE')!);
}

const SINGLE_DEPARTMENTS: readonly Department[] = [
  {
    ...{ code: BEIJING_COMMISSION, division: '110000', name: '北京市城市管理委员会', serves: ['110000'] },
    ...{ parent: MINISTRY, duties: ['城市运行管理统筹', '环境卫生管理'], basis: '北京市市容环境卫生条例' },
  },
  {
    ...{ code: WUCHANG_FORMER, division: '420106', name: '武昌区城市管理局', serves: ['420106'] },
    ...{ parent: officeCode('MANAGEMENT', '420100'), validTo: '2019-03-01' },
    ...{ successor: officeCode('MANAGEMENT', '420106'), duties: [], basis: '城市市容和环境卫生管理条例' },
  },
];

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
