/**
 * The flow of a case: its stages → where it stands, its instants, counters and clocks, by `transitions.json` and
 * `clock.json` (GB/T 30428.8, one real city's rules).
 */
import { once } from '../standard/data-file.ts';
import type { TimeLimit } from '../time/time-limit.ts';
import { type AppliedStage, applyStage, type Checks } from './flow/apply-stage.ts';
import {
  isHandledByAnother,
  isNamed,
  isNotOverdue,
  isNotSuspended,
  isSuspended,
  isUntilWithin,
} from './flow/common-checks.ts';
import { type ClockTerms, FlowProgress, type FlowStage } from './flow/flow-progress.ts';
import type { ClockReading } from './flow/stage-clock.ts';
import { closingLimit, resolveTerms, stageLimits } from './flow/stage-limits.ts';
import { CASE_CLOCKS, type CaseClockName, caseTable, suspensionDaysMax } from './transitions.ts';

/** What is known of a case besides its stages. */
export interface CaseFacts {
  /** The limit of the filing condition; null if the case has none yet, and cannot be filed. */
  readonly limit: TimeLimit | null;
}

export interface CaseClockReading extends ClockReading {
  readonly clock: CaseClockName;
}

const checks: () => Checks = once(() => ({
  NAMED: isNamed,
  HANDLED_BY_ANOTHER: isHandledByAnother,
  NOT_SUSPENDED: isNotSuspended,
  SUSPENDED: isSuspended,
  UNTIL_GIVEN: isUntilWithin(suspensionDaysMax()),
  NOT_OVERDUE: isNotOverdue('HANDLE'),
  CLOSED_LATE: (progress) => (isCaseOnTime(progress) === false ? undefined : 'a case that was closed late is expected'),
}));

/** Before the report. */
export function startCase({ limit }: CaseFacts): FlowProgress {
  return new FlowProgress({ table: caseTable(), terms: termsOf(limit), limit });
}

/** Throws a `FlowError` and changes nothing if the stage is not allowed. */
export function applyCaseStage(progress: FlowProgress, stage: FlowStage): AppliedStage {
  return applyStage(progress, stage, checks());
}

/** Throws a `FlowError` that names the first stage that is not allowed. */
export function replayCase(facts: CaseFacts, stages: Iterable<FlowStage>): FlowProgress {
  const progress = startCase(facts);
  for (const stage of stages) applyCaseStage(progress, stage);
  return progress;
}

/** The clocks that ever started, in the order of the work, as they show at an instant not before the last stage. */
export function readCaseClocks(progress: FlowProgress, at: number): readonly CaseClockReading[] {
  return CASE_CLOCKS.flatMap((clock) => {
    const reading = progress.readClock(clock, at);
    return reading === undefined || reading.startedAt === null ? [] : [{ clock, ...reading }];
  });
}

/** Closed by the deadline; null until closed. A case that was solved on the spot has no deadline to miss. */
export function isCaseOnTime(progress: FlowProgress): boolean | null {
  return progress.instants.has('closedAt') ? (progress.onTime.get('closedAt') ?? true) : null;
}

const termsByLimit = new Map<string, ClockTerms>();
/** The standard has a few dozen limits; rows may have others. */
const LIMITS_KEPT_MAX = 1_000;

function termsOf(limit: TimeLimit | null): ClockTerms {
  const key = limit === null ? '' : `${limit.amount} ${limit.unit}`;
  let terms = termsByLimit.get(key);
  if (terms === undefined) {
    const names = limit === null ? {} : { CONDITION: limit, CLOSING: closingLimit(limit) };
    terms = resolveTerms(stageLimits().caseStages, { names });
    if (termsByLimit.size < LIMITS_KEPT_MAX) termsByLimit.set(key, terms);
  }
  return terms;
}
