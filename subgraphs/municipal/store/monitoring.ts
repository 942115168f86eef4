/** Monitoring points of the city's lifelines, and their alarms. */
import {
  type Database,
  type Fragment,
  ifPresent,
  type Page,
  raw,
  readPage,
  runSql,
  sql,
  type Within,
  whereDuring,
  whereIn,
  whereTruth,
  whereWithin,
} from '@yiwang/platform';
import type { MonitoringField } from '@yiwang/schema/cases';
import type { Period } from '@yiwang/schema/time';

export interface PointRow {
  readonly id: string;
  readonly division: string;
  readonly field: MonitoringField;
  readonly name: string;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly metric: string;
  readonly unit: string;
  readonly status: string;
  readonly latest: number | null;
  readonly latestAt: Date | null;
}

export interface AlarmRow {
  readonly id: string;
  readonly division: string;
  readonly point: string;
  readonly level: string;
  readonly field: MonitoringField;
  readonly metric: string;
  readonly value: number;
  readonly threshold: number;
  readonly raisedAt: Date;
  readonly acknowledgedAt: Date | null;
  readonly resolvedAt: Date | null;
  readonly falseAlarm: boolean | null;
}

export interface AlarmFilter {
  readonly level?: readonly string[] | null;
  readonly open?: boolean | null;
  readonly raised?: Period | null;
  readonly field?: MonitoringField | null;
}

interface PageArguments {
  readonly within?: Within;
  readonly first?: number | null;
  readonly after?: string | null;
}

const POINT_COLUMNS = `id, division, field, name, longitude, latitude, metric, unit, status, latest, latest_at as "latestAt"`;
const ALARM_COLUMNS = `id, division, point, level, field, metric, value, threshold, raised_at as "raisedAt",
  acknowledged_at as "acknowledgedAt", resolved_at as "resolvedAt", false_alarm as "falseAlarm"`;

export function readPoints(db: Database, ids: readonly string[]): Promise<PointRow[]> {
  return runSql<PointRow>(
    db,
    'points_by_id',
    sql`select ${raw(POINT_COLUMNS)} from monitoring_points where id = any (${ids}::text[])`,
  );
}

export function pagePoints(
  db: Database,
  query: PageArguments & { readonly field?: MonitoringField | null },
): Page<PointRow> {
  return readPage<PointRow>(db, {
    name: 'points',
    columns: POINT_COLUMNS,
    from: 'monitoring_points',
    where: [whereWithin(query.within), ...ifPresent(query.field, (field) => sql`field = ${field}`)],
    order: { key: 'ID', expression: 'id', direction: 'ASC', kind: 'text' },
    first: query.first ?? null,
    after: query.after ?? null,
  });
}

export function readAlarms(db: Database, ids: readonly string[]): Promise<AlarmRow[]> {
  return runSql<AlarmRow>(
    db,
    'alarms_by_id',
    sql`select ${raw(ALARM_COLUMNS)} from alarms where id = any (${ids}::text[])`,
  );
}

/** `AlarmFilter` → conditions on `alarms`. */
export function whereAlarms(filter: AlarmFilter | null | undefined): Fragment[] {
  const { level, open, raised, field } = filter ?? {};
  return [
    ...ifPresent(level, (words) => whereIn('level', words)),
    ...ifPresent(open, (isWanted) => whereTruth(sql`resolved_at is null`, isWanted)),
    ...ifPresent(raised, (period) => whereDuring('raised_at', period)),
    ...ifPresent(field, (word) => sql`field = ${word}`),
  ];
}

export function pageAlarms(
  db: Database,
  query: PageArguments & { readonly filter?: AlarmFilter | null },
): Page<AlarmRow> {
  return readPage<AlarmRow>(db, {
    name: 'alarms',
    columns: ALARM_COLUMNS,
    from: 'alarms',
    where: [whereWithin(query.within), ...whereAlarms(query.filter)],
    order: { key: 'RAISED_AT', expression: 'raised_at', direction: 'DESC', kind: 'instant' },
    first: query.first ?? null,
    after: query.after ?? null,
  });
}
