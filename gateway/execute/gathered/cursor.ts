/** What a sealed cursor says: where to go on, and whose rows the pages before it went without. */
import { boundsOf, containsRegion, POSITION_LENGTH_MAX, type Region, regionOfBounds, union } from '@yiwang/schema';
import { SIGNATURE_LENGTH } from '../../kit/crypto/signer.ts';

/** The parts of the map whose platforms did not answer for an earlier page of the chain. */
export interface SkippedRegions {
  /** How many platforms that were. */
  readonly count: number;
  /** By layer: the tier where each tier has rows of its own over the same divisions, otherwise ''. */
  readonly regions: ReadonlyMap<string, Region>;
}

export interface Cursor {
  /** As platforms write and read it. */
  readonly position: string;
  readonly skipped: SkippedRegions;
}

export const NOTHING_SKIPPED: SkippedRegions = { count: 0, regions: new Map() };

/** A platform that is missing again is not counted again. */
export function addSkipped(missed: SkippedRegions, layer: string, region: Region): SkippedRegions {
  const skippedRegion = missed.regions.get(layer) ?? [];
  if (containsRegion(skippedRegion, region)) return missed;
  return {
    count: missed.count + 1,
    regions: new Map([...missed.regions, [layer, union(skippedRegion, region)]]),
  };
}

/**
 * Position → the text to be sealed, so that the cursor comes to at most `bytesMax`. Where the parts that were missed are too
 * many, what lies between them is taken for missed, too: that says too much rather than too little.
 */
export function createCursorEncoder(missed: SkippedRegions, bytesMax: number): (position: string) => string {
  if (missed.count === 0) return (position) => position;
  const room = bytesMax - SIGNATURE_LENGTH - POSITION_LENGTH_MAX;
  const exact = encodeSkipped(missed);
  const text = exact.length <= room ? exact : encodeSkipped(coarsen(missed));
  return (position) => position + text;
}

/** The inverse, for a text that was sealed here. */
export function decodeCursor(text: string): Cursor {
  const [position = '', encoded] = text.split('.');
  if (encoded === undefined) return { position, skipped: NOTHING_SKIPPED };
  const [count, layers] = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')) as Encoded;
  const regions = new Map(Object.entries(layers).map(([layer, bounds]) => [layer, regionOfBounds(bounds)]));
  return { position, skipped: { count, regions } };
}

type Encoded = readonly [platforms: number, layers: Readonly<Record<string, readonly string[]>>];

function encodeSkipped({ count, regions }: SkippedRegions): string {
  const encoded: Encoded = [
    count,
    Object.fromEntries([...regions].map(([layer, region]) => [layer, boundsOf(region)])),
  ];
  return `.${Buffer.from(JSON.stringify(encoded)).toString('base64url')}`;
}

function coarsen({ count, regions }: SkippedRegions): SkippedRegions {
  const hulls = [...regions].map(([layer, region]): [string, Region] => [layer, [[region[0]![0], region.at(-1)![1]]]]);
  return { count, regions: new Map(hulls) };
}
