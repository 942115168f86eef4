/** A period → the time spans of statistics, and the rows whose lifetime meets them. */
import { monthsOf, type Period } from '@yiwang/schema/time';
import { type Fragment, raw, sql } from '../database/sql.ts';

/** `[from, to)`; `month` is null if the whole period is one span. */
export interface Span {
  readonly month: string | null;
  readonly from: Date;
  readonly to: Date;
}

/**
 * One span, or one for each month. No span reaches beyond `now`: the future is neither due nor open. Spans follow
 * each other without a gap. Empty for a period in the future.
 */
export function spansOf(period: Period, options: { readonly byMonth: boolean; readonly now: Date }): Span[] {
  const parts = options.byMonth
    ? monthsOf(period).map(({ key, from, to }) => ({ month: key, from, to }))
    : [{ month: null, from: period.from, to: period.to }];
  return parts
    .filter((span) => span.from < options.now)
    .map((span) => (span.to > options.now ? { ...span, to: options.now } : span));
}

/** Expressions of the instants between which a row can be counted, text from the code. */
export interface Lifetime {
  readonly from: string;
  /** Infinity while the row lives. */
  readonly to: string;
}

/**
 * What follows the table in `from`: rows `span (month, lo, hi)`, one for each span that the row's lifetime meets. A
 * single span is a row of constants, which the planner folds away. Of several, the ends of the row's lifetime give
 * the few that it meets.
 */
export function joinSpans(spans: readonly Span[], lifetime: Lifetime): Fragment {
  const [only, ...others] = spans;
  if (!only) throw new Error('statistics need a span');
  if (others.length === 0) {
    return sql`cross join (values (${only.month}::text, ${only.from}::timestamptz, ${only.to}::timestamptz)) as span (month, lo, hi)`;
  }
  const bounds = [...spans.map((span) => span.from), spans[spans.length - 1]!.to];
  const months = spans.map((span) => span.month);
  return sql`cross join lateral (
    select (${months}::text[])[place] as month, (${bounds}::timestamptz[])[place] as lo, (${bounds}::timestamptz[])[place + 1] as hi
    from generate_series(
      greatest(width_bucket(${raw(lifetime.from)}, ${bounds}::timestamptz[]), 1),
      least(width_bucket(${raw(lifetime.to)}, ${bounds}::timestamptz[]), ${spans.length}::int)
    ) as place) as span`;
}

/** The rows whose lifetime meets any of the spans: index ranges. */
export function whereAlive(spans: readonly Span[], lifetime: Lifetime): Fragment {
  const from = spans[0]!.from;
  const to = spans[spans.length - 1]!.to;
  return sql`${raw(lifetime.from)} < ${to}::timestamptz and ${raw(lifetime.to)} >= ${from}::timestamptz`;
}
