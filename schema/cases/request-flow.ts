/**
 * The flow of a hotline request: its stages → where it stands, its instants, counters and clocks, by
 * `request-transitions.json`, `clock.json` and the limit of its kind (Beijing regulation on handling upon complaint, 2021).
 */
import { once, readData } from '../standard/data-file.ts';
import { describeValue, StandardError } from '../standard/standard-error.ts';
import { type AppliedStage, applyStage, type Check, type Checks } from './flow/apply-stage.ts';
import { isNotOverdue } from './flow/common-checks.ts';
import { type ClockTerms, FlowProgress, type FlowStage } from './flow/flow-progress.ts';
import { createFlowTable, type FlowFile, type FlowTable, type Transition } from './flow/flow-table.ts';
import type { ClockReading } from './flow/stage-clock.ts';
import { resolveTerms, stageLimits } from './flow/stage-limits.ts';
import { type RequestKind, requestLimit } from './request-kinds.ts';

/** The public statuses, in the order of the work. */
export const REQUEST_STATUSES = [
  'RECEIVED',
  'DISPATCHED',
  'RETURNED',
  'HANDLING',
  'ANSWERED',
  'CALLED_BACK',
  'CLOSED',
] as const;
export type RequestStatus = (typeof REQUEST_STATUSES)[number];

export const REQUEST_CLOCKS = ['RECEIVE', 'SIGN', 'RETURN', 'ANSWER', 'SECOND'] as const;
export type RequestClockName = (typeof REQUEST_CLOCKS)[number];

/** What is known of a request besides its stages. */
export interface RequestFacts {
  readonly kind: RequestKind;
  readonly urgent: boolean;
  /** The department that it complains of, which may not get it. */
  readonly complainedOf?: string | null;
}

export interface RequestClockReading extends ClockReading {
  readonly clock: RequestClockName;
}

export const requestTable: () => FlowTable = once(() =>
  createFlowTable(readData<FlowFile>('request-transitions.json')),
);

export function requestTransitions(): readonly Transition[] {
  return requestTable().transitions;
}

/** The public status of a state of the flow. Throws a `StandardError` with TRANSITION for an unknown state. */
export function requestStatusOf(state: string): RequestStatus {
  const status = REQUEST_STATUSES.find((candidate) => candidate === requestTable().statusOf(state));
  if (status === undefined) throw new StandardError('TRANSITION', `${describeValue(state)} has no public status`);
  return status;
}

/** Before it is received. */
export function startRequest({ kind, urgent, complainedOf = null }: RequestFacts): FlowProgress {
  const limit = requestLimit(kind);
  return new FlowProgress({ table: requestTable(), terms: termsOf(kind, urgent), limit, complainedOf });
}

/** Throws a `FlowError` and changes nothing if the stage is not allowed. */
export function applyRequestStage(progress: FlowProgress, stage: FlowStage): AppliedStage {
  return applyStage(progress, stage, CHECKS);
}

/** Throws a `FlowError` that names the first stage that is not allowed. */
export function replayRequest(facts: RequestFacts, stages: Iterable<FlowStage>): FlowProgress {
  const progress = startRequest(facts);
  for (const stage of stages) applyRequestStage(progress, stage);
  return progress;
}

/** The clocks that ever started, in the order of the work, as they show at an instant not before the last stage. */
export function readRequestClocks(progress: FlowProgress, at: number): readonly RequestClockReading[] {
  return REQUEST_CLOCKS.flatMap((clock) => {
    const reading = progress.readClock(clock, at);
    return reading === undefined || reading.startedAt === null ? [] : [{ clock, ...reading }];
  });
}

const isNotComplainedOf: Check = ({ complainedOf }, { department }) =>
  complainedOf !== null && department === complainedOf
    ? `${describeValue(department)} is complained of, and stands aside`
    : undefined;

const isAnotherUnit: Check = (progress, { department }) =>
  department === progress.department ? `${describeValue(department)} sent it back` : undefined;

const isCalledByAnother: Check = (progress, { department }) =>
  department && department === progress.department
    ? `${describeValue(department)} undertook it; another desk calls back`
    : undefined;

const isUnsatisfied: Check = ({ judgement }) =>
  judgement?.valid && (judgement.resolved === false || judgement.satisfied === 'DISSATISFIED')
    ? undefined
    : 'a valid callback is expected that finds it unresolved, or the requester dissatisfied';

const isSecondLeft: Check = (progress) =>
  progress.count('secondHandlings') === 0 ? undefined : 'it was handled a second time before';

const CHECKS: Checks = {
  NOT_COMPLAINED_OF: isNotComplainedOf,
  ANOTHER_UNIT: isAnotherUnit,
  RETURN_IN_TIME: isNotOverdue('RETURN'),
  NOT_OVERDUE: isNotOverdue('ANSWER'),
  CALLED_BY_ANOTHER: isCalledByAnother,
  UNSATISFIED: isUnsatisfied,
  SECOND_LEFT: isSecondLeft,
};

const termsByKind = new Map<string, ClockTerms>();

function termsOf(kind: RequestKind, urgent: boolean): ClockTerms {
  const key = `${kind} ${urgent}`;
  let terms = termsByKind.get(key);
  if (terms === undefined) {
    terms = resolveTerms(stageLimits().requestStages, { names: { KIND: requestLimit(kind) }, urgent });
    termsByKind.set(key, terms);
  }
  return terms;
}
