/** The clocks of a case, from its stages by the standard's table of transitions. */
import { PlatformError } from '@yiwang/platform';
import { type CaseFacts, FlowError, type FlowStage, readCaseClocks, replayCase } from '@yiwang/schema/cases';
import type { TimeUnit } from '@yiwang/schema/time';
import type { CaseRow, StageRow } from './store/cases.ts';

/** Throws a `PlatformError` with STANDARD_BREACH if the table does not allow the stages. */
export function readStageClocks(row: CaseRow, stages: readonly StageRow[], now: Date) {
  try {
    const progress = replayCase(factsOf(row), stages.map(toFlowStage));
    return readCaseClocks(progress, Math.max(now.getTime(), progress.at)).map((reading) => ({
      ...reading,
      startedAt: new Date(reading.startedAt ?? 0),
      dueAt: toDate(reading.dueAt),
      finishedAt: toDate(reading.finishedAt),
    }));
  } catch (error) {
    if (!(error instanceof FlowError)) throw error;
    const message = `The stages of ${row.id} do not follow the table of transitions. ${error.message}`;
    throw new PlatformError('STANDARD_BREACH', message, { cause: error });
  }
}

function factsOf({ limitAmount, limitUnit }: CaseRow): CaseFacts {
  const unit = limitUnit as TimeUnit | null;
  return { limit: limitAmount === null || unit === null ? null : { amount: limitAmount, unit } };
}

function toFlowStage(row: StageRow): FlowStage {
  return {
    action: row.action,
    at: row.at.getTime(),
    role: row.post ?? '',
    actor: row.officer,
    receiver: row.receiver,
    department: row.department,
    reason: row.reason,
    until: row.suspendedUntil?.getTime() ?? null,
  };
}

function toDate(instant: number | null): Date | null {
  return instant === null ? null : new Date(instant);
}
