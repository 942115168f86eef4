/**
 * The directory: which platforms answer for a region of the map. As in an IP routing table the longest prefix wins: a
 * platform's part is its prefix less the prefixes of platforms below it in the same routing layer.
 */
import {
  covers,
  intersect,
  prefixOf,
  type Region,
  regionOfPrefix,
  type SubgraphAddress,
  subtract,
} from '@yiwang/schema';
import type { Network, PlatformEntry } from '../model/network.ts';

/** One platform that a fetch goes to, and the part of the asked region that is its own. */
export interface Target {
  readonly platform: PlatformEntry;
  /** All that the platform answers for in this subgraph. */
  readonly owns: Region;
  /** What of the asked region that is. */
  readonly asked: Region;
}

export interface Directory {
  /** The platforms that together answer for the region, each with its own part, in the order of their divisions. */
  cover(served: SubgraphAddress, region: Region): readonly Target[];
  readonly platforms: readonly PlatformEntry[];
}

interface Part {
  readonly platform: PlatformEntry;
  readonly owns: Region;
}

/** Throws a `RangeError` where two platforms claim the same division of the same subgraph (and tier, if it is layered). */
export function createDirectory(network: Network): Directory {
  const tables = new Map<string, readonly Part[]>();
  const tableOf = (served: SubgraphAddress): readonly Part[] => {
    const key = `${served.subgraph}?${served.partition}`;
    let table = tables.get(key);
    if (!table) {
      table = createTable(network, served);
      tables.set(key, table);
    }
    return table;
  };
  return {
    platforms: network.platforms,
    cover: (served, region) =>
      tableOf(served).flatMap(({ platform, owns }): Target[] => {
        const asked = served.partition === 'none' ? owns : intersect(owns, region);
        return asked.length > 0 ? [{ platform, owns, asked }] : [];
      }),
  };
}

function createTable(network: Network, served: SubgraphAddress): Part[] {
  const serving = network.platforms.filter((platform) => platform.subgraphs.includes(served.subgraph));
  if (served.partition !== 'tier-and-division') return partsOf(served.subgraph, serving);
  const tiers = new Set(serving.map((platform) => platform.tier));
  return [...tiers].flatMap((tier) =>
    partsOf(
      `${served.subgraph} (${tier})`,
      serving.filter((platform) => platform.tier === tier),
    ),
  );
}

function partsOf(layer: string, platforms: readonly PlatformEntry[]): Part[] {
  const whole = platforms.map((platform) => ({ platform, region: regionOfPrefix(prefixOf(platform.division)) }));
  const parts = whole.map(({ platform, region }) => {
    let owns = region;
    for (const other of whole) {
      if (other.platform === platform || !covers(region, other.region)) continue;
      if (covers(other.region, region)) {
        throw new RangeError(
          `${platform.id} and ${other.platform.id} both answer for ${platform.division} in ${layer}`,
        );
      }
      owns = subtract(owns, other.region);
    }
    return { platform, owns };
  });
  return parts.sort((a, b) => (a.platform.division < b.platform.division ? -1 : 1));
}
