/** `extensions.coverage` of an untrusted response → the coverage that a gateway reports of its platforms. */
import { divisions, isObject, PLATFORM_TIERS, type Region, regionOfBounds } from '@yiwang/schema';
import type { Path } from '../../model/errors.ts';
import type { GatewayCoverage, GatewayCoverageEntry } from '../../model/platform/upstream.ts';
import type { CoverageStatus } from '../../model/validated-operation.ts';

const STATUSES: readonly CoverageStatus[] = [
  'OK',
  'LATE',
  'FAILED',
  'REFUSED',
  'UNREACHABLE',
  'NONCONFORMING',
  'STALE',
];
/** UTF-16 code units. */
const REASON_LENGTH_MAX = 300;

/** Returns undefined if there is none, as from a platform that is not a gateway. */
export function parseCoverage(extensions: unknown, entriesMax: number): GatewayCoverage | 'malformed' | undefined {
  if (!isObject(extensions) || extensions.coverage === undefined) return undefined;
  const { coverage } = extensions;
  if (!isObject(coverage)) return 'malformed';
  const { asked, answered, platforms, unserved = [] } = coverage;
  if (!Array.isArray(platforms) || platforms.length > entriesMax) return 'malformed';
  if (!Array.isArray(unserved) || unserved.length > entriesMax || !unserved.every(isDivision)) return 'malformed';
  const entries = platforms.flatMap((entry) => parseCoverageEntry(entry) ?? []);
  const ok = entries.filter(({ status }) => status === 'OK').length;
  const isConsistent = entries.length === platforms.length && asked === entries.length && answered === ok;
  return isConsistent ? { platforms: entries, unserved } : 'malformed';
}

function parseCoverageEntry(entry: unknown): GatewayCoverageEntry | undefined {
  if (!isObject(entry)) return undefined;
  const { platform, division, tier, owns, status, elapsedMs, path, reason } = entry;
  const knownStatus = STATUSES.find((candidate) => candidate === status);
  const knownTier = PLATFORM_TIERS.find((candidate) => candidate === tier);
  const region = parseRegion(owns);
  if (
    typeof platform !== 'string' ||
    !/^[a-z][a-z-]*\/\d{6,12}$/.test(platform) ||
    !isDivision(division) ||
    typeof elapsedMs !== 'number' ||
    knownStatus === undefined ||
    knownTier === undefined ||
    region === undefined ||
    !isPath(path) ||
    !(reason === undefined || typeof reason === 'string')
  ) {
    return undefined;
  }
  const shared = { platform, division, tier: knownTier, owns: region, status: knownStatus, elapsedMs, path };
  return reason === undefined ? shared : { ...shared, reason: toBoundedLine(reason) };
}

function parseRegion(bounds: unknown): Region | undefined {
  if (!Array.isArray(bounds) || !bounds.every((bound) => typeof bound === 'string')) return undefined;
  try {
    return regionOfBounds(bounds);
  } catch {
    return undefined;
  }
}

/** Returns at most the length limit, without control characters. */
function toBoundedLine(text: string): string {
  return text.slice(0, REASON_LENGTH_MAX).replace(/\p{Cc}/gu, ' ');
}

function isDivision(code: unknown): code is string {
  return typeof code === 'string' && divisions().get(code) !== undefined;
}

export function isPath(path: unknown): path is Path {
  return Array.isArray(path) && path.every((part) => typeof part === 'string' || typeof part === 'number');
}
