/** Reads findings for reports: by platform and rule, in a period and in the one before it. */
import type { Database } from '../../kit/postgres/database.ts';

export interface StoredFinding {
  readonly platform: string;
  readonly rule: string;
  /** Breaches in the period. */
  readonly count: number;
  /** Breaches in the period of the same length before it. */
  readonly before: number;
  /** A few rows: a coordinate, and the row's id if it is known. */
  readonly samples: readonly { readonly coordinate: string; readonly id: string }[];
}

export interface FindingPeriod {
  /** First day, `YYYY-MM-DD` in the zone +08:00. */
  readonly from: string;
  /** First day after it. */
  readonly until: string;
}

export interface StoredFindings {
  /** The worst first. */
  readonly findings: readonly StoredFinding[];
  /** By platform, the operations in the period that called it; empty without a record. */
  readonly operations: ReadonlyMap<string, number>;
}

/** Throws an `Error` if the database has no findings, because no gateway has stored any there. */
export async function readFindings(database: Database, { from, until }: FindingPeriod): Promise<StoredFindings> {
  return database.transaction(async (query) => {
    const [tables] = await query<{ findings: string | null; operations: string | null }>(
      "select to_regclass('conformance.findings')::text as findings, to_regclass('operations')::text as operations",
    );
    if (!tables?.findings) throw new Error('There are no findings in this database: no gateway has stored any.');
    const findings = await query<StoredFinding>(FINDINGS, [from, until]);
    const counts = tables.operations ? await query<{ platform: string; count: number }>(OPERATIONS, [from, until]) : [];
    return { findings, operations: new Map(counts.map(({ platform, count }) => [platform, count])) };
  });
}

const FINDINGS = `select platform, rule,
    coalesce(sum(count) filter (where day >= $1::date), 0)::float8 as count,
    coalesce(sum(count) filter (where day < $1::date), 0)::float8 as before,
    (select coalesce(jsonb_agg(distinct jsonb_build_object('coordinate', s.coordinate, 'id', s.row_id)), '[]')
      from conformance.finding_samples s
      where s.platform = f.platform and s.rule = f.rule and s.day >= $1::date and s.day < $2::date) as samples
  from conformance.findings f
  where day >= $1::date - ($2::date - $1::date) and day < $2::date
  group by platform, rule
  order by count desc, before desc, platform, rule`;

const OPERATIONS = `select platform, count(*)::float8 as count
  from operations, unnest(platforms) as platform
  where at >= $1::date::timestamp at time zone interval '08:00' and at < $2::date::timestamp at time zone interval '08:00'
  group by platform`;
