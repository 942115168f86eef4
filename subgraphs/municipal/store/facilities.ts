/** Public facilities, by id or by distance from a place. */
import {
  type Database,
  type Fragment,
  ifPresent,
  type Page,
  PlatformError,
  raw,
  readPage,
  runSql,
  sql,
  type Within,
  whereWithin,
} from '@yiwang/platform';

export interface FacilityRow {
  readonly id: string;
  readonly division: string;
  readonly kind: string;
  readonly name: string;
  readonly address: string | null;
  readonly longitude: number;
  readonly latitude: number;
  readonly openingHours: string | null;
  readonly capacity: number | null;
  readonly available: number | null;
  readonly operator: string | null;
  readonly barrierFree: boolean | null;
  /** Present if the query has a place. */
  readonly distanceMetres?: number;
}

export interface Near {
  readonly longitude: number;
  readonly latitude: number;
  readonly withinMetres?: number | null;
}

export interface FacilityPageQuery {
  readonly within?: Within;
  readonly kind?: string | null;
  readonly near?: Near | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

const FACILITY_COLUMNS = `t.id, t.division, t.kind, t.name, t.address, t.longitude, t.latitude,
  t.opening_hours as "openingHours", t.capacity, t.available, t.operator, t.barrier_free as "barrierFree"`;
const EARTH_RADIUS_METRES = 6_371_008.8;
const METRES_PER_DEGREE = (Math.PI * EARTH_RADIUS_METRES) / 180;
const WITHIN_METRES = 1000;
const WITHIN_METRES_MAX = 50_000;

export function readFacilities(db: Database, ids: readonly string[]): Promise<FacilityRow[]> {
  return runSql<FacilityRow>(
    db,
    'facilities_by_id',
    sql`select ${raw(FACILITY_COLUMNS)} from facilities t where t.id = any (${ids}::text[])`,
  );
}

/** Throws `BAD_USER_INPUT` for a distance out of bounds. */
export function pageFacilities(db: Database, query: FacilityPageQuery): Page<FacilityRow> {
  const { within, kind, near, first, after } = query;
  const where = [whereWithin(within, 't.division'), ...ifPresent(kind, (word) => sql`t.kind = ${word}`)];
  const page = { where, first: first ?? null, after: after ?? null, idColumn: 't.id', divisionColumn: 't.division' };
  if (!near) {
    return readPage<FacilityRow>(db, {
      ...page,
      name: 'facilities',
      columns: FACILITY_COLUMNS,
      from: 'facilities t',
      order: { key: 'ID', expression: 't.id', direction: 'ASC', kind: 'text' },
    });
  }
  const { longitude, latitude } = near;
  const metres = metresOf(near);
  return readPage<FacilityRow>(db, {
    ...page,
    name: 'facilities_near',
    columns: `${FACILITY_COLUMNS}, t.distance as "distanceMetres"`,
    from: sql`(select f.*, ${distanceFrom(near)} as distance from facilities f where ${boxAround(near, metres)}) as t`,
    where: [...where, sql`t.distance <= ${metres}::float8`],
    order: { key: `DISTANCE@${longitude},${latitude}`, expression: 't.distance', direction: 'ASC', kind: 'number' },
  });
}

function metresOf({ withinMetres }: Near): number {
  const metres = withinMetres ?? WITHIN_METRES;
  if (metres < 1 || metres > WITHIN_METRES_MAX) {
    throw new PlatformError('BAD_USER_INPUT', `"withinMetres" is ${metres}; expected 1 to ${WITHIN_METRES_MAX}`);
  }
  return metres;
}

/** Great-circle distance by the haversine formula, in tenths of a metre, so that all platforms return the same. */
function distanceFrom({ longitude, latitude }: Near): Fragment {
  return sql`round((2 * ${EARTH_RADIUS_METRES}::float8 * asin(least(1, sqrt(
    power(sin(radians(f.latitude - ${latitude}::float8) / 2), 2)
    + cos(radians(${latitude}::float8)) * cos(radians(f.latitude)) * power(sin(radians(f.longitude - ${longitude}::float8) / 2), 2)
  ))))::numeric, 1)::float8`;
}

/** The box around the circle: an index range over latitudes, before distances are computed. */
function boxAround({ longitude, latitude }: Near, metres: number): Fragment {
  const high = metres / METRES_PER_DEGREE + 1e-6;
  const parallel = Math.max(0, Math.cos(((Math.abs(latitude) + high) * Math.PI) / 180));
  const wide = parallel * 180 > high ? high / parallel : 180;
  return sql`f.latitude between ${latitude - high}::float8 and ${latitude + high}::float8
    and f.longitude between ${longitude - wide}::float8 and ${longitude + wide}::float8`;
}
