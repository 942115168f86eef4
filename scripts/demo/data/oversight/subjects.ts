/** The divisions that a platform's tier evaluates, inspects, orders and takes accounts from. */
import { type Division, divisions } from '@yiwang/schema';
import type { DemoPlatform } from '../../platforms.ts';

/** `peers` are ranked against each other: what the platform's tier examines next, and what lies below that. */
export interface SupervisedDivision {
  readonly division: string;
  readonly name: string;
  readonly peers: 'NEXT' | 'BELOW';
}

/** The divisions directly below the platform's; for the country, the provinces of which the table has more than a name. */
export function nextSubjects({ division, tier }: DemoPlatform): readonly SupervisedDivision[] {
  const table = divisions();
  return table
    .visibleChildren(division)
    .filter(({ code }) => tier !== 'NATIONAL' || table.children(code).length > 0)
    .map((row) => subjectOf(row, 'NEXT'));
}

/** Two levels of a province, one of the country, none for the tiers below: they are no evaluators. */
export function evaluatedSubjects(platform: DemoPlatform): readonly SupervisedDivision[] {
  if (platform.tier !== 'NATIONAL' && platform.tier !== 'PROVINCIAL') return [];
  const next = nextSubjects(platform);
  if (platform.tier === 'NATIONAL') return next;
  const below = next.flatMap(({ division }) => divisions().visibleChildren(division));
  return [...next, ...below.filter(({ level }) => level === 'COUNTY').map((row) => subjectOf(row, 'BELOW'))];
}

/** The divisions that get the tasks of an inspection: those below, or the division itself if it has none. */
export function taskDivisions(division: string): readonly string[] {
  const below = divisions().visibleChildren(division);
  return below.length === 0 ? [division] : below.map(({ code }) => code);
}

function subjectOf({ code, name }: Division, peers: SupervisedDivision['peers']): SupervisedDivision {
  return { division: code, name, peers };
}
