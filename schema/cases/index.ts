/** What cases, requests and orders are: their classes, their flow, their limits, and the thresholds that raise alarms. */
export {
  applyCaseStage,
  type CaseClockReading,
  type CaseFacts,
  isCaseOnTime,
  readCaseClocks,
  replayCase,
  startCase,
} from './case-flow.ts';
export { type CaseSummary, summarizeCase } from './case-summary.ts';
export {
  type Category,
  type CategoryKind,
  type CategoryTable,
  categories,
  type FilingCondition,
  nextLocalCategory,
} from './categories.ts';
export { type ClosingCondition, closingConditionOf } from './closing-conditions.ts';
export { type Dictionary, dictionaries, networkClass } from './dictionaries.ts';
export type { AppliedStage } from './flow/apply-stage.ts';
export { FlowError } from './flow/flow-error.ts';
export { FlowProgress, type FlowStage, type Judgement } from './flow/flow-progress.ts';
export type { FlowTable, Transition } from './flow/flow-table.ts';
export type { ClockReading } from './flow/stage-clock.ts';
export { type StageLimit, stageLimits } from './flow/stage-limits.ts';
export {
  answerOwed,
  isOrderOverdue,
  ORDER_STATUSES,
  type OrderDue,
  type OrderStatus,
  type OrderTransition,
  orderTransitionBy,
  orderTransitions,
  signingOwed,
} from './orders.ts';
export {
  applyRequestStage,
  REQUEST_STATUSES,
  type RequestClockReading,
  type RequestFacts,
  type RequestStatus,
  readRequestClocks,
  replayRequest,
  requestStatusOf,
  requestTable,
  requestTransitions,
  startRequest,
} from './request-flow.ts';
export { type RequestKind, type RequestKindRule, requestKinds, requestLimit } from './request-kinds.ts';
export { type RequestSummary, summarizeRequest } from './request-summary.ts';
export {
  type AlarmLevel,
  alarmLevelOf,
  alarmThresholds,
  isMonitoringField,
  isTripped,
  type MonitoringField,
  monitoringFields,
  type Threshold,
  thresholds,
} from './thresholds.ts';
export {
  CASE_CLOCKS,
  CASE_STATUSES,
  type CaseClockName,
  type CaseStatus,
  caseTable,
  clockEffects,
  statusOf,
  transitionBy,
  transitions,
  transitionsFrom,
} from './transitions.ts';
