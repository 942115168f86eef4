/** Monthly topics with the requests that belong to them, counted in one query. */
import {
  type Database,
  joinFragments,
  raw,
  regionOfPlaces,
  runSql,
  sql,
  type Within,
  whereWithin,
} from '@yiwang/platform';
import type { Period } from '@yiwang/schema/time';

export interface TopicRow {
  readonly id: string;
  readonly division: string;
  readonly month: string;
  readonly title: string;
  readonly category: string;
  readonly lead: string | null;
  readonly requests: number;
}

export interface TopicQuery {
  readonly within: Within | undefined;
  readonly period: Period;
  /** Counts requests received before this instant. */
  readonly until: Date;
}

/** By id; equal counts share a rank. The gateway ranks again after a merge. */
export function rankTopics(topics: readonly TopicRow[]): (TopicRow & { readonly rank: number })[] {
  return topics.map((topic) => ({
    ...topic,
    rank: 1 + topics.filter((other) => other.requests > topic.requests).length,
  }));
}

/** Topics of the months that begin in the period, whose city lies in the division or around it, by id. */
export function readTopics(db: Database, { within, period, until }: TopicQuery): Promise<TopicRow[]> {
  const touches = regionOfPlaces(within).map(
    ([low, high]) => sql`division_low(t.division) < ${high} and division_high(t.division) > ${low}`,
  );
  const begins = raw(`((t.month || '-01')::timestamp at time zone interval '8 hours')`);
  const ends = raw(`(((t.month || '-01')::timestamp + interval '1 month') at time zone interval '8 hours')`);
  return runSql<TopicRow>(
    db,
    'topics',
    sql`select t.id, t.division, t.month, t.title, t.category, t.lead, (
        select count(*)::int from requests r
        where r.received_at >= ${begins} and r.received_at < least(${ends}, ${until}::timestamptz)
          and r.division >= division_low(t.division) and r.division < division_high(t.division)
          and ${whereWithin(within, 'r.division')}
          and exists (
            select from monthly_topic_categories c where c.topic = t.id and starts_with(r.category, c.category)
          )
      ) as requests
      from monthly_topics t
      where ${begins} >= ${period.from}::timestamptz and ${begins} < ${period.to}::timestamptz
        and (${joinFragments(touches, ' or ')})
      order by t.id`,
    'statistics',
  );
}
