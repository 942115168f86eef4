/** What cases, requests and orders are: their classes, their flow, their limits, and the thresholds that raise alarms. */
export {
  type Category,
  type CategoryKind,
  type CategoryTable,
  categories,
  type FilingCondition,
  nextLocalCategory,
} from './categories.ts';
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
export { type RequestKind, type RequestKindRule, requestKinds, requestLimit } from './request-kinds.ts';
export {
  type AlarmLevel,
  alarmLevelOf,
  isMonitoringField,
  isTripped,
  type MonitoringField,
  monitoringFields,
  type Threshold,
  thresholds,
} from './thresholds.ts';
export {
  CASE_STATUSES,
  type CaseStatus,
  statusOf,
  type Transition,
  transitionBy,
  transitions,
  transitionsFrom,
} from './transitions.ts';
