/** Hotline × grid quadrants, and monthly topics with their ranks. The gateway computes both again after a merge. */
import type { Context, Database } from '@yiwang/platform';
import { type Dimension, mapGroupKey } from '@yiwang/platform/statistics';
import { classifyQuadrants } from '@yiwang/schema/statistics';
import { parsePeriod } from '@yiwang/schema/time';
import type { QueryHotspotsArgs } from '../generated/schema.ts';
import { readHotspots } from '../store/statistics/hotspots.ts';
import { readTopics, type TopicQuery } from '../store/topics.ts';

const HOTSPOT_DIMENSIONS: readonly Dimension[] = ['STREET'];

export async function resolveHotspots(
  { db, groups: budget }: Pick<Context, 'db' | 'groups'>,
  args: Pick<QueryHotspotsArgs, 'within' | 'period' | 'groupBy'>,
) {
  const groupBy = args.groupBy ?? HOTSPOT_DIMENSIONS;
  const groups = await readHotspots(db, { within: args.within, period: parsePeriod(args.period), groupBy, budget });
  const quadrants = classifyQuadrants(groups);
  return groups.map(({ key, requests, cases }, index) => ({
    key: mapGroupKey(key),
    requests,
    cases,
    quadrant: quadrants[index]!,
  }));
}

/** By id; equal counts share a rank. */
export async function resolveMonthlyTopics(db: Database, query: TopicQuery) {
  const topics = await readTopics(db, query);
  return topics.map((topic) => ({
    ...topic,
    rank: 1 + topics.filter((other) => other.requests > topic.requests).length,
  }));
}
