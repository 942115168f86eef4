/** The platforms of the whole country, by the real table of divisions: 31 provinces, 337 cities, 3,000 districts and streets. */
import { type Division, divisions, municipalityPrefixes, type Tier } from '@yiwang/schema';

export type LightKind = 'municipal' | 'provincial';

export interface LightPlace {
  /** `<kind>/<division>` */
  readonly id: string;
  readonly kind: LightKind;
  readonly name: string;
  readonly tier: Tier;
  /** Canonical division code. */
  readonly division: string;
}

export interface NationalMap {
  readonly provinces: readonly LightPlace[];
  readonly cities: readonly LightPlace[];
  readonly districts: readonly LightPlace[];
}

/** Taiwan, Hong Kong and Macau keep no platforms of this kind. */
const ELSEWHERE = new Set(['710000', '810000', '820000']);
const DISTRICTS = 3_000;

export function nationalMap(): NationalMap {
  const all = divisions()
    .all()
    .filter(({ nominal }) => !nominal);
  const provinces = all.filter(({ code, level }) => level === 'PROVINCE' && !ELSEWHERE.has(code));
  const municipalities = provinces.filter(({ code }) => municipalityPrefixes.includes(code.slice(0, 2)));
  const cities = [...municipalities, ...all.filter(({ level }) => level === 'CITY')];
  const counties = all.filter(({ level }) => level === 'COUNTY');
  const streets = all.filter(({ level, code }) => level === 'STREET' && code.startsWith('11'));
  const districts = [...counties, ...streets].slice(0, DISTRICTS);
  return {
    provinces: provinces.map(placeOf('provincial', 'PROVINCIAL')),
    cities: cities.map(placeOf('municipal', 'MUNICIPAL')).sort((a, b) => (a.division < b.division ? -1 : 1)),
    districts: districts.map((place) => placeOf('municipal', place.level === 'COUNTY' ? 'DISTRICT' : 'STREET')(place)),
  };
}

function placeOf(kind: LightKind, tier: Tier) {
  return ({ code, name }: Division): LightPlace => ({ id: `${kind}/${code}`, kind, name, tier, division: code });
}
