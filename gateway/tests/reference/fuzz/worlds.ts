/** The supergraphs for fuzzing. */
import { FEED } from '../worlds/feed.ts';
import { MEDIA, MEDIA_AS_OBJECTS } from '../worlds/media.ts';
import { REENTRY } from '../worlds/reentry.ts';
import { SHOP } from '../worlds/shop.ts';
import { VEHICLES } from '../worlds/vehicles.ts';
import type { World } from '../worlds/world.ts';

/** Supergraphs that `@theguild/federation-composition` does not compose. */
export const COMPOSED_BY_APOLLO: ReadonlySet<World> = new Set([REENTRY]);

export const FUZZED: Readonly<Record<string, World>> = {
  feed: FEED,
  vehicles: VEHICLES,
  media: MEDIA,
  'media as objects': MEDIA_AS_OBJECTS,
  shop: SHOP,
  reentry: REENTRY,
};
