/** The directory: which platforms answer for a region of the map. */
import { boundsOf, type Region, type SubgraphAddress, subtract, union } from '@yiwang/schema';
import { createLruCache } from '../kit/collections/lru-cache.ts';
import { DEFAULT_LIMITS, type Limits } from '../model/limits.ts';
import type { Network, PlatformEntry } from '../model/network.ts';
import { createRoutingLayer, type RouteTarget } from './routing-layer.ts';

export interface Directory {
  /**
   * The platforms that together answer for the region, each with its own part, in the order of their divisions; where tiers hold
   * rows of their own, tier by tier. The same question gives the same objects for as long as it is kept.
   */
  cover(subgraphAddress: SubgraphAddress, region: Region): readonly RouteTarget[];
  /** What of the region no platform answers for. */
  unserved(subgraphAddress: SubgraphAddress, region: Region): Region;
  readonly platforms: readonly PlatformEntry[];
}

/** All of one subgraph. */
interface RoutingTable {
  find(region: Region): Cover;
}

interface Cover {
  readonly targets: readonly RouteTarget[];
  /** Worked out when it is asked for. */
  unserved: Region | undefined;
}

/** Where two platforms claim the same division of the same subgraph (and tier, if it is layered), asking for it throws a `RangeError`. */
export function createDirectory(
  network: Network,
  { coverCacheMax }: Pick<Limits, 'coverCacheMax'> = DEFAULT_LIMITS,
): Directory {
  const tables = new Map<string, Map<string, RoutingTable>>();
  const routingTableOf = (subgraphAddress: SubgraphAddress): RoutingTable => {
    const bySubgraph = tables.get(subgraphAddress.partition) ?? new Map<string, RoutingTable>();
    tables.set(subgraphAddress.partition, bySubgraph);
    let table = bySubgraph.get(subgraphAddress.subgraph);
    if (!table) {
      table = createRoutingTable(network, subgraphAddress, coverCacheMax);
      bySubgraph.set(subgraphAddress.subgraph, table);
    }
    return table;
  };
  return {
    platforms: network.platforms,
    cover: (subgraphAddress, region) => routingTableOf(subgraphAddress).find(region).targets,
    unserved(subgraphAddress, region) {
      const cover = routingTableOf(subgraphAddress).find(region);
      cover.unserved ??= subtract(region, union(...cover.targets.map(({ asked }) => asked)));
      return cover.unserved;
    },
  };
}

function createRoutingTable(network: Network, subgraphAddress: SubgraphAddress, coverCacheMax: number): RoutingTable {
  const layers = createLayers(network, subgraphAddress);
  const coverOf = (region: Region): Cover => {
    const targets = layers.flatMap((layer) =>
      subgraphAddress.partition === 'none' ? layer.parts : layer.cover(region),
    );
    return { targets, unserved: undefined };
  };
  const byObject = new WeakMap<Region, Cover>();
  const byBounds = createLruCache<string, Cover>(coverCacheMax);
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
      if (region.length < CACHED_BY_OBJECT_MIN) return findByBounds(region);
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
const CACHED_BY_OBJECT_MIN = 4;

function createLayers({ platforms }: Network, { subgraph, partition }: SubgraphAddress) {
  const serving = platforms.filter((platform) => platform.subgraphs.includes(subgraph));
  if (partition !== 'tier-and-division') return [createRoutingLayer(subgraph, serving)];
  const tiers = new Set(serving.map((platform) => platform.tier));
  return [...tiers].map((tier) =>
    createRoutingLayer(
      `${subgraph} (${tier})`,
      serving.filter((platform) => platform.tier === tier),
    ),
  );
}
