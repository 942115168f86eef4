/** `RequestFilter` → conditions on `requests t`. */
import { type Fragment, mayLeaveClear, sql } from '@yiwang/platform';
import type { Period } from '@yiwang/schema';
import type { Reader } from './case-filter.ts';
import { whenGiven, whereClass, whereDuring, whereEither, whereIn, whereText } from './conditions.ts';

export interface RequestFilter {
  readonly kind?: readonly string[] | null;
  readonly status?: readonly string[] | null;
  readonly category?: string | null;
  readonly received?: Period | null;
  readonly handler?: string | null;
  readonly overdue?: boolean | null;
  readonly text?: string | null;
}

export function whereRequests(filter: RequestFilter | null | undefined, reader: Reader, now: Date): Fragment[] {
  if (!filter) return [];
  return [
    ...whenGiven(filter.kind, (words) => whereIn('t.kind', words)),
    ...whenGiven(filter.status, (words) => whereIn('t.status', words)),
    ...whenGiven(filter.category, (code) => whereClass('t.category', code)),
    ...whenGiven(filter.received, (period) => whereDuring('t.received_at', period)),
    ...whenGiven(filter.handler, (code) => sql`t.handler = ${code}`),
    ...whenGiven(filter.overdue, (wanted) => whereEither(isOverdue(now), wanted)),
    ...whenGiven(filter.text, (text) => whereText(searchable(reader), text)),
  ];
}

function isOverdue(now: Date): Fragment {
  return sql`t.answered_at is null and t.closed_at is null and t.due_at < ${now}::timestamptz`;
}

/** A search must not tell what the reader may not see: masked columns are searched for those who get them in clear. */
function searchable(reader: Reader): string[] {
  const columns = ['t.id'];
  if (reader.classes.includes('INTERNAL')) columns.push('t.title');
  if (mayLeaveClear(reader)) columns.push('t.content');
  return columns;
}
