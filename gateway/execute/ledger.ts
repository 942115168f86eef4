/** What came of every call: coverage and errors, so that nothing is missing unsaid. */
import { type Disclosure, type Region, union } from '@yiwang/schema';
import type { GraphQLError } from 'graphql';
import type { Answer, Problem } from '../model/answer.ts';
import type { Path, PublicError } from '../model/errors.ts';
import type { PlatformFailure } from '../model/failure.ts';
import type { Limits } from '../model/limits.ts';
import type { RelayedCoverage } from '../model/relay.ts';
import type { Coverage, Withheld } from '../model/request.ts';
import { createLacks } from './lacks.ts';
import {
  type Called,
  type CallListeners,
  type CallRecord,
  type Fault,
  forClients,
  forGateways,
  type LedgerCall,
  openCall,
} from './ledger-call.ts';

export interface CallOptions {
  /** A path of the call → the one that the answer has. */
  locate(path: Path): Path;
  onError(error: GraphQLError): void;
}

export interface Ledger {
  /** Counts a call that is about to be made; `path` is worked out where it is listed. */
  call(called: Called, path: () => Path, options?: CallOptions): CallRecord;
  error(error: GraphQLError): void;
  /** As `error`, for a value that is not what the standard prescribes. */
  breach(error: PublicError): void;
  /** Says that a subgraph with a plain address failed: no call of coverage, and the error is told apart from it. */
  failed(failure: PlatformFailure): void;
  /** An error of one field of one object alone, where `error` explains all that lacks at its path, whatever the item. */
  fieldError(error: GraphQLError): void;
  /** Says that nothing will come at this path, without an error: to the caller it does not exist. */
  silence(path: Path): void;
  /** Says how the statistic at this path is shown to the public. */
  withheld(path: Path, disclosure: Disclosure): void;
  /** Says that nobody answers for a region that was asked for. */
  unserved(region: Region): void;
  /** As `error`, for what was asked for and no platform in the directory is there to be asked. */
  noPlatform(error: GraphQLError): void;
  /** Says that a platform's part at this path and below it did not come, so that a null there is no fault of what did. */
  gap(path: Path): void;
  isGap(path: Path): boolean;
  /** True where something at or above this path is known to be missing, so that a null there needs no further error. */
  explains(path: Path): boolean;
  coverage(options: { readonly all: boolean }): Coverage | undefined;
  /** For a gateway above. */
  relayedCoverage(): RelayedCoverage;
  /**
   * For a part of the answer: errors of its own, and what is known to be missing in it is so nowhere else; calls are counted for the
   * whole.
   */
  part(): Ledger;
  readonly errors: readonly GraphQLError[];
  readonly withheldGroups: readonly Withheld[];
}

/** What a ledger is told by others, and tells them. */
export interface LedgerOptions {
  /** Divisions that make up a region. */
  readonly namesOf: (region: Region) => readonly string[];
  /** Told of each failure once, for the log. */
  readonly onFailure?: ((failure: PlatformFailure) => void) | undefined;
}

export function createLedger(
  { errorsMax, unservedMax }: Pick<Limits, 'errorsMax' | 'unservedMax'>,
  { namesOf, onFailure }: LedgerOptions,
): Ledger {
  const calls: LedgerCall[] = [];
  const unservedRegions: Region[] = [];
  let isUnasked = false;
  const withheldGroups: Withheld[] = [];
  const withheldPaths = new Set<string>();

  const unservedNames = () => namesOf(union(unservedRegions.flat())).slice(0, unservedMax);
  const open = (above: Ledger | undefined): Ledger => {
    const errors: GraphQLError[] = [];
    const told = new Set<string>();
    const lacks = createLacks();
    /** False for one that is told already, or one too many. */
    const keep = (given: GraphQLError): boolean => {
      if (errors.length >= errorsMax) return false;
      const { extensions, path, message } = given;
      // How long it was waited for is no second fault.
      const key = JSON.stringify([extensions, path, extensions.code === 'PLATFORM_LATE' ? '' : message]);
      if (told.has(key)) return false;
      told.add(key);
      errors.push(given);
      return true;
    };
    const error = (given: GraphQLError): void => {
      lacks.explain(given.path ?? []);
      keep(given);
    };
    const withFaults = ({ locate, onError }: CallOptions): CallListeners => ({
      locate,
      onError,
      onFault: faultTeller(locate, onFailure),
    });
    const listeners = withFaults({ locate: (path) => path, onError: error });
    const ledger: Ledger = {
      call: (called, path, options) => {
        const call = openCall(called, path, options ? withFaults(options) : listeners);
        calls.push(call);
        return call;
      },
      error,
      breach: (given) => {
        const { code, message: reason, path = [] } = given;
        lacks.explain(path);
        if (keep(given)) onFailure?.({ platform: undefined, status: 'NONCONFORMING', code, reason, path });
      },
      failed: (failure) => onFailure?.(failure),
      fieldError: (given) => {
        lacks.explainField(given.path ?? []);
        keep(given);
      },
      silence: lacks.explain,
      withheld: (path, { smallCount, roundTo }) => {
        const place = path.filter((part) => typeof part === 'string');
        const name = place.join('.');
        if (withheldPaths.has(name)) return;
        withheldPaths.add(name);
        withheldGroups.push({ path: place, below: smallCount, roundedTo: roundTo });
      },
      explains: (path) => lacks.isExplained(path) || (above?.explains(path) ?? false),
      gap: lacks.gap,
      isGap: (path) => lacks.isGap(path) || (above?.isGap(path) ?? false),
      unserved: (region) => {
        if (region.length > 0) unservedRegions.push(region);
      },
      noPlatform: (given) => {
        isUnasked = true;
        error(given);
      },
      coverage: ({ all }) => {
        const unserved = unservedNames();
        const listed = calls.flatMap((call) => call.listed().map(forClients));
        if (listed.length === 0 && unserved.length === 0 && !isUnasked) return undefined;
        const answered = listed.filter(({ status }) => status === 'OK').length;
        return {
          asked: listed.length,
          answered,
          complete: answered === listed.length && unserved.length === 0 && !isUnasked,
          platforms: all ? listed : listed.filter(({ status }) => status !== 'OK'),
          ...(unserved.length > 0 ? { unserved } : {}),
        };
      },
      relayedCoverage: () => ({
        platforms: calls.flatMap((call) => call.listed().map(forGateways)),
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
function faultTeller(locate: CallOptions['locate'], onFailure: LedgerOptions['onFailure']): CallListeners['onFault'] {
  return (platform, { status, code, reason, inside = reason }, path, elapsedMs) => {
    if (!onFailure || status === 'STALE' || code === 'BAD_USER_INPUT') return;
    onFailure({ platform, status, code, reason: inside, path: locate(path), elapsedMs });
  };
}

/** The fault of a platform whose answer did not come. */
export function faultOf(answer: Extract<Answer, { kind: 'missing' }>): Fault {
  const told = answer.problems.find(isTelling);
  if (told) return { status: statusOf(told, answer.status), code: told.code, reason: told.message };
  return { status: answer.status, code: answer.code, reason: answer.reason, inside: answer.problems[0]?.message };
}

/** The fault of a platform that answered, but reported an error for a part of it. */
export function faultOfProblem(problem: Problem): Fault {
  const code = problem.code;
  if (code === 'PLATFORM_LATE') return { status: 'LATE', code, reason: problem.message };
  const reason = isTelling(problem) ? problem.message : 'the platform failed on this part';
  return { status: statusOf(problem, 'FAILED'), code, reason, inside: problem.message };
}

function statusOf({ code }: Problem, otherwise: Fault['status']): Fault['status'] {
  return code === 'BAD_USER_INPUT' || code === 'TOO_COSTLY' ? 'REFUSED' : otherwise;
}

/** Codes whose messages platforms write for the caller; all other messages stay inside. */
const TELLING: ReadonlySet<string> = new Set(['BAD_USER_INPUT', 'STANDARD_BREACH', 'NOT_FOUND', 'TOO_COSTLY']);

function isTelling(problem: Problem): boolean {
  return TELLING.has(problem.code);
}
