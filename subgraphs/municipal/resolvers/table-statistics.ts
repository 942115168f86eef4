/** The statistics of alarms, penalty cases and components. */
import { ifPresent, whereClass } from '@yiwang/platform';
import { countTable, createStatisticsKind, type SelectionInfo } from '@yiwang/platform/statistics';
import { dateAt } from '@yiwang/schema/time';
import type {
  QueryAlarmStatisticsArgs,
  QueryComponentStatisticsArgs,
  QueryEnforcementStatisticsArgs,
} from '../generated/schema.ts';
import type { MunicipalContext } from '../loaders.ts';
import { whereAlarms } from '../store/monitoring.ts';
import { ALARMS, COMPONENTS, ENFORCEMENT } from '../store/table-statistics.ts';
import { parseAlarmFilter } from './arguments.ts';

const ALARM_STATISTICS = createStatisticsKind(namesOf(ALARMS.facts), {
  acknowledging: { numerator: 'minutesToAcknowledge', denominator: 'acknowledged' },
  resolving: { numerator: 'minutesToResolve', denominator: 'resolved' },
  falseAlarm: { numerator: 'falseAlarms', denominator: 'resolved' },
});
const ENFORCEMENT_STATISTICS = createStatisticsKind(namesOf(ENFORCEMENT.facts), {
  fined: { numerator: 'fined', denominator: 'decided' },
});
const COMPONENT_STATISTICS = createStatisticsKind(namesOf(COMPONENTS.facts), {
  intact: { numerator: 'intact', denominator: 'total' },
});

export type AlarmGroup = Awaited<ReturnType<typeof resolveAlarmStatistics>>[number];
export type EnforcementGroup = Awaited<ReturnType<typeof resolveEnforcementStatistics>>[number];
export type ComponentGroup = Awaited<ReturnType<typeof resolveComponentStatistics>>[number];

export function resolveAlarmStatistics(
  { filter, ...args }: QueryAlarmStatisticsArgs,
  context: MunicipalContext,
  info: SelectionInfo,
) {
  const where = whereAlarms(parseAlarmFilter(filter));
  return countTable({ kind: ALARM_STATISTICS, table: ALARMS, args, where, info }, context);
}

export function resolveEnforcementStatistics(
  args: QueryEnforcementStatisticsArgs,
  context: MunicipalContext,
  info: SelectionInfo,
) {
  return countTable({ kind: ENFORCEMENT_STATISTICS, table: ENFORCEMENT, args, info }, context);
}

export function resolveComponentStatistics(
  { category, ...args }: QueryComponentStatisticsArgs,
  context: MunicipalContext,
  info: SelectionInfo,
) {
  const where = ifPresent(category, (code) => whereClass('t.category', code));
  const present = { ...args, period: dateAt(context.now).slice(0, 4) };
  return countTable({ kind: COMPONENT_STATISTICS, table: COMPONENTS, args: present, where, info }, context);
}

function namesOf<Name extends string>(facts: Readonly<Record<Name, unknown>>): readonly Name[] {
  return Object.keys(facts) as Name[];
}
