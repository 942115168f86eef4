/** Subgraph and region → its cover: the platforms that answer for it. */
import { boundsOf, type Region, type SubgraphAddress, subtract, union } from '@yiwang/schema';
import { createLruCache } from '../kit/collections/lru-cache.ts';
import { DEFAULT_LIMITS, type Limits } from '../model/limits.ts';
import type { Network, PlatformEntry, RouteTarget } from '../model/platform/network.ts';
import { createRoutingLayer } from './routing-layer.ts';

export interface Directory {
  /**
   * Returns the platforms that together answer for the region, each with its part, in the order of their divisions;
   * tier by tier if tiers hold rows of their own. Equal questions return the same objects as long as they are cached.
   */
  cover(subgraphAddress: SubgraphAddress, region: Region): readonly RouteTarget[];
  /** Returns the part of the region that no platform answers for. */
  unserved(subgraphAddress: SubgraphAddress, region: Region): Region;
  readonly platforms: readonly PlatformEntry[];
}

/** The platforms of one subgraph. */
interface RoutingTable {
  find(region: Region): Cover;
}

interface Cover {
  readonly targets: readonly RouteTarget[];
  /** Undefined until it is first asked for. */
  unserved: Region | undefined;
}

/**
 * A cover throws a `RangeError` if two platforms have the same division in its subgraph, and in the same tier if it is
 * layered.
 */
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
      cover.unserved ??= subtract(region, union(...cover.targets.map((target) => target.region)));
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
      // Joining the bounds of a few ranges is faster than a lookup in a `WeakMap`.
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

/** A region with as many ranges is cached by its object. */
const CACHED_BY_OBJECT_MIN = 4;

function createLayers({ platforms }: Network, { subgraph, partition, below }: SubgraphAddress) {
  const serving = platforms.filter((platform) => platform.subgraphs.includes(subgraph));
  if (partition !== 'tier-and-division') return [createRoutingLayer(subgraph, serving, { below })];
  const tiers = new Set(serving.map((platform) => platform.tier));
  return [...tiers].map((tier) =>
    createRoutingLayer(
      subgraph,
      serving.filter((platform) => platform.tier === tier),
      { name: `${subgraph} (${tier})`, below },
    ),
  );
}
