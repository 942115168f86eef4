/** The platforms of the whole country, from the table of divisions: 31 provinces, 337 cities, 3,000 districts and streets. */
import { type Division, divisions, municipalityPrefixes, type Tier } from '@yiwang/schema';

export type StubKind = 'municipal' | 'provincial';

export interface MapPlatform {
  /** `<kind>/<division>` */
  readonly id: string;
  readonly kind: StubKind;
  readonly name: string;
  readonly tier: Tier;
  /** Canonical division code. */
  readonly division: string;
}

export interface NationalMap {
  readonly provinces: readonly MapPlatform[];
  readonly cities: readonly MapPlatform[];
  readonly districts: readonly MapPlatform[];
}

/** Taiwan, Hong Kong and Macau run no platforms of this kind. */
const NOT_ON_MAP = new Set(['710000', '810000', '820000']);
const DISTRICTS = 3_000;

export function createNationalMap(): NationalMap {
  const all = divisions()
    .all()
    .filter(({ nominal }) => !nominal);
  const provinces = all.filter(({ code, level }) => level === 'PROVINCE' && !NOT_ON_MAP.has(code));
  const municipalities = provinces.filter(({ code }) => municipalityPrefixes.includes(code.slice(0, 2)));
  const cities = [...municipalities, ...all.filter(({ level }) => level === 'CITY')];
  const counties = all.filter(({ level }) => level === 'COUNTY');
  const streets = all.filter(({ level, code }) => level === 'STREET' && code.startsWith('11'));
  const districts = [...counties, ...streets].slice(0, DISTRICTS);
  return {
    provinces: provinces.map(toMapPlatform('provincial', 'PROVINCIAL')),
    cities: cities.map(toMapPlatform('municipal', 'MUNICIPAL')).sort((a, b) => (a.division < b.division ? -1 : 1)),
    districts: districts.map((place) =>
      toMapPlatform('municipal', place.level === 'COUNTY' ? 'DISTRICT' : 'STREET')(place),
    ),
  };
}

function toMapPlatform(kind: StubKind, tier: Tier) {
  return ({ code, name }: Division): MapPlatform => ({ id: `${kind}/${code}`, kind, name, tier, division: code });
}
