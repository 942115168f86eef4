/** The hotline × grid quadrants: many or few calls of citizens, many or few findings of patrols. */
export type Quadrant = 'BOTH_HIGH' | 'HOTLINE_HIGH' | 'GRID_HIGH' | 'BOTH_LOW';

/**
 * The quadrant of each group, in the order given. "Many" is strictly above the mean of the groups, so that groups
 * which are all alike are BOTH_LOW. The mean belongs to the whole answer: classify after the merge, never a
 * platform's part.
 */
export function classifyQuadrants(
  groups: readonly { readonly requests: number; readonly cases: number }[],
): Quadrant[] {
  // Compared as count · groups > sum: exact for whole numbers, where a mean would be rounded.
  const requests = groups.reduce((sum, group) => sum + group.requests, 0);
  const cases = groups.reduce((sum, group) => sum + group.cases, 0);
  return groups.map((group) =>
    quadrantOf(group.requests * groups.length > requests, group.cases * groups.length > cases),
  );
}

function quadrantOf(hotlineHigh: boolean, gridHigh: boolean): Quadrant {
  if (hotlineHigh) return gridHigh ? 'BOTH_HIGH' : 'HOTLINE_HIGH';
  return gridHigh ? 'GRID_HIGH' : 'BOTH_LOW';
}
