/** Requests received and cases reported, side by side in the same groups, in one query. */
import {
  allOf,
  type Database,
  type Fragment,
  type GroupBudget,
  raw,
  runSql,
  sql,
  whereDuring,
  whereWithin,
} from '@yiwang/platform';
import {
  compareKeys,
  type Dimension,
  type DimensionColumns,
  type GroupKey,
  KEY_PARTS,
  keyColumns,
} from '@yiwang/platform/statistics';
import type { Period } from '@yiwang/schema/time';

export interface HotspotCounts {
  readonly key: GroupKey;
  readonly requests: number;
  readonly cases: number;
}

export interface HotspotQuery {
  readonly within: string | null | undefined;
  readonly period: Period;
  readonly groupBy: readonly Dimension[];
  readonly budget: GroupBudget;
}

/** The groups in the order of their keys; without dimensions exactly one. */
export async function readHotspots(db: Database, query: HotspotQuery): Promise<HotspotCounts[]> {
  const requests = factRows('requests', query, {
    instant: 't.received_at',
    department: 't.handler',
    counted: sql`1 as requests, 0 as cases`,
  });
  const cases = factRows('cases', query, {
    instant: 't.reported_at',
    source: 't.source',
    department: 't.department',
    counted: sql`0 as requests, 1 as cases`,
  });
  const rows = await query.budget.read((groupsMax) =>
    runSql<GroupKey & { requests: number; cases: number }>(
      db,
      'hotspots',
      sql`select ${raw(KEY_PARTS.join(', '))}, sum(requests)::int as requests, sum(cases)::int as cases
        from (${requests} union all ${cases}) as fact group by ${raw(KEY_PARTS.join(', '))}
        limit ${groupsMax}::int`,
      'statistics',
    ),
  );
  const groups = rows.map(({ requests, cases, ...key }) => ({ key, requests, cases }));
  if (query.groupBy.length === 0 && groups.length === 0) {
    return [
      { key: { division: null, category: null, source: null, department: null, month: null }, requests: 0, cases: 0 },
    ];
  }
  return groups.sort((a, b) => compareKeys(a.key, b.key));
}

interface FactSource {
  readonly instant: string;
  readonly source?: string;
  readonly department: string;
  readonly counted: Fragment;
}

function factRows(table: string, { within, period, groupBy }: HotspotQuery, fact: FactSource): Fragment {
  const columns: DimensionColumns = {
    division: 't.division',
    category: 't.category',
    ...(fact.source ? { source: fact.source } : {}),
    department: fact.department,
    month: `to_char(${fact.instant} at time zone interval '8 hours', 'YYYY-MM')`,
  };
  const where = allOf([whereWithin(within, 't.division'), whereDuring(fact.instant, period)]);
  return sql`select ${keyColumns(groupBy, columns)}, ${fact.counted} from ${raw(table)} t where ${where}`;
}
