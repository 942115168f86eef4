/** The rows of the bench, computed from numbers: equal in every process, in Chinese and ASCII as in a city's own data. */

export type Value = string | number | boolean | null | Row | readonly Row[];

/** An object of the graph: its type, and the fields that its subgraph has. */
export interface Row {
  readonly __typename: string;
  readonly [field: string]: Value;
}

/** Prime and odd sizes make windows of rows refer to ever other sets of entities. */
const CASES = 20_011;
const CATEGORIES = 173;
const DEPARTMENTS = 397;
const DIVISIONS = 293;
const GRIDS_PER_DIVISION = 4;
const CASES_PER_GRID = 7;
const PERSONS = 1_009;

const STREETS = ['广安门外街道', '武昌首义路街道', '鼓楼东大街', '中山公园路', '解放大道', '和平里北街'];
const KINDS = ['市容环境', '宣传广告', '施工管理', '突发事件', '街面秩序', '公用设施'];
const MATTERS = ['井盖破损', '暴露垃圾', '占道经营', '路灯不亮', '违章张贴', '道路遗撒', '绿地脏乱', '乱堆物料'];
const FAMILIES = ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴'];
const GIVEN = ['建国', '秀英', '志强', '丽华', '文博', '晓明', '海燕', '思远'];
const POSTS = ['网格长', '网格员', '科长', '主任', '值班长'];
const STATES = ['REPORTED', 'DISPATCHED', 'HANDLED', 'CLOSED'];

/** A hash of two whole numbers, without a pattern that a window of rows could show. */
function spread(index: number, salt: number): number {
  let value = (index * 2_654_435_761 + salt * 40_503) >>> 0;
  value = Math.imul(value ^ (value >>> 15), 2_246_822_507) >>> 0;
  return (value ^ (value >>> 13)) >>> 0;
}

const pick = <Item>(list: readonly Item[], index: number, salt: number): Item =>
  list[spread(index, salt) % list.length]!;
const rows = (count: number, make: (index: number) => Row): readonly Row[] =>
  Array.from({ length: count }, (_, at) => make(at));
const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');
const phoneOf = (index: number): string => `027-${padded(spread(index, 91) % 100_000_000, 8)}`;
const timeOf = (index: number, salt: number): string => {
  const at = spread(index, salt);
  return `2026-${padded((at % 10) + 1, 2)}-${padded((at % 28) + 1, 2)}T${padded(at % 24, 2)}:${padded(at % 60, 2)}:00+08:00`;
};

export const categoryCode = (index: number): string => padded(10_000 + (index % CATEGORIES), 8);
export const departmentId = (index: number): string => `1142010000${padded(index % DEPARTMENTS, 8)}`;
export const divisionCode = (index: number): string => `4201${padded(index % DIVISIONS, 5)}`;
const gridId = (division: number, at: number): string => `${divisionCode(division)}${padded(at, 3)}`;
const personId = (index: number): string => `P${padded(index % PERSONS, 6)}`;

function caseOf(index: number): Row {
  const matter = pick(MATTERS, index, 1);
  const street = pick(STREETS, index, 2);
  const closed = spread(index, 3) % 3 === 0;
  return {
    __typename: 'Case',
    id: `C${padded(index, 8)}`,
    number: `WH-2026-${padded(index, 8)}`,
    title: `${street}${matter}`,
    description: `${matter}，位于${street}${(spread(index, 4) % 400) + 1}号附近，请及时处置。Reported by app v3.${index % 7}, photo IMG_${padded(spread(index, 5) % 10_000, 4)}.jpg`,
    address: `武汉市${street}${(spread(index, 4) % 400) + 1}号`,
    state: pick(STATES, index, 6),
    urgent: spread(index, 7) % 9 === 0,
    longitude: 114 + (spread(index, 8) % 1_000_000) / 1_000_000,
    latitude: 30 + (spread(index, 9) % 1_000_000) / 1_000_000,
    reportedAt: timeOf(index, 10),
    deadlineAt: timeOf(index, 11),
    closedAt: closed ? timeOf(index, 12) : null,
    category: { __typename: 'Category', code: categoryCode(spread(index, 13)) },
    department: { __typename: 'Department', id: departmentId(spread(index, 14)) },
  };
}

export function makeCases(): readonly Row[] {
  return rows(CASES, caseOf);
}

/** The fields of each grid cell that the subgraph `cases` has. */
export function makeGridCases(cases: readonly Row[]): readonly Row[] {
  return rows(DIVISIONS * GRIDS_PER_DIVISION, (index) => ({
    __typename: 'Grid',
    id: gridId(Math.floor(index / GRIDS_PER_DIVISION), index % GRIDS_PER_DIVISION),
    cases: Array.from({ length: CASES_PER_GRID }, (_, at) => cases[(index * CASES_PER_GRID + at) % cases.length]!),
  }));
}

export function makeCategories(): readonly Row[] {
  return rows(CATEGORIES, (index) => ({
    __typename: 'Category',
    code: categoryCode(index),
    name: `${pick(MATTERS, index, 21)}（${index}）`,
    kind: pick(KINDS, index, 22),
    hoursToClose: (spread(index, 23) % 96) + 1,
  }));
}

export function makeDepartments(): readonly Row[] {
  return rows(DEPARTMENTS, (index) => ({
    __typename: 'Department',
    id: departmentId(index),
    name: `武汉市第${index + 1}${pick(KINDS, index, 31)}管理处`,
    phone: phoneOf(index),
    duty: `负责${pick(KINDS, index, 31)}的巡查、处置与反馈`,
    division: { __typename: 'Division', code: divisionCode(spread(index, 32)) },
    leader: { __typename: 'Person', id: personId(spread(index, 33)) },
  }));
}

export function makeDivisions(): readonly Row[] {
  return rows(DIVISIONS, (index) => ({
    __typename: 'Division',
    code: divisionCode(index),
    name: `${pick(STREETS, index, 41)}第${index}社区`,
    fullName: `湖北省武汉市${pick(STREETS, index, 41)}第${index}社区居民委员会`,
    tier: 'COMMUNITY',
    population: 1_000 + (spread(index, 42) % 20_000),
  }));
}

/** The fields of each division that the subgraph `grids` has. */
export function makeDivisionGrids(): readonly Row[] {
  return rows(DIVISIONS, (index) => ({
    __typename: 'Division',
    code: divisionCode(index),
    grids: Array.from({ length: GRIDS_PER_DIVISION }, (_, at) => ({
      __typename: 'Grid',
      id: gridId(index, at),
      name: `${pick(STREETS, index, 51)}网格${padded(at + 1, 3)}`,
      areaHectares: (spread(index * GRIDS_PER_DIVISION + at, 52) % 900) / 10,
      manager: { __typename: 'Person', id: personId(spread(index * GRIDS_PER_DIVISION + at, 53)) },
    })),
  }));
}

export function makePersons(): readonly Row[] {
  return rows(PERSONS, (index) => ({
    __typename: 'Person',
    id: personId(index),
    name: `${pick(FAMILIES, index, 61)}${pick(GIVEN, index, 62)}`,
    post: pick(POSTS, index, 63),
    phone: phoneOf(index + 7),
  }));
}
