/** The clocks of a row that runs through a table of transitions, as the graph shows them. */
import { type ClockReading, FlowError } from '@yiwang/schema/cases';
import { PlatformError } from '../errors.ts';

interface Flow<Progress extends { readonly at: number }, Reading extends ClockReading> {
  /** Throws a `FlowError` if the table does not allow the stages. */
  replay(): Progress;
  /** Milliseconds since 1970. */
  readClocks(progress: Progress, at: number): readonly Reading[];
}

/** Throws a `PlatformError` with STANDARD_BREACH if the table does not allow the stages. */
export function showStageClocks<Progress extends { readonly at: number }, Reading extends ClockReading>(
  id: string,
  now: Date,
  { replay, readClocks }: Flow<Progress, Reading>,
) {
  try {
    const progress = replay();
    return readClocks(progress, Math.max(now.getTime(), progress.at)).map((reading) => ({
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

function toDate(instant: number | null): Date | null {
  return instant === null ? null : new Date(instant);
}
