/** The places of a platform's own region, with weights: communities, or streets if the standard has no communities. */
import { containsDivision, divisions, type Region } from '@yiwang/schema';
import { createWeighted, hashText, type Random, type Weighted } from '../../random.ts';
import { centreOf, offsetBy } from './centres.ts';

export interface Locality {
  /** A community, or a street without communities in the standard. */
  readonly division: string;
  readonly county: string;
  readonly street: string;
  /** Name without the 居委会 or 村委会 that the statistics add. */
  readonly name: string;
  readonly streetName: string;
  readonly weight: number;
  readonly longitude: number;
  readonly latitude: number;
  readonly radiusKm: number;
  /** Codes of the grid cells. */
  readonly cells: readonly string[];
}

/** A point inside a place, with an address. */
export interface Location {
  readonly locality: Locality;
  readonly grid: string | null;
  readonly longitude: number;
  readonly latitude: number;
  readonly address: string;
}

export interface Localities {
  readonly all: readonly Locality[];
  draw(random: Random): Locality;
  drawLocation(random: Random): Location;
}

/** The street whose cells were counted in public: 179 cells in its 38 communities. */
const COUNTED_STREET = '110102020';
const COUNTED_CELLS = 179;
/** Third block of a street code: 001–099 are urban streets, 100–199 towns, above are townships and zones. */
const STREET_WEIGHTS = [
  { below: '100', weight: 3.2 },
  { below: '200', weight: 1.1 },
  { below: '400', weight: 0.5 },
  { below: '999', weight: 0.8 },
] as const;

export function createLocalities(region: Region): Localities {
  const table = divisions();
  const streets = table.all().filter((row) => row.level === 'STREET' && hasRowsIn(region, row.code));
  const all = streets.flatMap((street) => {
    const communities = table.children(street.code).filter((row) => containsDivision(region, row.code));
    const members = communities.length > 0 ? communities : containsDivision(region, street.code) ? [street] : [];
    const share = (streetWeight(street.code) * (0.5 + unit(street.code))) / Math.max(members.length, 1);
    return members.map((member, i) => createLocality(member, street, { index: i, of: members.length, share }));
  });
  const weighted: Weighted<Locality> = createWeighted(all, (place) => place.weight);
  return {
    all,
    draw: (random) => weighted.draw(random),
    drawLocation: (random) => locationIn(weighted.draw(random), random),
  };
}

function hasRowsIn(region: Region, street: string): boolean {
  return containsDivision(region, street) || containsDivision(region, `${street}001`);
}

interface NamedDivision {
  readonly code: string;
  readonly name: string;
}

function createLocality(
  member: NamedDivision,
  street: NamedDivision,
  at: { index: number; of: number; share: number },
): Locality {
  const centre = centreOf(street.code);
  const isCommunity = member.code.length === 12;
  const streetAt = centreOf(street.code).radiusKm <= 1.5 ? centre : scattered(centre, centre.radiusKm, street.code);
  const spreadKm = Math.min(centre.radiusKm, 4) * 0.5;
  return {
    division: member.code,
    county: member.code.slice(0, 6),
    street: street.code,
    name: isCommunity ? member.name.replace(/(居委会|村委会|居民委员会|村民委员会)$/, '') : street.name,
    streetName: street.name.replace(/办事处$/, ''),
    weight: at.share * (0.6 + unit(`${member.code}w`)),
    ...(isCommunity ? scattered(streetAt, spreadKm, member.code) : streetAt),
    radiusKm: isCommunity ? Math.min(0.35, spreadKm) : spreadKm,
    cells: isCommunity ? cellsOf(member.code, at) : [],
  };
}

function cellsOf(community: string, at: { index: number; of: number }): readonly string[] {
  const urban = community.slice(6, 9) < '100';
  const counted = community.startsWith(COUNTED_STREET);
  const count = counted
    ? Math.floor((COUNTED_CELLS * (at.index + 1)) / at.of) - Math.floor((COUNTED_CELLS * at.index) / at.of)
    : (urban ? 2 : 0) + (hashText(community) % 2);
  return Array.from({ length: count }, (_, i) => `${community}${String(i + 1).padStart(3, '0')}`);
}

function streetWeight(code: string): number {
  return STREET_WEIGHTS.find(({ below }) => code.slice(6, 9) < below)?.weight ?? 0.5;
}

/** A number in [0, 1) that belongs to the code. */
function unit(text: string): number {
  return hashText(text) / 4294967296;
}

function scattered(centre: { longitude: number; latitude: number }, radiusKm: number, code: string) {
  const angle = 2 * Math.PI * unit(`${code}a`);
  const distance = radiusKm * Math.sqrt(unit(`${code}d`));
  return offsetBy(centre, distance * Math.cos(angle), distance * Math.sin(angle));
}

const ROADS = [
  ...['解放路', '人民路', '建设大道', '和平路', '胜利街', '中山路', '新华路', '友谊路', '团结巷', '滨江路', '文化路'],
  ...['工农路', '民主路', '光明路', '幸福街', '学府路', '长征路', '东风路', '广场路', '朝阳巷', '青年路', '沿河街'],
] as const;

export function locationIn(place: Locality, random: Random): Location {
  const angle = 2 * Math.PI * random.next();
  const distance = place.radiusKm * Math.sqrt(random.next());
  const { longitude, latitude } = offsetBy(place, distance * Math.cos(angle), distance * Math.sin(angle));
  const grid = place.cells.length === 0 ? null : random.pick(place.cells);
  const community = place.division === place.street ? '' : place.name;
  const address = `${place.streetName}${community}${random.pick(ROADS)}${random.integer(1, 268)}号`;
  return { locality: place, grid, longitude, latitude, address };
}
