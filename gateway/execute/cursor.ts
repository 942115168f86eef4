/** What a sealed cursor says: where to go on, and whose rows the pages before it went without. */
import { boundsOf, covers, POSITION_LENGTH_MAX, type Region, regionOfBounds, union } from '@yiwang/schema';
import { SEAL_LENGTH } from '../kit/seal.ts';

/** The parts of the map whose platforms did not answer for an earlier page of the chain. */
export interface Missed {
  /** How many platforms that were. */
  readonly platforms: number;
  /** By layer: the tier where each tier has rows of its own over the same divisions, otherwise ''. */
  readonly regions: ReadonlyMap<string, Region>;
}

export interface Cursor {
  /** As platforms write and read it. */
  readonly position: string;
  readonly missed: Missed;
}

export const NONE_MISSED: Missed = { platforms: 0, regions: new Map() };

/** A platform that is missing again is not counted again. */
export function withMissed(missed: Missed, layer: string, region: Region): Missed {
  const known = missed.regions.get(layer) ?? [];
  if (covers(known, region)) return missed;
  return {
    platforms: missed.platforms + 1,
    regions: new Map([...missed.regions, [layer, union(known, region)]]),
  };
}

/**
 * Position → the text to be sealed, so that the cursor comes to at most `bytesMax`. Where the parts that were missed are too
 * many, what lies between them is taken for missed, too: that says too much rather than too little.
 */
export function createCursorWriter(missed: Missed, bytesMax: number): (position: string) => string {
  if (missed.platforms === 0) return (position) => position;
  const room = bytesMax - SEAL_LENGTH - POSITION_LENGTH_MAX;
  const exact = encodeMissed(missed);
  const text = exact.length <= room ? exact : encodeMissed(coarse(missed));
  return (position) => position + text;
}

/** The inverse, for a text that was sealed here. */
export function parseCursor(text: string): Cursor {
  const [position = '', encoded] = text.split('.');
  if (encoded === undefined) return { position, missed: NONE_MISSED };
  const [platforms, layers] = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')) as Encoded;
  const regions = new Map(Object.entries(layers).map(([layer, bounds]) => [layer, regionOfBounds(bounds)]));
  return { position, missed: { platforms, regions } };
}

type Encoded = readonly [platforms: number, layers: Readonly<Record<string, readonly string[]>>];

function encodeMissed({ platforms, regions }: Missed): string {
  const encoded: Encoded = [
    platforms,
    Object.fromEntries([...regions].map(([layer, region]) => [layer, boundsOf(region)])),
  ];
  return `.${Buffer.from(JSON.stringify(encoded)).toString('base64url')}`;
}

function coarse({ platforms, regions }: Missed): Missed {
  const hulls = [...regions].map(([layer, region]): [string, Region] => [layer, [[region[0]![0], region.at(-1)![1]]]]);
  return { platforms, regions: new Map(hulls) };
}
