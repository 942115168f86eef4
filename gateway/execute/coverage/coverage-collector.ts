/** What came of every call: coverage and errors, so that nothing is missing unsaid. */
import { type Disclosure, type Region, union } from '@yiwang/schema';
import type { GraphQLError } from 'graphql';
import type { Path, PublicError } from '../../model/errors.ts';
import type { Limits } from '../../model/limits.ts';
import type { PlatformAnswer, Problem } from '../../model/platform-answer.ts';
import type { PlatformFailure } from '../../model/platform-failure.ts';
import type { GatewayCoverage } from '../../model/upstream.ts';
import type { Coverage, Withheld } from '../../model/validated-operation.ts';
import {
  type CalledPlatform,
  type CallListeners,
  type CallRecord,
  type CollectedCall,
  createCallRecord,
  type Fault,
  toCoverageEntry,
  toRelayEntry,
} from './call-record.ts';
import { createNullReasons } from './null-reasons.ts';

export interface CallRecordOptions {
  /** A path of the call → the one that the answer has. */
  locate(path: Path): Path;
  onError(error: GraphQLError): void;
}

export interface CoverageCollector {
  /** Counts a call that is about to be made; `path` is worked out where it is listed. */
  call(called: CalledPlatform, path: () => Path, options?: CallRecordOptions): CallRecord;
  error(error: GraphQLError): void;
  /** As `error`, for a value that is not what the standard prescribes. */
  breach(error: PublicError): void;
  /** Says that a subgraph with a plain address failed: no call of coverage, and the error is told apart from it. */
  reportFailure(failure: PlatformFailure): void;
  /** An error of one field of one object alone, where `error` explains all that lacks at its path, whatever the item. */
  addFieldError(error: GraphQLError): void;
  /** Says that nothing will come at this path, without an error: to the caller it does not exist. */
  suppress(path: Path): void;
  /** Says how the statistic at this path is shown to the public. */
  addWithheld(path: Path, disclosure: Disclosure): void;
  /** Says that nobody answers for a region that was asked for. */
  addUnserved(region: Region): void;
  /** As `error`, for what was asked for and no platform in the directory is there to be asked. */
  addNoPlatform(error: GraphQLError): void;
  /** Says that a platform's part at this path and below it did not come, so that a null there is no fault of what did. */
  markMissing(path: Path): void;
  isGap(path: Path): boolean;
  /** True where something at or above this path is known to be missing, so that a null there needs no further error. */
  explains(path: Path): boolean;
  coverage(options: { readonly all: boolean }): Coverage | undefined;
  /** For a gateway above. */
  relayedCoverage(): GatewayCoverage;
  /**
   * For a part of the answer: errors of its own, and what is known to be missing in it is so nowhere else; calls are counted for the
   * whole.
   */
  part(): CoverageCollector;
  readonly errors: readonly GraphQLError[];
  readonly withheldGroups: readonly Withheld[];
}

/** What a ledger is told by others, and tells them. */
export interface CollectorOptions {
  /** Divisions that make up a region. */
  readonly namesOf: (region: Region) => readonly string[];
  /** Told of each failure once, for the log. */
  readonly onFailure?: ((failure: PlatformFailure) => void) | undefined;
}

export function createCoverageCollector(
  { errorsMax, unservedMax }: Pick<Limits, 'errorsMax' | 'unservedMax'>,
  { namesOf, onFailure }: CollectorOptions,
): CoverageCollector {
  const calls: CollectedCall[] = [];
  const unservedRegions: Region[] = [];
  let isAnyUnroutable = false;
  const withheldGroups: Withheld[] = [];
  const withheldPaths = new Set<string>();

  const unservedNames = () => namesOf(union(unservedRegions.flat())).slice(0, unservedMax);
  const open = (above: CoverageCollector | undefined): CoverageCollector => {
    const errors: GraphQLError[] = [];
    const reportedKeys = new Set<string>();
    const nullReasons = createNullReasons();
    /** False for one that is told already, or one too many. */
    const addOnce = (given: GraphQLError): boolean => {
      if (errors.length >= errorsMax) return false;
      const { extensions, path, message } = given;
      // How long it was waited for is no second fault.
      const key = JSON.stringify([extensions, path, extensions.code === 'PLATFORM_LATE' ? '' : message]);
      if (reportedKeys.has(key)) return false;
      reportedKeys.add(key);
      errors.push(given);
      return true;
    };
    const error = (given: GraphQLError): void => {
      nullReasons.explain(given.path ?? []);
      addOnce(given);
    };
    const withFaults = ({ locate, onError }: CallRecordOptions): CallListeners => ({
      locate,
      onError,
      onFault: createFaultListener(locate, onFailure),
    });
    const listeners = withFaults({ locate: (path) => path, onError: error });
    const ledger: CoverageCollector = {
      call: (called, path, options) => {
        const call = createCallRecord(called, path, options ? withFaults(options) : listeners);
        calls.push(call);
        return call;
      },
      error,
      breach: (given) => {
        const { code, message: reason, path = [] } = given;
        nullReasons.explain(path);
        if (addOnce(given)) onFailure?.({ platform: undefined, status: 'NONCONFORMING', code, reason, path });
      },
      reportFailure: (failure) => onFailure?.(failure),
      addFieldError: (given) => {
        nullReasons.explainField(given.path ?? []);
        addOnce(given);
      },
      suppress: nullReasons.explain,
      addWithheld: (path, { smallCount, roundTo }) => {
        const place = path.filter((part) => typeof part === 'string');
        const name = place.join('.');
        if (withheldPaths.has(name)) return;
        withheldPaths.add(name);
        withheldGroups.push({ path: place, below: smallCount, roundedTo: roundTo });
      },
      explains: (path) => nullReasons.isExplained(path) || (above?.explains(path) ?? false),
      markMissing: nullReasons.markMissing,
      isGap: (path) => nullReasons.isMissing(path) || (above?.isGap(path) ?? false),
      addUnserved: (region) => {
        if (region.length > 0) unservedRegions.push(region);
      },
      addNoPlatform: (given) => {
        isAnyUnroutable = true;
        error(given);
      },
      coverage: ({ all }) => {
        const unserved = unservedNames();
        const listed = calls.flatMap((call) => call.listed().map(toCoverageEntry));
        if (listed.length === 0 && unserved.length === 0 && !isAnyUnroutable) return undefined;
        const answered = listed.filter(({ status }) => status === 'OK').length;
        return {
          asked: listed.length,
          answered,
          complete: answered === listed.length && unserved.length === 0 && !isAnyUnroutable,
          platforms: all ? listed : listed.filter(({ status }) => status !== 'OK'),
          ...(unserved.length > 0 ? { unserved } : {}),
        };
      },
      relayedCoverage: () => ({
        platforms: calls.flatMap((call) => call.listed().map(toRelayEntry)),
        unserved: unservedNames(),
      }),
      part: () => open(ledger),
      errors,
      withheldGroups,
    };
    return ledger;
  };
  return open(undefined);
}

/** What the caller asked for wrongly, and what is only old, is no failure. */
function createFaultListener(
  locate: CallRecordOptions['locate'],
  onFailure: CollectorOptions['onFailure'],
): CallListeners['onFault'] {
  return (platform, { status, code, reason, inside = reason }, path, elapsedMs) => {
    if (!onFailure || status === 'STALE' || code === 'BAD_USER_INPUT') return;
    onFailure({ platform, status, code, reason: inside, path: locate(path), elapsedMs });
  };
}

/** The fault of a platform whose answer did not come. */
export function faultOfMissing(answer: Extract<PlatformAnswer, { kind: 'missing' }>): Fault {
  const problem = answer.problems.find(isForCaller);
  if (problem) return { status: statusOf(problem, answer.status), code: problem.code, reason: problem.message };
  return { status: answer.status, code: answer.code, reason: answer.reason, inside: answer.problems[0]?.message };
}

/** The fault of a platform that answered, but reported an error for a part of it. */
export function faultOfProblem(problem: Problem): Fault {
  const code = problem.code;
  if (code === 'PLATFORM_LATE') return { status: 'LATE', code, reason: problem.message };
  const reason = isForCaller(problem) ? problem.message : 'the platform failed on this part';
  return { status: statusOf(problem, 'FAILED'), code, reason, inside: problem.message };
}

function statusOf({ code }: Problem, otherwise: Fault['status']): Fault['status'] {
  return code === 'BAD_USER_INPUT' || code === 'TOO_COSTLY' ? 'REFUSED' : otherwise;
}

/** Codes whose messages platforms write for the caller; all other messages stay inside. */
const CALLER_FACING: ReadonlySet<string> = new Set(['BAD_USER_INPUT', 'STANDARD_BREACH', 'NOT_FOUND', 'TOO_COSTLY']);

function isForCaller(problem: Problem): boolean {
  return CALLER_FACING.has(problem.code);
}
