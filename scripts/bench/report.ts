/** What was measured → the report of a scenario: the medians of the rounds, and ratios. */
import type { ContestantName } from './contestants.ts';
import type { Measured, MeasuredScenario, Turn } from './measure.ts';
import type { Callers, Scenario, ScenarioName } from './scenario.ts';

/** One contestant with one kind of callers: each number is the median of its rounds. */
export interface Row extends Turn {
  readonly contestant: ContestantName;
  readonly callers: Callers;
  readonly rssBytes: number;
  readonly rssPeakBytes: number | undefined;
  /** How many times as many requests a second our engine answers. */
  readonly oursByRate: number | undefined;
  /** How many times the CPU time of our engine a request takes. */
  readonly oursByCpu: number | undefined;
  readonly turns: readonly Turn[];
}

export interface ScenarioReport {
  readonly scenario: ScenarioName;
  readonly about: string;
  readonly answerBytes: number;
  readonly connections: number;
  /** That a gateway makes which makes each once. */
  readonly fetches: number;
  readonly rows: readonly Row[];
}

export function reportScenario(
  scenario: Scenario,
  measured: MeasuredScenario,
  kinds: readonly Callers[],
): ScenarioReport {
  const rows = kinds.flatMap((callers) => {
    const ours = measured.contestants.find(({ contestant }) => contestant === 'yiwang');
    const base = ours && medianTurn(ours.turns[callers]);
    return measured.contestants.map((each) => rowOf(each, callers, base));
  });
  const { name, about, connections, fetches } = scenario;
  return { scenario: name, about, answerBytes: measured.answerBytes, connections, fetches, rows };
}

function rowOf({ contestant, turns, rssBytes, rssPeakBytes }: Measured, callers: Callers, ours: Turn | undefined): Row {
  const median = medianTurn(turns[callers]);
  return {
    ...median,
    contestant,
    callers,
    rssBytes,
    rssPeakBytes,
    oursByRate: ours && ours.requestsPerSecond / median.requestsPerSecond,
    oursByCpu: ours && median.cpuMsPerRequest / ours.cpuMsPerRequest,
    turns: turns[callers],
  };
}

function medianTurn(turns: readonly Turn[]): Turn {
  const of = (read: (turn: Turn) => number): number => median(turns.map(read));
  return {
    requestsPerSecond: of((turn) => turn.requestsPerSecond),
    p50Ms: of((turn) => turn.p50Ms),
    p99Ms: of((turn) => turn.p99Ms),
    cpuMsPerRequest: of((turn) => turn.cpuMsPerRequest),
    cpuShare: of((turn) => turn.cpuShare),
    callsPerRequest: of((turn) => turn.callsPerRequest),
    besideP99Ms: of((turn) => turn.besideP99Ms),
    besideMaxMs: Math.max(...turns.map((turn) => turn.besideMaxMs)),
  };
}

/** Throws where there is none. */
export function median(values: readonly number[]): number {
  const ascending = [...values].sort((a, b) => a - b);
  const middle = ascending.length / 2;
  const low = ascending[Math.ceil(middle) - 1];
  const high = ascending[Math.floor(middle)];
  if (low === undefined || high === undefined) throw new Error('there is no median of nothing');
  return (low + high) / 2;
}
