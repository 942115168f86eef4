/** A period → the time spans of statistics, and the rows whose lifetime meets them. */
import { dateAt, monthsOf, type Period, zonedMidnight } from '@yiwang/schema/time';
import { type Fragment, raw, sql } from '../database/sql.ts';
import type { Dimension } from './dimensions.ts';

/** `[from, to)`; `month` and `day` are null if the span is no such part of the period. */
export interface Span {
  readonly month: string | null;
  readonly day: string | null;
  readonly from: Date;
  readonly to: Date;
}

const DAY_MS = 86_400_000;

/**
 * One span, or one for each month or day. No span reaches beyond `now`: the future is neither due nor open. Spans
 * follow each other without a gap. Empty for a period in the future.
 */
export function spansOf(
  period: Period,
  options: { readonly groupBy: readonly Dimension[]; readonly now: Date },
): readonly Span[] {
  return partsOf(period, options.groupBy)
    .filter((span) => span.from < options.now)
    .map((span) => (span.to > options.now ? { ...span, to: options.now } : span));
}

function partsOf(period: Period, groupBy: readonly Dimension[]): readonly Span[] {
  if (groupBy.includes('DAY')) return daysOf(period);
  if (!groupBy.includes('MONTH')) return [{ month: null, day: null, from: period.from, to: period.to }];
  return monthsOf(period).map(({ key, from, to }) => ({ month: key, day: null, from, to }));
}

/** A period begins and ends with days of the calendar in the zone. */
function daysOf({ from, to }: Period): readonly Span[] {
  const days: Span[] = [];
  for (let at = from; at < to; at = days[days.length - 1]!.to) {
    const day = dateAt(at);
    days.push({ month: day.slice(0, 7), day, from: at, to: new Date(zonedMidnight(day).getTime() + DAY_MS) });
  }
  return days;
}

/** Expressions of the instants between which a row can be counted, text from the code. */
export interface Lifetime {
  readonly from: string;
  /** Infinity while the row lives. */
  readonly to: string;
}

/**
 * What follows the table in `from`: rows `span (month, day, lo, hi)`, one for each span that the row's lifetime meets.
 * A single span is a row of constants, which the planner folds away. Of several, the ends of the row's lifetime give
 * the few that it meets.
 */
export function joinSpans(spans: readonly Span[], lifetime: Lifetime): Fragment {
  const [only, ...others] = spans;
  if (!only) throw new Error('statistics need a span');
  if (others.length === 0) {
    return sql`cross join (values (${only.month}::text, ${only.day}::text, ${only.from}::timestamptz, ${only.to}::timestamptz))
      as span (month, day, lo, hi)`;
  }
  const bounds = [...spans.map((span) => span.from), spans[spans.length - 1]!.to];
  const [months, days] = [spans.map((span) => span.month), spans.map((span) => span.day)];
  return sql`cross join lateral (
    select (${months}::text[])[place] as month, (${days}::text[])[place] as day,
      (${bounds}::timestamptz[])[place] as lo, (${bounds}::timestamptz[])[place + 1] as hi
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
