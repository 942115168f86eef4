/** Reads findings for the graph: each day, or the sums of a period, page by page. */
import { containsRegion, EVERYWHERE } from '@yiwang/schema';
import type { Database, Query } from '../../kit/postgres/database.ts';
import { PublicError } from '../../model/errors.ts';
import type { FindingPages, FindingPlace, FindingQuery, FindingRow } from '../../model/finding.ts';

export function createFindingPages(database: Database): FindingPages {
  const readOnly = <Result>(work: (query: Query) => Promise<Result>): Promise<Result> =>
    database.transaction(async (query) => {
      await query('set transaction read only');
      const [table] = await query<{ name: string | null }>("select to_regclass('conformance.findings')::text as name");
      if (!table?.name) throw new PublicError('PLATFORM_FAILED', 'No gateway stores findings in this database.');
      return work(query);
    });
  return {
    readPage: (findingQuery, after, limit) => {
      const { findings, values } = selectFindings(findingQuery);
      const place = after && whereAfter(findingQuery, after, values);
      const order = isSummed(findingQuery) ? 'count desc' : 'day desc';
      return readOnly((query) =>
        query<FindingRow>(
          `select platform, rule, day::text as day, count, ${EXAMPLES} as examples from (${findings}) f
            where ${place ?? 'true'} order by ${order}, platform, rule limit ${Math.trunc(limit)}`,
          values,
        ),
      );
    },
    async count(findingQuery) {
      const { findings, values } = selectFindings(findingQuery);
      const [row] = await readOnly((query) =>
        query<{ count: string }>(`select count(*) as count from (${findings}) f`, values),
      );
      return Number(row!.count);
    },
  };
}

/** `$1` and `$2` are the days. */
const EXAMPLES = `(select coalesce(jsonb_agg(distinct jsonb_build_object(
      'coordinate', s.coordinate, 'id', nullif(s.row_id, ''))), '[]')
    from conformance.finding_samples s
    where s.platform = f.platform and s.rule = f.rule and s.day >= $1::date and s.day < $2::date
      and (f.day is null or s.day = f.day))`;

function isSummed({ orderBy }: FindingQuery): boolean {
  return orderBy === 'MOST_FREQUENT';
}

function selectFindings(query: FindingQuery): { readonly findings: string; readonly values: unknown[] } {
  const values: unknown[] = [query.from, query.until];
  const add = (value: unknown): string => `$${values.push(value)}`;
  const conditions = ['day >= $1::date', 'day < $2::date'];
  if (!containsRegion(query.region, EVERYWHERE)) {
    const code = `substring(platform from '/([0-9]+)') collate "C"`;
    const ranges = query.region.map(([from, to]) => `(${code} >= ${add(from)} and ${code} < ${add(to)})`);
    conditions.push(ranges.length === 0 ? 'false' : `(${ranges.join(' or ')})`);
  }
  if (query.platform) conditions.push(`platform = ${add(query.platform)}`);
  if (query.rule) conditions.push(`rule = ${add(query.rule)}`);
  const [day, count, group] = isSummed(query)
    ? ['null::date', 'sum(count)', 'group by platform, rule']
    : ['day', 'count', ''];
  const findings = `select platform, rule, ${day} as day, (${count})::float8 as count
    from conformance.findings where ${conditions.join(' and ')} ${group}`;
  return { findings, values };
}

function whereAfter(query: FindingQuery, { platform, rule, day, count }: FindingPlace, values: unknown[]): string {
  const add = (value: unknown): string => `$${values.push(value)}`;
  const [column, place] = isSummed(query) ? ['count', `${add(count)}::float8`] : ['day', `${add(day)}::date`];
  const behind = `(platform, rule) > (${add(platform)} collate "C", ${add(rule)} collate "C")`;
  return `(${column} < ${place} or (${column} = ${place} and ${behind}))`;
}
