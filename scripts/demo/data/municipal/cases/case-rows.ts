/** A case and what was done → the rows of `cases` and `case_stages`. */
import { type CaseSummary, type Category, statusOf, summarizeCase } from '@yiwang/schema/cases';
import { isoOf } from '../../data-period.ts';
import type { ActLog, Actor } from '../act-log.ts';
import type { Location } from '../setting/localities.ts';
import type { Row } from '../tables.ts';
import type { CasePlan } from './case-plan.ts';

export interface CaseSubject {
  readonly location: Location;
  readonly category: Category;
  readonly component: string | null;
}

export interface CaseRecord {
  readonly id: string;
  readonly plan: CasePlan;
  readonly subject: CaseSubject;
  readonly reporter: Actor;
  readonly log: ActLog;
  /** The hotline request that it was made from. */
  readonly request: string | null;
}

export function caseRow({ id, plan, subject, reporter, log, request }: CaseRecord): Row<'cases'> {
  const { location, category, component } = subject;
  const { condition, source } = plan;
  const summary = summarizeCase(log.progress);
  return {
    id,
    division: location.locality.division,
    grid: location.grid,
    category: category.code,
    condition_id: condition.id,
    source,
    status: summary.status,
    flow_state: summary.state,
    suspended: summary.suspendedUntil !== null,
    suspended_until: isoOf(summary.suspendedUntil),
    description: `${location.address}附近${category.name}：${condition.description}${contactOf(plan, reporter)}`,
    address: location.address,
    longitude: location.longitude,
    latitude: location.latitude,
    department: summary.department,
    component,
    request,
    reporter_name: reporter?.name ?? null,
    reporter_phone: reporter?.phone ?? null,
    limit_amount: condition.limit.amount,
    limit_unit: condition.limit.unit,
    ...instantColumns(summary),
    ...clockColumns(summary),
    return_count: summary.returns,
    rework_count: summary.reworks,
    extension_count: summary.extensions,
    appeal: summary.appeal,
  };
}

function contactOf({ source }: CasePlan, reporter: Actor): string {
  return source === 'PUBLIC' && reporter?.phone.endsWith('7') ? `，联系${reporter.name}${reporter.phone}` : '';
}

function instantColumns(summary: CaseSummary) {
  return {
    reported_at: isoOf(summary.reportedAt),
    verified_at: isoOf(summary.verifiedAt),
    filed_at: isoOf(summary.filedAt),
    dispatched_at: isoOf(summary.dispatchedAt),
    handled_at: isoOf(summary.handledAt),
    inspected_at: isoOf(summary.inspectedAt),
    closed_at: isoOf(summary.closedAt),
    voided_at: isoOf(summary.voidedAt),
    transferred_at: isoOf(summary.transferredAt),
    accept_due_at: isoOf(summary.acceptDueAt),
    verify_due_at: isoOf(summary.verifyDueAt),
    dispatch_due_at: isoOf(summary.dispatchDueAt),
    handle_due_at: isoOf(summary.handleDueAt),
    inspect_due_at: isoOf(summary.inspectDueAt),
    due_at: isoOf(summary.dueAt),
  };
}

function clockColumns(summary: CaseSummary) {
  return {
    accept_seconds: summary.acceptSeconds,
    dispatch_seconds: summary.dispatchSeconds,
    handle_seconds: summary.handleSeconds,
    total_seconds: summary.totalSeconds,
    paused_seconds: summary.pausedSeconds,
    filed_on_time: summary.filedOnTime,
    handled_on_time: summary.handledOnTime,
    on_time: summary.onTime,
  };
}

export function stageRows({ id, subject, log }: CaseRecord): Row<'case_stages'>[] {
  const { division } = subject.location.locality;
  let before: number | undefined;
  return log.acts.map(({ stage, by, from, to, dueAt }, index) => {
    const elapsed = before === undefined ? null : (stage.at - before) / 1000;
    before = stage.at;
    return {
      case_id: id,
      seq: index + 1,
      division,
      action: stage.action,
      at: isoOf(stage.at),
      actor_name: by?.name ?? null,
      actor_phone: by?.phone ?? null,
      actor_post: stage.role,
      officer: stage.actor ?? null,
      receiver: stage.receiver ?? null,
      department: stage.department ?? null,
      reason: stage.reason ?? null,
      suspended_until: isoOf(stage.until),
      from_status: from === null ? null : statusOf(from),
      to_status: statusOf(to),
      due_at: isoOf(dueAt),
      elapsed_seconds: elapsed,
    };
  });
}
