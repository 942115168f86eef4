/** What all generators of one platform share: its region, its places, its profile and its random sources. */
import { containsRegion, type Region, regionOf } from '@yiwang/schema';
import { createRandom, type Random } from '../../random.ts';
import { createLocalities, type Localities } from './localities.ts';
import { type CityProfile, PROFILES } from './profiles.ts';

export interface PlatformArea {
  readonly id: string;
  readonly division: string;
  /** The divisions whose rows lie on this platform. */
  readonly region: Region;
}

export interface Setting {
  readonly platform: PlatformArea;
  readonly region: Region;
  readonly localities: Localities;
  readonly profile: CityProfile;
  /** The county of a platform that holds a whole county or a street; undefined for a city. */
  readonly county: string | undefined;
  readonly scale: number;
  /** Nothing in the data happens later. Epoch milliseconds. */
  readonly now: number;
  /** A random source of its own for each table, so that one table's count does not change another's rows. */
  random(purpose: string): Random;
  /** At least 1. */
  scaled(count: number): number;
}

export interface GenerateOptions {
  readonly scale: number;
  readonly now: number;
}

/** Throws for a platform without a profile. */
export function createSetting(platform: PlatformArea, options: GenerateOptions): Setting {
  const profile = PROFILES[platform.division];
  if (!profile) throw new RangeError(`there is no profile for the platform of ${platform.division}`);
  const county = platform.division.slice(0, 6);
  return {
    platform,
    region: platform.region,
    localities: createLocalities(platform.region),
    profile,
    county: containsRegion(regionOf(county), platform.region) && !county.endsWith('00') ? county : undefined,
    scale: options.scale,
    now: options.now,
    random: (purpose) => createRandom(`${platform.id} ${options.scale} ${purpose}`),
    scaled: (count) => Math.max(1, Math.round(count * options.scale)),
  };
}
