/** Scenario → what each contestant did in it: contestants take turns of a few seconds, in another order each round. */
import { checkSameData, type Known } from './check.ts';
import { bodyOf, percentile, runLoad } from './client.ts';
import type { ContestantName } from './contestants.ts';
import { probeDuring, TINY } from './probe.ts';
import type { Callers, Scenario } from './scenario.ts';
import { type Contestant, openStage, type Stage, type StageSettings } from './stage.ts';

export interface Settings extends StageSettings {
  readonly callers: readonly Callers[];
  readonly rounds: number;
  /** Of one turn of one contestant. */
  readonly turnMs: number;
  /** Of each contestant, in turns. */
  readonly warmupMs: number;
  /** Told what is at work, one line at a time. */
  say(line: string): void;
}

/** One turn. */
export interface Turn {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMsPerRequest: number;
  /** Of one core; well below 1, something else was the bottleneck. */
  readonly cpuShare: number;
  readonly callsPerRequest: number;
  /** What the smallest query waited meanwhile. */
  readonly besideP99Ms: number;
  readonly besideMaxMs: number;
}

export interface Measured {
  readonly contestant: ContestantName;
  readonly turns: Readonly<Record<Callers, readonly Turn[]>>;
  readonly rssBytes: number;
  readonly rssPeakBytes: number | undefined;
}

export interface MeasuredScenario {
  readonly answerBytes: number;
  readonly contestants: readonly Measured[];
}

/** Throws an `Error` where a contestant fails or gives other data than the rest. */
export async function measureScenario(scenario: Scenario, settings: Settings): Promise<MeasuredScenario> {
  const { say, rounds, turnMs, warmupMs } = settings;
  say(`${scenario.name}: starting ${settings.contestants.join(', ')}`);
  const stage = await openStage(scenario, settings);
  try {
    const clients = new Map(stage.contestants.map(({ name, client }) => [name, client]));
    const { known, answerBytes } = await checkSameData(scenario, clients);
    const all: Taker[] = [];
    for (const contestant of stage.contestants) {
      const probeCalls = await countProbeCalls(stage, contestant);
      all.push(createTaker({ scenario, stage, contestant, probeCalls, known: known.get(contestant.name)! }));
    }
    const warmupTurns = Math.ceil(warmupMs / turnMs);
    for (let turn = 0; turn < warmupTurns; turn++) {
      say(`${scenario.name}: warm-up ${turn + 1} of ${warmupTurns}`);
      const callers = settings.callers[turn % settings.callers.length]!;
      for (const taker of all) await taker.take(callers, Math.min(turnMs, warmupMs));
    }
    for (let round = 0; round < rounds; round++) {
      say(`${scenario.name}: round ${round + 1} of ${rounds}`);
      for (let at = 0; at < all.length; at++) {
        const taker = all[(round + at) % all.length]!;
        for (const callers of settings.callers) taker.turns[callers].push(await taker.take(callers, turnMs));
      }
    }
    return { answerBytes, contestants: all.map((taker) => taker.measured()) };
  } finally {
    await stage.close();
  }
}

interface Taker {
  readonly turns: Record<Callers, Turn[]>;
  take(callers: Callers, durationMs: number): Promise<Turn>;
  measured(): Measured;
}

interface TakerParts {
  readonly scenario: Scenario;
  readonly stage: Stage;
  readonly contestant: Contestant;
  readonly known: Known;
  /** Subgraph calls that the smallest query makes. */
  readonly probeCalls: number;
}

/** Asked twice, since the first may cost more. */
async function countProbeCalls(stage: Stage, { beside }: Contestant): Promise<number> {
  await beside.ask(TINY);
  const before = await stage.readCalls();
  await beside.ask(TINY);
  return (await stage.readCalls()) - before;
}

function createTaker({ scenario, stage, contestant, known, probeCalls }: TakerParts): Taker {
  const { name, client, beside, server } = contestant;
  const bodies = Array.from({ length: scenario.callers }, (_, caller) => bodyOf(scenario, 'distinct', caller));
  const turns: Record<Callers, Turn[]> = { distinct: [], identical: [] };
  let count = 0;
  return {
    turns,
    async take(callers, durationMs) {
      const next = () => {
        const caller = callers === 'identical' ? 0 : count++ % bodies.length;
        return { body: bodies[caller]!, caller };
      };
      const callsBefore = await stage.readCalls();
      const cpuMsBefore = server.usage().cpuMs;
      const load = runLoad({ client, connections: scenario.connections, durationMs, next, check: known.check });
      const { result, latenciesMs } = await probeDuring(beside, load);
      const cpuMs = server.usage().cpuMs - cpuMsBefore;
      const calls = (await stage.readCalls()) - callsBefore - probeCalls * latenciesMs.length;
      const requests = result.latenciesMs.length;
      const besideMs = [...latenciesMs].sort((a, b) => a - b);
      return {
        requestsPerSecond: (requests * 1_000) / result.elapsedMs,
        p50Ms: percentile(result.latenciesMs, 0.5),
        p99Ms: percentile(result.latenciesMs, 0.99),
        cpuMsPerRequest: cpuMs / requests,
        cpuShare: cpuMs / result.elapsedMs,
        callsPerRequest: calls / requests,
        besideP99Ms: percentile(besideMs, 0.99),
        besideMaxMs: percentile(besideMs, 1),
      };
    },
    measured() {
      const { rssBytes, rssPeakBytes } = server.usage();
      return { contestant: name, turns, rssBytes, rssPeakBytes };
    },
  };
}
