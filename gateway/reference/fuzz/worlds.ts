/** The supergraphs that are fuzzed. */
import { FEED } from '../worlds/feed.ts';
import { MEDIA, MEDIA_AS_OBJECTS } from '../worlds/media.ts';
import { SHOP } from '../worlds/shop.ts';
import { VEHICLES } from '../worlds/vehicles.ts';
import type { World } from '../worlds/world.ts';

export const FUZZED: Readonly<Record<string, World>> = {
  feed: FEED,
  vehicles: VEHICLES,
  media: MEDIA,
  'media as objects': MEDIA_AS_OBJECTS,
  shop: SHOP,
};
