/** The clocks of a request, from its stages by the standard's table of transitions. */
import { PlatformError } from '@yiwang/platform';
import {
  FlowError,
  type FlowStage,
  type Judgement,
  type RequestKind,
  readRequestClocks,
  replayRequest,
} from '@yiwang/schema/cases';
import type { RequestRow, RequestStageRow } from './store/requests.ts';

/** Throws a `PlatformError` with STANDARD_BREACH if the table does not allow the stages. */
export function readStageClocks({ id, kind, urgent }: RequestRow, stages: readonly RequestStageRow[], now: Date) {
  try {
    const progress = replayRequest({ kind: kind as RequestKind, urgent }, stages.map(toFlowStage));
    return readRequestClocks(progress, Math.max(now.getTime(), progress.at)).map((reading) => ({
      ...reading,
      startedAt: new Date(reading.startedAt ?? 0),
      dueAt: toDate(reading.dueAt),
      finishedAt: toDate(reading.finishedAt),
    }));
  } catch (error) {
    if (!(error instanceof FlowError)) throw error;
    const message = `The stages of ${id} do not follow the table of transitions. ${error.message}`;
    throw new PlatformError('STANDARD_BREACH', message, { cause: error });
  }
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

function toDate(instant: number | null): Date | null {
  return instant === null ? null : new Date(instant);
}
