/** `RequestFilter` → conditions on `requests t`. */
import {
  type ClearanceClaims,
  type Fragment,
  ifPresent,
  mayLeaveUnmasked,
  sql,
  whereClass,
  whereDuring,
  whereIn,
  whereText,
  whereTruth,
} from '@yiwang/platform';
import { type Period, parsePeriod } from '@yiwang/schema/time';
import type * as graph from '../generated/schema.ts';

export interface RequestFilter {
  readonly kind?: readonly string[] | null;
  readonly channel?: readonly string[] | null;
  readonly status?: readonly string[] | null;
  readonly category?: string | null;
  readonly received?: Period | null;
  readonly handler?: string | null;
  readonly overdue?: boolean | null;
  readonly text?: string | null;
}

export function parseRequestFilter(filter: graph.RequestFilter | null | undefined): RequestFilter | null {
  if (!filter) return null;
  return { ...filter, received: typeof filter.received === 'string' ? parsePeriod(filter.received) : null };
}

export function whereRequests(
  filter: RequestFilter | null | undefined,
  clearance: ClearanceClaims,
  now: Date,
): Fragment[] {
  if (!filter) return [];
  return [
    ...ifPresent(filter.kind, (words) => whereIn('t.kind', words)),
    ...ifPresent(filter.channel, (words) => whereIn('t.channel', words)),
    ...ifPresent(filter.status, (words) => whereIn('t.status', words)),
    ...ifPresent(filter.category, (code) => whereClass('t.category', code)),
    ...ifPresent(filter.received, (period) => whereDuring('t.received_at', period)),
    ...ifPresent(filter.handler, (code) => sql`t.handler = ${code}`),
    ...ifPresent(filter.overdue, (isWanted) => whereTruth(isOverdue(now), isWanted)),
    ...ifPresent(filter.text, (text) => whereText(searchableColumns(clearance), text)),
  ];
}

function isOverdue(now: Date): Fragment {
  return sql`t.answered_at is null and t.closed_at is null and t.due_at < ${now}::timestamptz`;
}

/**
 * A search must not reveal what the caller may not see: masked columns are searched only for callers who get them in
 * clear.
 */
function searchableColumns(clearance: ClearanceClaims): string[] {
  const columns = ['t.id'];
  if (clearance.classes.includes('INTERNAL')) columns.push('t.title');
  if (mayLeaveUnmasked(clearance)) columns.push('t.content');
  return columns;
}
