/** The directory: which platforms answer for a region of the map. */
import { boundsOf, type Region, type SubgraphAddress, subtract, union } from '@yiwang/schema';
import { createBoundedMap } from '../kit/bounded-map.ts';
import { DEFAULT_LIMITS, type Limits } from '../model/limits.ts';
import type { Network, PlatformEntry } from '../model/network.ts';
import { createLayer, type Target } from './layer.ts';

export interface Directory {
  /**
   * The platforms that together answer for the region, each with its own part, in the order of their divisions; where tiers hold
   * rows of their own, tier by tier. The same question gives the same objects for as long as it is kept.
   */
  cover(served: SubgraphAddress, region: Region): readonly Target[];
  /** What of the region no platform answers for. */
  unserved(served: SubgraphAddress, region: Region): Region;
  readonly platforms: readonly PlatformEntry[];
}

/** All of one subgraph. */
interface Table {
  find(region: Region): Cover;
}

interface Cover {
  readonly targets: readonly Target[];
  /** Worked out when it is asked for. */
  unserved: Region | undefined;
}

/** Where two platforms claim the same division of the same subgraph (and tier, if it is layered), asking for it throws a `RangeError`. */
export function createDirectory(
  network: Network,
  { coverCacheMax }: Pick<Limits, 'coverCacheMax'> = DEFAULT_LIMITS,
): Directory {
  const tables = new Map<string, Map<string, Table>>();
  const tableOf = (served: SubgraphAddress): Table => {
    const bySubgraph = tables.get(served.partition) ?? new Map<string, Table>();
    tables.set(served.partition, bySubgraph);
    let table = bySubgraph.get(served.subgraph);
    if (!table) {
      table = createTable(network, served, coverCacheMax);
      bySubgraph.set(served.subgraph, table);
    }
    return table;
  };
  return {
    platforms: network.platforms,
    cover: (served, region) => tableOf(served).find(region).targets,
    unserved(served, region) {
      const cover = tableOf(served).find(region);
      cover.unserved ??= subtract(region, union(...cover.targets.map(({ asked }) => asked)));
      return cover.unserved;
    },
  };
}

function createTable(network: Network, served: SubgraphAddress, coverCacheMax: number): Table {
  const layers = layersOf(network, served);
  const coverOf = (region: Region): Cover => {
    const targets = layers.flatMap((layer) => (served.partition === 'none' ? layer.parts : layer.cover(region)));
    return { targets, unserved: undefined };
  };
  const byObject = new WeakMap<Region, Cover>();
  const byBounds = createBoundedMap<string, Cover>(coverCacheMax);
  const findByBounds = (region: Region): Cover => {
    const bounds = region.length === 1 ? `${region[0]![0]},${region[0]![1]}` : boundsOf(region).join();
    let cover = byBounds.get(bounds);
    if (!cover) {
      cover = coverOf(region);
      byBounds.set(bounds, cover);
    }
    return cover;
  };
  return {
    find(region) {
      // The bounds of few ranges are put together sooner than an object is looked up and kept.
      if (region.length < LONG) return findByBounds(region);
      let cover = byObject.get(region);
      if (!cover) {
        cover = findByBounds(region);
        byObject.set(region, cover);
      }
      return cover;
    },
  };
}

/** Ranges of a region that is known by its object. */
const LONG = 4;

function layersOf({ platforms }: Network, { subgraph, partition }: SubgraphAddress) {
  const serving = platforms.filter((platform) => platform.subgraphs.includes(subgraph));
  if (partition !== 'tier-and-division') return [createLayer(subgraph, serving)];
  const tiers = new Set(serving.map((platform) => platform.tier));
  return [...tiers].map((tier) =>
    createLayer(
      `${subgraph} (${tier})`,
      serving.filter((platform) => platform.tier === tier),
    ),
  );
}
