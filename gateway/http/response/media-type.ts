/**
 * `Accept` → the media type of an answer, and `Content-Type` → whether a body is in UTF-8 (RFC 9110, GraphQL over
 * HTTP).
 */

export type MediaType = 'application/json' | 'application/graphql-response+json';

const OFFERED: readonly MediaType[] = ['application/json', 'application/graphql-response+json'];

interface Range {
  readonly type: string;
  readonly quality: number;
}

/**
 * The preferred media type; of equals the one that is named more exactly, then first. Undefined if neither is accepted.
 */
export function mediaTypeFor(accept: string | undefined): MediaType | undefined {
  if (accept === undefined || accept === OFFERED[0] || accept.trim() === '') return OFFERED[0];
  const ranges = accept.split(',').map(parseRange);
  const ranked = OFFERED.map((type) => ({ type, ...rankOf(type, ranges) }));
  ranked.sort((a, b) => b.quality - a.quality || b.exactness - a.exactness || a.place - b.place);
  return ranked[0]!.quality > 0 ? ranked[0]!.type : undefined;
}

function rankOf(type: MediaType, ranges: readonly Range[]) {
  let best = { quality: 0, exactness: -1, place: 0 };
  ranges.forEach((range, position) => {
    const exactness = exactnessOf(type, range.type);
    if (exactness > best.exactness) best = { quality: range.quality, exactness, place: position };
  });
  return best;
}

/** -1 if the range does not include the type. */
function exactnessOf(type: MediaType, range: string): number {
  if (range === type) return 2;
  if (range === 'application/*') return 1;
  return range === '*/*' ? 0 : -1;
}

function parseRange(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const qualityText = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  const quality = qualityText === undefined ? 1 : Number(qualityText);
  return { type, quality: quality >= 0 && quality <= 1 ? quality : 0 };
}

/** JSON is UTF-8; a body with another charset is refused. */
export function isUtf8(contentType: string | undefined): boolean {
  const charset = /;\s*charset\s*=\s*"?([^\s";]*)/i.exec(contentType ?? '')?.[1];
  return charset === undefined || /^utf-?8$/i.test(charset);
}
