/** `CaseFilter` → conditions on `cases t`. */
import {
  type Fragment,
  ifPresent,
  mayLeaveUnmasked,
  raw,
  sql,
  whereClass,
  whereDuring,
  whereIn,
  whereText,
  whereTruth,
} from '@yiwang/platform';
import type { PassportClaims } from '@yiwang/schema';
import type { QualityMeasure } from '@yiwang/schema/statistics';
import type { Period } from '@yiwang/schema/time';
import { whereBroken } from './quality.ts';

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
  /** The row does not keep this measure. */
  readonly breaks?: QualityMeasure | null;
  readonly text?: string | null;
}

/** The claims that decide which columns a text is searched in. */
export type SearchClearance = Pick<PassportClaims, 'classes' | 'unmasked' | 'purpose' | 'matter'>;

export function whereCases(filter: CaseFilter | null | undefined, clearance: SearchClearance, now: Date): Fragment[] {
  if (!filter) return [];
  return [
    ...ifPresent(filter.status, (words) => whereIn('t.status', words)),
    ...ifPresent(filter.category, (code) => whereClass('t.category', code)),
    ...ifPresent(filter.source, (words) => whereIn('t.source', words)),
    ...ifPresent(filter.overdue, (isWanted) => whereTruth(isOverdue(now), isWanted)),
    ...ifPresent(filter.suspended, (isWanted) => whereTruth(raw('t.suspended'), isWanted)),
    ...ifPresent(filter.reported, (period) => whereDuring('t.reported_at', period)),
    ...ifPresent(filter.filed, (period) => whereDuring('t.filed_at', period)),
    ...ifPresent(filter.closed, (period) => whereDuring('t.closed_at', period)),
    ...ifPresent(filter.department, (code) => sql`t.department = ${code}`),
    ...ifPresent(filter.grid, (code) => sql`t.grid = ${code}`),
    ...ifPresent(filter.breaks, (measure) => whereBroken(measure, now)),
    ...ifPresent(filter.text, (text) => whereText(searchableColumns(clearance), text)),
  ];
}

function isOverdue(now: Date): Fragment {
  return sql`t.ended_at = 'infinity' and t.due_at < ${now}::timestamptz`;
}

/**
 * A search must not reveal what the caller may not see: masked columns are searched only for callers who get them in
 * clear.
 */
function searchableColumns(clearance: SearchClearance): string[] {
  return mayLeaveUnmasked(clearance) ? ['t.id', 't.address', 't.description'] : ['t.id'];
}
