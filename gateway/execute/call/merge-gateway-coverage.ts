/**
 * A gateway's account of the platforms below it → coverage and errors, as if this gateway had called these platforms.
 */
import { intersect, prefixOf, regionOfPrefix, union } from '@yiwang/schema';
import { PublicError } from '../../model/errors.ts';
import type { Problem } from '../../model/platform/platform-answer.ts';
import type { GatewayCoverageEntry } from '../../model/platform/upstream.ts';
import type { AnswerReader, FetchCall, PlatformBelow, PresentAnswer } from './fetch-call.ts';

export interface MergedCoverage {
  /** The problems that remain: those of the server that was called. */
  readonly problems: readonly Problem[];
  /** Undefined if the account cannot be read. */
  readonly platforms: readonly PlatformBelow[] | undefined;
}

/** Ignores the account of a server that is no platform of the directory. */
export function mergeGatewayCoverage<Part>(
  answer: PresentAnswer,
  call: FetchCall<Part>,
  reader: Pick<AnswerReader<Part>, 'toClientPath'>,
): MergedCoverage {
  const { coverage, problems } = answer;
  const { record, target, run } = call;
  if (coverage === undefined || !record || !target) return { problems, platforms: undefined };
  const isUnreadable =
    coverage === 'malformed' || coverage.platforms.some(({ owns }) => intersect(owns, target.owns).length === 0);
  if (isUnreadable) {
    record.addFault(UNREADABLE_COVERAGE, reader.toClientPath([], call));
    return { problems, platforms: undefined };
  }
  const { platforms, unserved } = coverage;
  const records = record.addBelow(
    platforms.map((entry) => ({ ...entry, path: reader.toClientPath(entry.path, call) })),
  );
  run.collector.addUnserved(intersect(union(...unserved.map((code) => regionOfPrefix(prefixOf(code)))), target.owns));

  const missing = new Map(platforms.filter(isMissing).map((entry) => [entry.platform, entry]));
  const isOfPlatformBelow = (problem: Problem): boolean => {
    const { code, extensions } = problem;
    if (missing.has(String(extensions.platform)) || code === 'CONFLICT') return true;
    return code === 'BAD_USER_INPUT' && [...missing.values()].some(({ status }) => status === 'REFUSED');
  };
  const problemsBelow = [...problems.filter(isOfPlatformBelow), ...unreportedProblems(missing, problems)];
  for (const { code, message, path = [], extensions } of problemsBelow) {
    const entry = missing.get(String(extensions.platform));
    const at = reader.toClientPath(path, call);
    const extensionsOption = entry ? { extensions: extensionsOf(entry, extensions.rule) } : {};
    run.collector.addError(new PublicError(code, message.slice(0, MESSAGE_MAX), { path: at, ...extensionsOption }));
    if (entry) run.collector.markMissing(at);
  }
  const missingFieldsOf = ({ platform, path, status }: GatewayCoverageEntry): ReadonlySet<unknown> => {
    if (!isMissing({ status })) return NO_FIELDS;
    const paths = problemsBelow
      .filter(({ extensions }) => extensions.platform === platform)
      .map((problem) => problem.path);
    return new Set([path, ...paths].map((at) => at?.[0]));
  };
  return {
    problems: problems.filter((problem) => !isOfPlatformBelow(problem)),
    platforms: records.map((below, i) => ({ record: below, missingFields: missingFieldsOf(platforms[i]!) })),
  };
}

/** The rule that a platform below broke stays with its error. */
function extensionsOf({ platform, division }: GatewayCoverageEntry, rule: unknown) {
  const isRule = typeof rule === 'string' && /^[A-Z]+(?:-\d+)?$/.test(rule);
  return { platform, division, ...(isRule ? { rule } : {}) };
}

/** Characters of a message that another gateway wrote. */
const MESSAGE_MAX = 400;

/** A part that is only older than it should be is not missing. */
function isMissing({ status }: Pick<GatewayCoverageEntry, 'status'>): boolean {
  return status !== 'OK' && status !== 'STALE';
}

const NO_FIELDS: ReadonlySet<unknown> = new Set();

const UNREADABLE_COVERAGE = {
  status: 'NONCONFORMING',
  code: 'PLATFORM_FAILED',
  reason: 'its account of what is missing below it cannot be read',
} as const;

/** A problem for each platform that is listed as missing, but that no error names. */
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
