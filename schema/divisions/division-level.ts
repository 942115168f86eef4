/**
 * The levels of the division tree, and the unit under which each level counts a row. Pure rules over canonical codes.
 */
import { readData } from '../standard/data-file.ts';

/** GB/T 2260 and GB/T 10114, with the country above and the community below. From the top. */
export const DIVISION_LEVELS = ['COUNTRY', 'PROVINCE', 'CITY', 'COUNTY', 'STREET', 'COMMUNITY'] as const;
export type DivisionLevel = (typeof DIVISION_LEVELS)[number];

/** The canonical code of the country. */
export const COUNTRY = '100000';

/** Irregularities of the tree. The SQL that groups by level is generated from the same lists. */
interface ExceptionsFile {
  readonly municipalityPrefixes: readonly string[];
  readonly nominalSecondLevels: readonly string[];
  readonly citiesWithoutCounties: readonly string[];
}

const exceptions = readData<ExceptionsFile>('division-exceptions.json');

/** First two digits of 北京, 天津, 上海, 重庆: at city level their counties are counted under the municipality itself. */
export const municipalityPrefixes: readonly string[] = exceptions.municipalityPrefixes;
/**
 * First four digits of the second levels without a government: kept as parents, hidden on screens, never a
 * platform's.
 */
export const nominalSecondLevels: readonly string[] = exceptions.nominalSecondLevels;
/** Those of them whose counties stand directly under a province or autonomous region (4190, 4290, 4690, 6590). */
export const countyLevelSecondLevels: readonly string[] = nominalSecondLevels.filter(
  (code) => !municipalityPrefixes.includes(code.slice(0, 2)),
);
/** First four digits of 东莞, 中山, 儋州: streets hang under the city, which is its own county. */
export const citiesWithoutCounties: readonly string[] = exceptions.citiesWithoutCounties;

const MUNICIPALITIES: ReadonlySet<string> = new Set(municipalityPrefixes);
const NOMINAL: ReadonlySet<string> = new Set(nominalSecondLevels);
const WITHOUT_COUNTIES: ReadonlySet<string> = new Set(citiesWithoutCounties);

/** The level by the form of a canonical code. `441900` is a city, though it is its own county as well. */
export function levelOf(code: string): DivisionLevel {
  if (code === COUNTRY) return 'COUNTRY';
  if (code.length === 12) return 'COMMUNITY';
  if (code.length === 9) return 'STREET';
  if (code.endsWith('0000')) return 'PROVINCE';
  return code.endsWith('00') ? 'CITY' : 'COUNTY';
}

/**
 * The unit under which a level counts a row of this division; null if the row lies above that level.
 *
 * At city level the rows of a municipality count under the municipality (`110102020` → `110000`), and counties directly
 * under a province count as themselves (`429004003` → `429004`). At county level a city without counties counts as
 * itself (`441900003` → `441900`). Looks at the digits only, and takes every canonical code for a real one.
 */
export function divisionAt(code: string, level: DivisionLevel): string | null {
  if (level === 'COUNTRY') return COUNTRY;
  if (code === COUNTRY) return null;
  switch (level) {
    case 'PROVINCE':
      return `${code.slice(0, 2)}0000`;
    case 'CITY':
      return cityOf(code);
    case 'COUNTY':
      return countyOf(code);
    case 'STREET':
      return code.length >= 9 ? code.slice(0, 9) : null;
    case 'COMMUNITY':
      return code.length === 12 ? code : null;
  }
}

function cityOf(code: string): string | null {
  if (MUNICIPALITIES.has(code.slice(0, 2))) return `${code.slice(0, 2)}0000`;
  if (code.length === 6 && code.endsWith('0000')) return null;
  if (!NOMINAL.has(code.slice(0, 4))) return `${code.slice(0, 4)}00`;
  return code.slice(4, 6) === '00' ? null : code.slice(0, 6);
}

function countyOf(code: string): string | null {
  if (code.slice(4, 6) !== '00' || WITHOUT_COUNTIES.has(code.slice(0, 4))) return code.slice(0, 6);
  return null;
}
