/** The record → findings: whether its guards stand and its numbers run without a gap. */
import type { Database } from '../kit/database.ts';

export interface RecordReport {
  readonly entries: number;
  readonly first: string | undefined;
  readonly last: string | undefined;
  /** Plain sentences; empty for a record in order. */
  readonly findings: readonly string[];
}

const GUARDS = ['operations_keep_all', 'operations_keep_rows'];

export async function verifyRecord(database: Database): Promise<RecordReport> {
  return database.transaction(async (query) => {
    await query('set transaction isolation level repeatable read read only');
    const [table] = await query<{ found: string | null }>("select to_regclass('operations')::text as found");
    if (!table?.found)
      return { entries: 0, first: undefined, last: undefined, findings: ['There is no record in this database.'] };
    const guards = await query<{ name: string }>(
      "select tgname as name from pg_trigger where tgrelid = 'operations'::regclass and tgenabled in ('O', 'A')",
    );
    const [counts] = await query<{
      entries: string;
      low: string | null;
      high: string | null;
      first: string;
      last: string;
    }>(
      `select count(*) as entries, min(id) as low, max(id) as high, to_json(min(at))#>>'{}' as first, to_json(max(at))#>>'{}' as last from operations`,
    );
    const gaps = await query<{ after: string; before: string }>(
      `select after, before from (select id as after, lead(id) over (order by id) as before from operations) as pairs
       where before <> after + 1 order by after limit 20`,
    );
    const findings = [
      ...GUARDS.filter((name) => !guards.some((guard) => guard.name === name)).map(
        (name) => `The guard "${name}" is missing or switched off.`,
      ),
      ...(counts!.low === null || counts!.low === '1'
        ? []
        : [`The record begins with entry ${counts!.low}, not with entry 1.`]),
      ...gaps.map(({ after, before }) => `Between the entries ${after} and ${before} some are missing.`),
    ];
    const entries = Number(counts!.entries);
    return { entries, first: counts!.first ?? undefined, last: counts!.last ?? undefined, findings };
  });
}
