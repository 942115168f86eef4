/** The measures of quality as conditions on `cases t`, and what the statistics of quality count. */
import { type Fragment, raw, sql } from '@yiwang/platform';
import type { FactTable } from '@yiwang/platform/statistics';
import {
  QUALITY_DIMENSIONS,
  QUALITY_MEASURES,
  type QualityDimension,
  type QualityMeasure,
  qualityMethod,
  qualityPoints,
} from '@yiwang/schema/statistics';

const { currentDays, duplicateMetres, duplicateMinutes } = qualityMethod().expectations;

const METRES_OF_DEGREE = 111_320;

/** A pair lies in one community, so that it is on one platform, and within the reach of whoever sees one of the two. */
const DUPLICATE = `exists (select from cases o
  where o.division = t.division and o.category = t.category
    and o.reported_at between t.reported_at - interval '${duplicateMinutes} minutes' and t.reported_at
    and (o.reported_at, o.id) < (t.reported_at, t.id)
    and (o.grid = t.grid or (o.latitude - t.latitude) ^ 2 + ((o.longitude - t.longitude) * cosd(t.latitude)) ^ 2
      <= (${duplicateMetres} / ${METRES_OF_DEGREE}::float8) ^ 2))`;

const DISORDER = `exists (select from (
    select at, from_status, lag(at, 1, t.reported_at) over steps as before, lag(to_status) over steps as was, seq
    from case_stages where case_id = t.id window steps as (order by seq)) s
  where s.at < s.before or (s.seq > 1 and s.was is not null and s.from_status is distinct from s.was))`;

const RECORDED = `coalesce((select array_agg(s.at) from case_stages s where s.case_id = t.id) @> array_remove(
  array[t.reported_at, t.filed_at, t.dispatched_at, t.handled_at, t.closed_at, t.voided_at], null), false)`;

/** What a row keeps whenever it is looked at. */
const KEPT: Readonly<Record<Exclude<QualityMeasure, 'current'>, string>> = {
  located: 't.longitude is not null and t.latitude is not null',
  gridded: 't.grid is not null',
  addressed: `coalesce(t.address, '') <> ''`,
  recorded: RECORDED,
  ordered: `not ${DISORDER}`,
  unique: `not ${DUPLICATE}`,
  responsible: 't.dispatched_at is null or t.department is not null',
  limited: 't.filed_at is null or t.due_at is not null',
  conditioned: 't.filed_at is null or t.condition_id is not null',
  described: `coalesce(t.description, '') <> ''`,
};

/** The last step until this instant; without steps, the report. */
function isCurrent(end: Fragment): Fragment {
  return sql`(t.ended_at < ${end} or t.suspended
    or t.reported_at >= ${end} - ${raw(`interval '${currentDays} days'`)}
    or exists (select from case_stages s where s.case_id = t.id and s.at < ${end}
      and s.at >= ${end} - ${raw(`interval '${currentDays} days'`)}))`;
}

/** The cases that do not keep a measure at present. */
export function whereBroken(measure: QualityMeasure, now: Date): Fragment {
  return measure === 'current' ? sql`not ${isCurrent(sql`${now}::timestamptz`)}` : raw(`not (${KEPT[measure]})`);
}

/** `offset 0`: each measure is worked out once for a row, however many facts read it. */
const MEASURED = `cases t cross join lateral (select ${Object.entries(KEPT)
  .map(([name, condition]) => `(${condition}) as ${name}`)
  .join(', ')} offset 0) k`;

const CONDITIONS = Object.fromEntries(
  QUALITY_MEASURES.map((name) => [name, name === 'current' ? isCurrent(raw('span.hi')).texts.join('') : `k.${name}`]),
) as Readonly<Record<QualityMeasure, string>>;

type PointsFact = QualityDimension | 'score' | 'scale';
export type QualityFact = 'rows' | QualityMeasure | PointsFact;

const POINTS = qualityPoints();
const pointsOf = (dimension: QualityDimension): string => {
  const measures = qualityMethod().dimensions.find(({ id }) => id === dimension)!.measures;
  return `${POINTS.units[dimension]} * (${measures.map((name) => `(${CONDITIONS[name]})::int`).join(' + ')})`;
};
const everyRow = (sum: string | number) => ({ row: 'true', sum: String(sum) });

export const QUALITY: FactTable<QualityFact> = {
  table: 'cases',
  from: MEASURED,
  columns: { division: 't.division', category: 't.category' },
  lifetime: { from: 't.reported_at', to: 't.ended_at' },
  facts: {
    rows: 'true',
    ...CONDITIONS,
    ...(Object.fromEntries(QUALITY_DIMENSIONS.map((name) => [name, everyRow(pointsOf(name))])) as Record<
      QualityDimension,
      ReturnType<typeof everyRow>
    >),
    score: everyRow(QUALITY_DIMENSIONS.map(pointsOf).join(' + ')),
    scale: everyRow(POINTS.scale),
  },
};
