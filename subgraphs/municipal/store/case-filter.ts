/** `CaseFilter` → conditions on `cases t`. */
import { type Fragment, mayLeaveClear, raw, sql } from '@yiwang/platform';
import type { PassportClaims, Period } from '@yiwang/schema';
import { whenGiven, whereClass, whereDuring, whereEither, whereIn, whereText } from './conditions.ts';

export interface CaseFilter {
  readonly status?: readonly string[] | null;
  readonly category?: string | null;
  readonly source?: readonly string[] | null;
  readonly overdue?: boolean | null;
  readonly suspended?: boolean | null;
  readonly reported?: Period | null;
  readonly filed?: Period | null;
  readonly closed?: Period | null;
  readonly department?: string | null;
  readonly grid?: string | null;
  readonly text?: string | null;
}

/** What decides which columns a text may be looked for in. */
export type Reader = Pick<PassportClaims, 'classes' | 'unmasked' | 'purpose' | 'matter'>;

export function whereCases(filter: CaseFilter | null | undefined, reader: Reader, now: Date): Fragment[] {
  if (!filter) return [];
  return [
    ...whenGiven(filter.status, (words) => whereIn('t.status', words)),
    ...whenGiven(filter.category, (code) => whereClass('t.category', code)),
    ...whenGiven(filter.source, (words) => whereIn('t.source', words)),
    ...whenGiven(filter.overdue, (wanted) => whereEither(isOverdue(now), wanted)),
    ...whenGiven(filter.suspended, (wanted) => whereEither(raw('t.suspended'), wanted)),
    ...whenGiven(filter.reported, (period) => whereDuring('t.reported_at', period)),
    ...whenGiven(filter.filed, (period) => whereDuring('t.filed_at', period)),
    ...whenGiven(filter.closed, (period) => whereDuring('t.closed_at', period)),
    ...whenGiven(filter.department, (code) => sql`t.department = ${code}`),
    ...whenGiven(filter.grid, (code) => sql`t.grid = ${code}`),
    ...whenGiven(filter.text, (text) => whereText(searchable(reader), text)),
  ];
}

function isOverdue(now: Date): Fragment {
  return sql`t.closed_at is null and t.voided_at is null and t.due_at < ${now}::timestamptz`;
}

/** A search must not tell what the reader may not see: masked columns are searched for those who get them in clear. */
function searchable(reader: Reader): string[] {
  return mayLeaveClear(reader) ? ['t.id', 't.address', 't.description'] : ['t.id'];
}
