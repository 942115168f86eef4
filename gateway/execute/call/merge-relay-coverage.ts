/** What a gateway below says of its own platforms → the ledger, as if they had been asked from here. */
import { intersect, regionOf, union } from '@yiwang/schema';
import { type Path, PublicError } from '../../model/errors.ts';
import type { PlatformAnswer, Problem } from '../../model/platform-answer.ts';
import type { GatewayCoverageEntry } from '../../model/upstream.ts';
import type { RouteTarget, Run } from '../context.ts';
import type { CallRecord } from '../coverage/call-record.ts';

type Answered = Extract<PlatformAnswer, { kind: 'answered' }>;

/** One platform below, and the root fields of the call that lack its part. */
export interface RelayedPlatform {
  readonly record: CallRecord;
  readonly lacking: ReadonlySet<unknown>;
}

export interface MergedCoverage {
  /** With the problems that remain: those of whoever was called itself. */
  readonly answer: Answered;
  /** Undefined where a platform answered for itself. */
  readonly platforms: readonly RelayedPlatform[] | undefined;
}

export interface RelayedCall {
  readonly target: RouteTarget | undefined;
  readonly record: CallRecord | undefined;
  /** A path in what was answered → where the client sees it. */
  toPath(path: Path): Path;
}

export function mergeRelayCoverage(
  answer: Answered,
  { target, record, toPath }: RelayedCall,
  run: Run,
): MergedCoverage {
  const { coverage, problems } = answer;
  if (coverage === undefined || !record || !target) return { answer, platforms: undefined };
  const isUnreadable =
    coverage === 'malformed' || coverage.platforms.some(({ owns }) => intersect(owns, target.owns).length === 0);
  if (isUnreadable) {
    record.addFault(UNREADABLE_COVERAGE, toPath([]));
    return { answer, platforms: undefined };
  }
  const { platforms, unserved } = coverage;
  const records = record.addRelayed(platforms.map((entry) => ({ ...entry, path: toPath(entry.path) })));
  run.ledger.addUnserved(intersect(union(...unserved.map(regionOf)), target.owns));

  const missing = new Map(platforms.filter(isMissing).map((entry) => [entry.platform, entry]));
  const isRelayed = (problem: Problem): boolean => {
    const { code, extensions } = problem;
    if (missing.has(String(extensions.platform)) || code === 'CONFLICT') return true;
    return code === 'BAD_USER_INPUT' && [...missing.values()].some(({ status }) => status === 'REFUSED');
  };
  const relayedProblems = [...problems.filter(isRelayed), ...unreportedProblems(missing, problems)];
  for (const { code, message, path = [], extensions } of relayedProblems) {
    const entry = missing.get(String(extensions.platform));
    const at = toPath(path);
    const named = entry ? { extensions: { platform: entry.platform, division: entry.division } } : {};
    run.ledger.error(new PublicError(code, message.slice(0, MESSAGE_MAX), { path: at, ...named }));
    if (entry) run.ledger.markMissing(at);
  }
  const lackingOf = ({ platform, path, status }: GatewayCoverageEntry): ReadonlySet<unknown> => {
    if (!isMissing({ status })) return NO_FIELDS;
    const paths = relayedProblems
      .filter(({ extensions }) => extensions.platform === platform)
      .map((problem) => problem.path);
    return new Set([path, ...paths].map((at) => at?.[0]));
  };
  return {
    answer: { ...answer, problems: problems.filter((problem) => !isRelayed(problem)) },
    platforms: records.map((below, i) => ({ record: below, lacking: lackingOf(platforms[i]!) })),
  };
}

/** Characters of a message that another gateway wrote. */
const MESSAGE_MAX = 400;
/** What is only older than it should be is there. */
function isMissing({ status }: Pick<GatewayCoverageEntry, 'status'>): boolean {
  return status !== 'OK' && status !== 'STALE';
}

const NO_FIELDS: ReadonlySet<unknown> = new Set();

const UNREADABLE_COVERAGE = {
  status: 'NONCONFORMING',
  code: 'PLATFORM_FAILED',
  reason: 'its account of what is missing below it cannot be read',
} as const;

/** Platforms that are listed as missing, but of which no error speaks. */
function unreportedProblems(
  missing: ReadonlyMap<string, GatewayCoverageEntry>,
  problems: readonly Problem[],
): Problem[] {
  const reportedPlatforms = new Set(problems.map(({ extensions }) => extensions.platform));
  const hasInputFault = problems.some(({ code }) => code === 'BAD_USER_INPUT');
  return [...missing.values()]
    .filter(({ platform, status }) => !reportedPlatforms.has(platform) && !(status === 'REFUSED' && hasInputFault))
    .map(({ platform, division, path, reason = 'it is missing' }) => ({
      code: 'PLATFORM_FAILED',
      message: `the platform of ${division} is missing from the answer: ${reason}`,
      path,
      extensions: { platform },
    }));
}
