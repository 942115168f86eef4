/** The limits of the clocks of cases and requests (`clock.json`), as terms that follow one another. */
import { once, readData } from '../../standard/data-file.ts';
import { isContinuous } from '../../time/clock.ts';
import { parseTimeLimit, type TimeLimit } from '../../time/time-limit.ts';
import type { ClockTerms } from './flow-progress.ts';

/** Text of a time limit, or a name: CONDITION, KIND or CLOSING. */
export interface StageLimit {
  readonly limit: readonly string[];
  /** For urgent requests; the ordinary limit if it is absent. */
  readonly urgent?: readonly string[];
  /** `sure`: read in a source; `open`: a profile's figure, or sources differ. */
  readonly certainty: 'sure' | 'open';
  readonly note?: string;
}

interface StageLimitsFile {
  readonly profile: string;
  readonly closing: { readonly continuous: string; readonly working: string; readonly certainty: 'sure' | 'open' };
  readonly caseStages: Readonly<Record<string, StageLimit>>;
  readonly requestStages: Readonly<Record<string, StageLimit>>;
}

export const stageLimits = once(() => readData<StageLimitsFile>('clock.json'));

/** What stands behind a name of a term; undefined if it is not known. */
export type TermNames = Readonly<Record<string, TimeLimit | undefined>>;

/** The terms of each clock. A clock with an unknown term is left out. */
export function resolveTerms(
  stages: Readonly<Record<string, StageLimit>>,
  { names, urgent = false }: { readonly names: TermNames; readonly urgent?: boolean },
): ClockTerms {
  const terms = new Map<string, readonly TimeLimit[]>();
  for (const [clock, stage] of Object.entries(stages)) {
    const words = (urgent ? stage.urgent : undefined) ?? stage.limit;
    const limits = words.map((word) => (/^[A-Z]+$/.test(word) ? names[word] : parseTimeLimit(word)));
    if (limits.every((limit) => limit !== undefined)) terms.set(clock, limits);
  }
  return terms;
}

/** What the clock of the whole leaves for inspecting and closing after the handling. */
export function closingLimit({ unit }: TimeLimit): TimeLimit {
  const { continuous, working } = stageLimits().closing;
  return parseTimeLimit(isContinuous(unit) ? continuous : working);
}
