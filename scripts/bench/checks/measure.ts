/**
 * What the checks of the standard cost: two gateways over the same platforms, one with the checks and one without, in
 * turns. Rows keep the standard, as nearly all do.
 */
import type { PlatformEntry } from '@yiwang/gateway/model/platform/network.ts';
import { createGatewayClient, type GatewayClient } from '../gateway/gateway-client.ts';
import { type GatewayProcess, startGatewayProcess } from '../gateway/gateway-process.ts';
import { percentile } from '../percentile.ts';
import { createNationalMap } from '../stubs/national-map.ts';
import { startStubPlatforms } from '../stubs/stub-platforms.ts';
import { type Cores, moveTo } from '../targets/cores.ts';
import { readUsage } from '../targets/server-process.ts';

export interface ChecksSettings {
  readonly rounds: number;
  /** Duration of one sample. */
  readonly sampleMs: number;
  /** Load on each gateway before the first round. */
  readonly warmupMs: number;
  /** Undefined if all processes share all cores. */
  readonly cores: Cores | undefined;
  log(line: string): void;
}

export interface ChecksResult {
  readonly question: string;
  /** Medians of the rounds, with checks and without. */
  readonly requestsPerSecond: readonly [checked: number, unchecked: number];
  readonly cpuMsPerRequest: readonly [checked: number, unchecked: number];
  /** Medians of the ratios of the rounds, checked over unchecked: throughput, and its inverse by CPU. */
  readonly ratio: number;
  readonly cpuRatio: number;
}

interface Question {
  readonly name: string;
  readonly query: string;
  /** Distinct callers ask for pages of different sizes, so that no two share a call. */
  variables(caller: number): Readonly<Record<string, unknown>>;
}

const CASE = `id status source reportedAt filedAt dueAt closedAt onTime overdue suspended longitude latitude
  division { code } category { code }`;
const PAGE = `query($first: Int) { cases(first: $first) { nodes { ${CASE} } totalCount } }`;
const STATISTICS = `query($top: Int) {
  caseStatistics(period: "2026-01", groupBy: [COUNTY], top: $top) {
    key { division { code } } counts { reported filed due closed closedOnTime open overdue }
    rates { closing { numerator denominator value } closingOnTime { numerator denominator value } } } }`;
const CALLERS = 19;

const QUESTIONS: readonly Question[] = [
  { name: 'a page of 50 cases', query: PAGE, variables: (caller) => ({ first: 40 + (caller % CALLERS) }) },
  { name: 'a page of 500 cases', query: PAGE, variables: (caller) => ({ first: 480 + (caller % CALLERS) }) },
  { name: 'statistics by county', query: STATISTICS, variables: (caller) => ({ top: 480 + (caller % CALLERS) }) },
];

const PLATFORMS = 4;
const ROWS_EACH = 600;
const CONNECTIONS = 16;

interface Target {
  readonly process: GatewayProcess;
  readonly client: GatewayClient;
}

/** Throws an `Error` if the gateways differ in an answer, or an answer has errors. */
export async function measureChecksCost(settings: ChecksSettings): Promise<readonly ChecksResult[]> {
  const { cores, log } = settings;
  log('checks: starting two gateways');
  const places = createNationalMap()
    .cities.filter(({ division }) => division.startsWith('42'))
    .slice(0, PLATFORMS);
  const platforms = await startStubPlatforms(places, { processes: 1, rowsEach: ROWS_EACH });
  const targets: Target[] = [];
  try {
    for (const checks of ['on', 'off']) targets.push(await startTarget(platforms.entries, checks, cores));
    const results: ChecksResult[] = [];
    for (const question of QUESTIONS) results.push(await measureQuestion(question, targets, settings));
    return results;
  } finally {
    await Promise.all(targets.map(({ client, process }) => client.close().then(() => process.stop())));
    await platforms.stop();
  }
}

async function startTarget(
  entries: readonly PlatformEntry[],
  checks: string,
  cores: Cores | undefined,
): Promise<Target> {
  const process = await startGatewayProcess({ entries, env: { STANDARD_CHECKS: checks, NODE_ENV: 'production' } });
  if (cores) moveTo(cores.target, process.pid);
  return { process, client: createGatewayClient(process) };
}

interface Sample {
  readonly requestsPerSecond: number;
  readonly cpuMsPerRequest: number;
}

async function measureQuestion(
  question: Question,
  targets: readonly Target[],
  { rounds, sampleMs, warmupMs, log }: ChecksSettings,
): Promise<ChecksResult> {
  await assertSameAnswers(question, targets);
  for (const target of targets) await load(question, target, warmupMs);
  const pairs: (readonly [Sample, Sample])[] = [];
  for (let round = 0; round < rounds; round++) {
    // Each goes first in every other round.
    const order = round % 2 === 0 ? targets : targets.toReversed();
    const samples: Sample[] = [];
    for (const target of order) samples.push(await load(question, target, sampleMs));
    const [checked, unchecked] = round % 2 === 0 ? samples : samples.toReversed();
    pairs.push([checked!, unchecked!]);
    log(`checks: ${question.name}, round ${round + 1} of ${rounds}`);
  }
  const median = (read: (pair: readonly [Sample, Sample]) => number) => percentile(pairs.map(read), 0.5);
  return {
    question: question.name,
    requestsPerSecond: [median(([on]) => on.requestsPerSecond), median(([, off]) => off.requestsPerSecond)],
    cpuMsPerRequest: [median(([on]) => on.cpuMsPerRequest), median(([, off]) => off.cpuMsPerRequest)],
    ratio: median(([on, off]) => on.requestsPerSecond / off.requestsPerSecond),
    cpuRatio: median(([on, off]) => off.cpuMsPerRequest / on.cpuMsPerRequest),
  };
}

async function assertSameAnswers({ name, query, variables }: Question, targets: readonly Target[]): Promise<void> {
  for (let caller = 0; caller < CALLERS; caller++) {
    const options = { variables: variables(caller) };
    const [checked, unchecked] = await Promise.all(targets.map(({ client }) => client.request(query, options)));
    const faults = [...checked!.errors, ...unchecked!.errors].map(({ message }) => message);
    if (faults.length > 0) throw new Error(`${name}: ${faults[0]}`);
    if (JSON.stringify(checked!.data) !== JSON.stringify(unchecked!.data)) throw new Error(`${name}: answers differ`);
  }
}

async function load({ query, variables }: Question, { client, process }: Target, durationMs: number): Promise<Sample> {
  let count = 0;
  const cpuBefore = readUsage(process.pid).cpuMs;
  const started = performance.now();
  const ask = async (): Promise<void> => {
    while (performance.now() - started < durationMs) {
      const { status } = await client.request(query, { variables: variables(count++) });
      if (status !== 200) throw new Error(`status ${status}`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, ask));
  const elapsedMs = performance.now() - started;
  return {
    requestsPerSecond: (count * 1_000) / elapsedMs,
    cpuMsPerRequest: (readUsage(process.pid).cpuMs - cpuBefore) / count,
  };
}
