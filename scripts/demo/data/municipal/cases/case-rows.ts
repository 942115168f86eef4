/** A case and its progress → the rows of `cases` and `case_stages`. */
import type { Category } from '@yiwang/schema/cases';
import { isoOf } from '../../data-period.ts';
import type { Random } from '../../random.ts';
import type { Staff } from '../offices/staff.ts';
import type { Location } from '../setting/localities.ts';
import type { Human } from '../setting/people.ts';
import type { Row } from '../tables.ts';
import { usedSeconds } from './case-flow.ts';
import type { CasePlan, CaseProgress } from './case-progress.ts';

export type CaseSource = 'PATROL' | 'HOTLINE' | 'PUBLIC' | 'VIDEO' | 'LEADER' | 'DEPARTMENT' | 'SENSOR';

export interface CaseSubject {
  readonly location: Location;
  readonly category: Category;
  readonly component: string | null;
}

interface CaseRowInput {
  readonly id: string;
  readonly source: CaseSource;
  readonly subject: CaseSubject;
  readonly reporter: Human | null;
  readonly plan: CasePlan;
  readonly progress: CaseProgress;
  readonly request: string | null;
  readonly condition: { readonly id: string; readonly description: string };
}

export function caseRow({
  id,
  source,
  subject,
  reporter,
  plan,
  progress,
  request,
  condition,
}: CaseRowInput): Row<'cases'> {
  const { location, category, component } = subject;
  return {
    id,
    division: location.locality.division,
    grid: location.grid,
    category: category.code,
    condition_id: condition.id,
    source,
    status: progress.status,
    flow_state: progress.flowState,
    suspended: progress.suspendedUntil !== null,
    suspended_until: isoOf(progress.suspendedUntil),
    description: `${location.address}附近${category.name}：${condition.description}${contactOf(source, reporter)}`,
    address: location.address,
    longitude: location.longitude,
    latitude: location.latitude,
    department: progress.department,
    component,
    request,
    reporter_name: reporter?.name ?? null,
    reporter_phone: reporter?.phone ?? null,
    limit_amount: plan.limit.amount,
    limit_unit: plan.limit.unit,
    ...instantColumns(plan, progress),
    ...clockColumns(plan, progress),
    return_count: progress.returns,
    rework_count: progress.reworks,
    extension_count: progress.extensions,
  };
}

function contactOf(source: CaseSource, reporter: Human | null): string {
  return source === 'PUBLIC' && reporter?.phone.endsWith('7') ? `，联系${reporter.name}${reporter.phone}` : '';
}

function instantColumns(plan: CasePlan, progress: CaseProgress) {
  return {
    reported_at: isoOf(plan.reportedAt),
    verified_at: isoOf(progress.verifiedAt),
    filed_at: isoOf(progress.filedAt),
    dispatched_at: isoOf(progress.dispatchedAt),
    handled_at: isoOf(progress.handledAt),
    inspected_at: isoOf(progress.inspectedAt),
    closed_at: isoOf(progress.closedAt),
    voided_at: isoOf(progress.voidedAt),
    accept_due_at: isoOf(progress.acceptDueAt),
    dispatch_due_at: isoOf(progress.dispatchDueAt),
    handle_due_at: isoOf(progress.handleDueAt),
    due_at: isoOf(progress.dueAt),
  };
}

function clockColumns(plan: CasePlan, progress: CaseProgress) {
  const { filedAt, dispatchedAt, handledAt, closedAt, handleDueAt, dueAt, pausedSeconds } = progress;
  const seconds = (from: number | null, to: number | null) =>
    from === null || to === null ? null : (to - from) / 1000;
  const used = (from: number | null, to: number | null) =>
    from === null || to === null ? null : Math.max(usedSeconds(from, to, plan.limit) - pausedSeconds, 0);
  return {
    accept_seconds: seconds(plan.reportedAt, filedAt),
    dispatch_seconds: seconds(filedAt, dispatchedAt),
    handle_seconds: used(dispatchedAt, handledAt),
    total_seconds: used(filedAt, closedAt),
    paused_seconds: Math.round(progress.pausedMs / 1000),
    filed_on_time: filedAt === null ? null : filedAt <= progress.acceptDueAt,
    handled_on_time: handledAt === null ? null : handledAt <= handleDueAt!,
    on_time: closedAt === null ? null : closedAt <= dueAt!,
  };
}

interface StageRowInput {
  readonly id: string;
  readonly source: CaseSource;
  readonly subject: CaseSubject;
  readonly reporter: Human | null;
  readonly progress: CaseProgress;
  readonly staff: Staff;
  readonly random: Random;
}

export function stageRows({
  id,
  source,
  subject,
  reporter,
  progress,
  staff,
  random,
}: StageRowInput): Row<'case_stages'>[] {
  return progress.steps.map((step, i) => {
    const actor = i === 0 ? reporter : step.post === null ? null : random.pick(staff[step.post]);
    return {
      case_id: id,
      seq: i + 1,
      division: subject.location.locality.division,
      action: step.action,
      at: isoOf(step.at),
      actor_name: actor?.name ?? null,
      actor_phone: actor?.phone ?? null,
      actor_post: i === 0 && source !== 'PATROL' ? null : step.post,
      department: step.department,
      reason: step.reason,
      from_status: step.from,
      to_status: step.to,
      due_at: isoOf(step.dueAt),
      elapsed_seconds: i === 0 ? null : (step.at - progress.steps[i - 1]!.at) / 1000,
    };
  });
}
