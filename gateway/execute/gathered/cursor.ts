/** The content of a signed cursor: the position to go on from, and the regions that the pages before it lack. */
import { boundsOf, containsRegion, POSITION_LENGTH_MAX, type Region, regionOfBounds, union } from '@yiwang/schema';
import { SIGNATURE_LENGTH } from '../../kit/crypto/signer.ts';

/** The regions whose platforms did not answer for an earlier page of the chain. */
export interface SkippedRegions {
  /** How many platforms did not answer. */
  readonly count: number;
  /** By layer: the tier, if each tier has its own rows over the same divisions; otherwise ''. */
  readonly regions: ReadonlyMap<string, Region>;
}

export interface Cursor {
  /** In the form of the platforms. */
  readonly position: string;
  readonly skipped: SkippedRegions;
}

export const NOTHING_SKIPPED: SkippedRegions = { count: 0, regions: new Map() };

/** A platform that is missing again is counted once. */
export function addSkipped(skipped: SkippedRegions, layer: string, region: Region): SkippedRegions {
  const skippedRegion = skipped.regions.get(layer) ?? [];
  if (containsRegion(skippedRegion, region)) return skipped;
  return {
    count: skipped.count + 1,
    regions: new Map([...skipped.regions, [layer, union(skippedRegion, region)]]),
  };
}

/**
 * Position → the text to be signed, so that the cursor is at most `bytesMax` long. If there are too many regions for
 * that, the regions between them are counted as skipped, too: the next page reports too much rather than too little.
 */
export function createCursorEncoder(skipped: SkippedRegions, bytesMax: number): (position: string) => string {
  if (skipped.count === 0) return (position) => position;
  const room = bytesMax - SIGNATURE_LENGTH - POSITION_LENGTH_MAX;
  const exact = encodeSkipped(skipped);
  const text = exact.length <= room ? exact : encodeSkipped(coarsen(skipped));
  return (position) => position + text;
}

/** The inverse, for a text that this gateway signed. */
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
