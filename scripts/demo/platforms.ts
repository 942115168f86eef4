/** The platforms of the demo network: who runs one, for which division, with which subgraphs. */
import { NOWHERE, type Region, regionOf, subtract, type Tier, union } from '@yiwang/schema';

export type ServerKind = 'national' | 'provincial' | 'municipal' | 'exchange';

export interface DemoPlatform {
  /** `<kind>/<division>`, e.g. `municipal/420100`. */
  readonly id: string;
  readonly kind: ServerKind;
  readonly name: string;
  readonly tier: Tier;
  /** Canonical code of its division. */
  readonly division: string;
}

/** The subgraphs of every server of a kind. */
const SUBGRAPHS_OF: Readonly<Record<ServerKind, readonly string[]>> = {
  national: ['national', 'provincial', 'supervision', 'departments'],
  provincial: ['provincial', 'supervision', 'departments'],
  municipal: ['municipal', 'supervision', 'departments'],
  exchange: ['exchange'],
};

export const DEMO_PLATFORMS: readonly DemoPlatform[] = [
  platform('national', '100000', 'NATIONAL', '国家城市运行管理服务平台'),
  platform('provincial', '420000', 'PROVINCIAL', '湖北省城市运行管理服务平台'),
  platform('provincial', '110000', 'PROVINCIAL', '北京市城市运行监督平台'),
  platform('municipal', '420100', 'MUNICIPAL', '武汉市城市运行管理服务平台'),
  platform('municipal', '420500', 'MUNICIPAL', '宜昌市城市运行管理服务平台'),
  platform('municipal', '420600', 'MUNICIPAL', '襄阳市城市运行管理服务平台'),
  platform('municipal', '429004', 'MUNICIPAL', '仙桃市城市运行管理服务平台'),
  platform('municipal', '110000', 'MUNICIPAL', '北京市城市运行管理服务平台'),
  platform('municipal', '110101', 'DISTRICT', '东城区城市运行管理服务平台'),
  platform('municipal', '110102', 'DISTRICT', '西城区城市运行管理服务平台'),
  platform('municipal', '110102020', 'STREET', '广安门外街道城市运行管理服务平台'),
  platform('exchange', '100000', 'NATIONAL', '政务数据共享交换平台'),
];

/** The subgraphs that a server has tables and resolvers for. The hotline is the city's, for all its districts. */
export function servedSubgraphs({ kind, tier }: DemoPlatform): readonly string[] {
  return kind === 'municipal' && tier === 'MUNICIPAL' ? [...SUBGRAPHS_OF[kind], 'hotline'] : SUBGRAPHS_OF[kind];
}

/**
 * The subgraphs for which the directory lists a platform. A municipality is a province and a city in one: its departments
 * are on the platform of the city.
 */
export function listedSubgraphs(platform: DemoPlatform): readonly string[] {
  const { kind, division } = platform;
  const isCity = DEMO_PLATFORMS.some((other) => other.kind === 'municipal' && other.division === division);
  return servedSubgraphs(platform).filter((name) => name !== 'departments' || kind !== 'provincial' || !isCity);
}

function platform(kind: ServerKind, division: string, tier: Tier, name: string): DemoPlatform {
  return { id: `${kind}/${division}`, kind, name, tier, division };
}

/** Throws a `RangeError` for an id that the demo network does not have. */
export function platformOf(id: string): DemoPlatform {
  const match = DEMO_PLATFORMS.find((entry) => entry.id === id);
  if (!match) {
    const ids = DEMO_PLATFORMS.map((entry) => entry.id).join(', ');
    throw new RangeError(`There is no platform "${id}" in the demo network; it has ${ids}`);
  }
  return match;
}

/** The divisions whose rows lie on this platform: its own without those of other platforms of its kind. */
export function ownRegion(of: DemoPlatform): Region {
  const all = regionOf(of.division);
  const delegated = DEMO_PLATFORMS.filter(
    (other) => other.kind === of.kind && other.id !== of.id && isBelow(other.division, of.division),
  ).map((other) => regionOf(other.division));
  return subtract(all, delegated.length === 0 ? NOWHERE : union(...delegated));
}

/** The municipal platforms that share the divisions of a city, its own first. */
export function platformsWithin(city: string): readonly DemoPlatform[] {
  return DEMO_PLATFORMS.filter(({ kind, division }) => kind === 'municipal' && isBelow(division, city));
}

function isBelow(division: string, above: string): boolean {
  return subtract(regionOf(division), regionOf(above)).length === 0;
}
