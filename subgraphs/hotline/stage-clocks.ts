/** The clocks of a request, from its stages by the standard's table of transitions. */
import { showStageClocks } from '@yiwang/platform';
import {
  type FlowStage,
  type Judgement,
  type RequestKind,
  readRequestClocks,
  replayRequest,
} from '@yiwang/schema/cases';
import type { RequestRow, RequestStageRow } from './store/requests.ts';

/** Throws a `PlatformError` with STANDARD_BREACH if the table does not allow the stages. */
export function readStageClocks({ id, kind, urgent }: RequestRow, stages: readonly RequestStageRow[], now: Date) {
  return showStageClocks(id, now, {
    replay: () => replayRequest({ kind: kind as RequestKind, urgent }, stages.map(toFlowStage)),
    readClocks: readRequestClocks,
  });
}

function toFlowStage(row: RequestStageRow): FlowStage {
  return {
    action: row.action,
    at: row.at.getTime(),
    role: row.post ?? '',
    actor: row.officer,
    department: row.department,
    reason: row.reason,
    judgement: judgementOf(row),
  };
}

function judgementOf({ validCallback, responded, resolved, satisfied }: RequestStageRow): Judgement | null {
  if (validCallback === null) return null;
  return { valid: validCallback, responded, resolved, satisfied: satisfied as Judgement['satisfied'] };
}
