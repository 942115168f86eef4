/** The clocks of a case, from its stages by the standard's table of transitions. */
import { showStageClocks } from '@yiwang/platform';
import { type CaseFacts, type FlowStage, readCaseClocks, replayCase } from '@yiwang/schema/cases';
import type { TimeUnit } from '@yiwang/schema/time';
import type { CaseRow, StageRow } from './store/cases.ts';

/** Throws a `PlatformError` with STANDARD_BREACH if the table does not allow the stages. */
export function readStageClocks(row: CaseRow, stages: readonly StageRow[], now: Date) {
  return showStageClocks(row.id, now, {
    replay: () => replayCase(factsOf(row), stages.map(toFlowStage)),
    readClocks: readCaseClocks,
  });
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
