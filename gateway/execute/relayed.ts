/** What a gateway below says of its own platforms → the ledger, as if they had been asked from here. */
import { intersect, regionOf, union } from '@yiwang/schema';
import type { Answer, Problem } from '../model/answer.ts';
import { type Path, PublicError } from '../model/errors.ts';
import type { RelayedEntry } from '../model/relay.ts';
import type { Run, Target } from './context.ts';
import type { CallRecord } from './ledger-call.ts';

type Answered = Extract<Answer, { kind: 'answered' }>;

/** One platform below, and the root fields of the call that lack its part. */
export interface PartBelow {
  readonly record: CallRecord;
  readonly lacking: ReadonlySet<unknown>;
}

export interface Folded {
  /** With the problems that remain: those of whoever was called itself. */
  readonly answer: Answered;
  /** Undefined where a platform answered for itself. */
  readonly below: readonly PartBelow[] | undefined;
}

export interface Calling {
  readonly target: Target | undefined;
  readonly record: CallRecord | undefined;
  /** A path in what was answered → where the client sees it. */
  toPath(path: Path): Path;
}

export function foldRelayed(answer: Answered, { target, record, toPath }: Calling, run: Run): Folded {
  const { coverage, problems } = answer;
  if (coverage === undefined || !record || !target) return { answer, below: undefined };
  const isForeign =
    coverage === 'malformed' || coverage.platforms.some(({ owns }) => intersect(owns, target.owns).length === 0);
  if (isForeign) {
    record.fault(UNREADABLE, toPath([]));
    return { answer, below: undefined };
  }
  const { platforms, unserved } = coverage;
  const records = record.below(platforms.map((entry) => ({ ...entry, path: toPath(entry.path) })));
  run.ledger.unserved(intersect(union(...unserved.map(regionOf)), target.owns));

  const missing = new Map(platforms.filter(isMissing).map((entry) => [entry.platform, entry]));
  const isTheirs = (problem: Problem): boolean => {
    const { code, extensions } = problem;
    if (missing.has(String(extensions.platform)) || code === 'CONFLICT') return true;
    return code === 'BAD_USER_INPUT' && [...missing.values()].some(({ status }) => status === 'REFUSED');
  };
  const theirs = [...problems.filter(isTheirs), ...unsaid(missing, problems)];
  for (const { code, message, path = [], extensions } of theirs) {
    const entry = missing.get(String(extensions.platform));
    const at = toPath(path);
    const named = entry ? { extensions: { platform: entry.platform, division: entry.division } } : {};
    run.ledger.error(new PublicError(code, message.slice(0, MESSAGE_MAX), { path: at, ...named }));
    if (entry) run.ledger.gap(at);
  }
  const lackingOf = ({ platform, path, status }: RelayedEntry): ReadonlySet<unknown> => {
    if (!isMissing({ status })) return NOTHING;
    const paths = theirs.filter(({ extensions }) => extensions.platform === platform).map((problem) => problem.path);
    return new Set([path, ...paths].map((at) => at?.[0]));
  };
  return {
    answer: { ...answer, problems: problems.filter((problem) => !isTheirs(problem)) },
    below: records.map((below, i) => ({ record: below, lacking: lackingOf(platforms[i]!) })),
  };
}

/** Characters of a message that another gateway wrote. */
const MESSAGE_MAX = 400;
/** What is only older than it should be is there. */
function isMissing({ status }: Pick<RelayedEntry, 'status'>): boolean {
  return status !== 'OK' && status !== 'STALE';
}

const NOTHING: ReadonlySet<unknown> = new Set();

const UNREADABLE = {
  status: 'NONCONFORMING',
  code: 'PLATFORM_FAILED',
  reason: 'its account of what is missing below it cannot be read',
} as const;

/** Platforms that are listed as missing, but of which no error speaks. */
function unsaid(missing: ReadonlyMap<string, RelayedEntry>, problems: readonly Problem[]): Problem[] {
  const said = new Set(problems.map(({ extensions }) => extensions.platform));
  const hasInputFault = problems.some(({ code }) => code === 'BAD_USER_INPUT');
  return [...missing.values()]
    .filter(({ platform, status }) => !said.has(platform) && !(status === 'REFUSED' && hasInputFault))
    .map(({ platform, division, path, reason = 'it is missing' }) => ({
      code: 'PLATFORM_FAILED',
      message: `the platform of ${division} is missing from the answer: ${reason}`,
      path,
      extensions: { platform },
    }));
}
