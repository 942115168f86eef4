/** What came of every call: coverage and errors, so that nothing is missing unsaid. */
import { type Region, union } from '@yiwang/schema';
import type { GraphQLError } from 'graphql';
import type { Answer, Problem } from '../model/answer.ts';
import { type ErrorCode, type Path, PublicError } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import type { PlatformEntry } from '../model/network.ts';
import type { Coverage, CoverageEntry, CoverageStatus } from '../model/request.ts';
import { createLacks } from './lacks.ts';

/** One call as coverage counts it: asked once, and either answered or listed. */
export interface CallRecord {
  /** Says that the platform's part is missing at this path; the first fault of a call is the one that is listed. */
  fault(fault: Fault, path: Path): void;
  took(elapsedMs: number): void;
  /** Says that what is shown in its place is older than it should be; nothing is missing. */
  stale(reason: string): void;
}

export interface Fault {
  readonly status: Exclude<CoverageStatus, 'OK'>;
  readonly code: ErrorCode;
  readonly reason: string;
}

export interface Ledger {
  /** Counts a call that is about to be made; `path` is worked out where it is listed. */
  call(platform: PlatformEntry, path: () => Path): CallRecord;
  error(error: GraphQLError): void;
  /** An error of one field of one object alone, where `error` explains all that lacks at its path, whatever the item. */
  fieldError(error: GraphQLError): void;
  /** Says that nothing will come at this path, without an error: to the caller it does not exist. */
  silence(path: Path): void;
  withheld(path: Path, groups: number): void;
  /** Says that nobody answers for a region that was asked for. */
  unserved(region: Region): void;
  /** Says that a platform's part at this path and below it did not come, so that a null there is no fault of what did. */
  gap(path: Path): void;
  isGap(path: Path): boolean;
  /** True where something at or above this path is known to be missing, so that a null there needs no further error. */
  explains(path: Path): boolean;
  coverage(options: { readonly all: boolean }): Coverage | undefined;
  readonly errors: readonly GraphQLError[];
  readonly withheldGroups: readonly { readonly path: Path; readonly groups: number }[];
}

type Entry = { -readonly [K in keyof CoverageEntry as K extends 'path' ? never : K]: CoverageEntry[K] } & Pick<
  CoverageEntry,
  'path'
>;

/** `namesOf` gives the divisions that make up a region. */
export function createLedger(
  { errorsMax, unservedMax }: Pick<Limits, 'errorsMax' | 'unservedMax'>,
  namesOf: (region: Region) => readonly string[],
): Ledger {
  const entries: Entry[] = [];
  const errors = new Map<string, GraphQLError>();
  const lacks = createLacks();
  const unservedRegions: Region[] = [];
  const withheldGroups: { path: Path; groups: number }[] = [];

  const keep = (given: GraphQLError): void => {
    const key = JSON.stringify([given.extensions.code, given.message, given.path]);
    if (errors.size < errorsMax && !errors.has(key)) errors.set(key, given);
  };
  const error = (given: GraphQLError): void => {
    lacks.explain(given.path ?? []);
    keep(given);
  };
  return {
    call: (platform, path) => {
      const { entry, record } = openCall(platform, path, (fault, at) => error(errorOf(fault, platform, at)));
      entries.push(entry);
      return record;
    },
    error,
    fieldError: (given) => {
      lacks.explainField(given.path ?? []);
      keep(given);
    },
    silence: lacks.explain,
    withheld: (path, groups) => {
      if (groups > 0) withheldGroups.push({ path, groups });
    },
    explains: lacks.isExplained,
    gap: lacks.gap,
    isGap: lacks.isGap,
    unserved: (region) => {
      if (region.length > 0) unservedRegions.push(region);
    },
    coverage: ({ all }) => {
      const unserved = namesOf(union(unservedRegions.flat())).slice(0, unservedMax);
      if (entries.length === 0 && unserved.length === 0) return undefined;
      const answered = entries.filter(({ status }) => status === 'OK').length;
      return {
        asked: entries.length,
        answered,
        complete: answered === entries.length,
        platforms: all ? entries : entries.filter(({ status }) => status !== 'OK'),
        ...(unserved.length > 0 ? { unserved } : {}),
      };
    },
    get errors() {
      return [...errors.values()];
    },
    withheldGroups,
  };
}

/** The entry of a call in coverage, and how it is written to; its path is worked out when it is read. */
function openCall(
  { id, division }: PlatformEntry,
  path: () => Path,
  tell: (fault: Fault, at: Path) => void,
): { readonly entry: Entry; readonly record: CallRecord } {
  let place: Path | undefined;
  const entry: Entry = {
    platform: id,
    division,
    status: 'OK',
    elapsedMs: 0,
    get path() {
      place ??= path();
      return place;
    },
  };
  const record: CallRecord = {
    took: (elapsedMs) => {
      entry.elapsedMs = elapsedMs;
    },
    stale: (reason) => {
      entry.status = 'STALE';
      entry.reason = reason;
    },
    fault: (fault, at) => {
      if (entry.status === 'OK') {
        entry.status = fault.status;
        entry.reason = fault.reason;
        place = at;
      }
      tell(fault, at);
    },
  };
  return { entry, record };
}

/** Input that platforms refuse is the caller's fault, and the same for all of them. */
function errorOf({ code, reason }: Fault, { id, division }: PlatformEntry, path: Path): PublicError {
  if (code === 'BAD_USER_INPUT') return new PublicError(code, reason, { path });
  const message = `the platform of ${division} is missing from the answer: ${reason}`;
  return new PublicError(code, message, { path, extensions: { platform: id, division } });
}

/** The fault of a platform whose answer did not come. */
export function faultOf(answer: Extract<Answer, { kind: 'missing' }>): Fault {
  const told = answer.problems.find(isTelling);
  if (told) return { status: statusOf(told, answer.status), code: told.code, reason: told.message };
  return { status: answer.status, code: answer.code, reason: answer.reason };
}

/** The fault of a platform that answered, but reported an error for a part of it. */
export function faultOfProblem(problem: Problem): Fault {
  const code = problem.code;
  if (code === 'PLATFORM_LATE') return { status: 'LATE', code, reason: problem.message };
  const reason = isTelling(problem) ? problem.message : 'the platform failed on this part';
  return { status: statusOf(problem, 'FAILED'), code, reason };
}

function statusOf({ code }: Problem, otherwise: Fault['status']): Fault['status'] {
  return code === 'BAD_USER_INPUT' ? 'REFUSED' : otherwise;
}

/** Codes whose messages platforms write for the caller; all other messages stay inside. */
function isTelling(problem: Problem): boolean {
  return problem.code === 'BAD_USER_INPUT' || problem.code === 'STANDARD_BREACH' || problem.code === 'NOT_FOUND';
}
