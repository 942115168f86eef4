/** Subgraph and region → the platforms for it and what nobody answers for, worked out once for each region. */
import { boundsOf, type Region, type SubgraphAddress, subtract, union } from '@yiwang/schema';
import { createBoundedMap } from '../kit/bounded-map.ts';
import type { Target } from './context.ts';

export interface Covered {
  readonly targets: readonly Target[];
  /** Nothing where rows are not spread by division alone. */
  readonly unserved: Region;
}

export type Cover = (served: SubgraphAddress, region: Region) => Covered;

/** `find` must give the same platforms for the same region as long as the cover lives. */
export function createCover(
  find: (served: SubgraphAddress, region: Region) => readonly Target[],
  entriesMax: number,
): Cover {
  const known = createBoundedMap<string, Covered>(entriesMax);
  return (served, region) => {
    const key = `${served.subgraph}?${served.partition} ${boundsOf(region).join()}`;
    let covered = known.get(key);
    if (!covered) {
      const targets = find(served, region);
      const parts = union(...targets.map(({ asked }) => asked));
      covered = { targets, unserved: served.partition === 'division' ? subtract(region, parts) : [] };
      known.set(key, covered);
    }
    return covered;
  };
}
