/** `npm run soak -- --minutes 10`: prints samples as it runs and every fault at the end. Exits with 1 if there is a fault. */
import { readNumbers } from '../../tools/number-flags.ts';
import { afterSettling, findSoakFaults } from './assertions.ts';
import { growthOf, type ProbeSample } from './probe.ts';
import { type GatewayReport, soak } from './soak.ts';

const { minutes, callers, platforms } = readNumbers(process.argv.slice(2), {
  usage: 'usage: npm run soak -- [--minutes 10] [--callers 16] [--platforms 24]',
  defaults: { minutes: 10, callers: 16, platforms: 24 },
});

const mb = (bytes: number): string => (bytes / 1_048_576).toFixed(1).padStart(7);
const print = (line: string): void => void process.stdout.write(`${line}\n`);

function sampleLine(mode: string, { atMinutes, heapBytes, rssBytes, delayMs }: ProbeSample): string {
  const delay = [delayMs.p50, delayMs.p99, delayMs.max].map((each) => each.toFixed(0).padStart(5)).join('');
  return `${atMinutes.toFixed(2).padStart(6)} ${mode.padEnd(8)} heap ${mb(heapBytes)} MB  process ${mb(rssBytes)} MB  loop p50 p99 max ${delay} ms`;
}

function summaryOf({ mode, tally, samples, generation }: GatewayReport): string[] {
  const settled = afterSettling(samples);
  const heap = growthOf(settled, ({ heapBytes }) => heapBytes);
  const rss = growthOf(settled, ({ rssBytes }) => rssBytes);
  const counts = Object.entries(tally.operations).map(([kind, count]) => `${kind} ${count}`);
  const total = Object.values(tally.operations).reduce((a, b) => a + b, 0);
  return [
    `${mode}: ${total} operations (${counts.join(', ')}), ${tally.partial} lacked a platform and listed it, generation ${generation}`,
    `  heap ${mb(heap.mean)} MB on average, trend over the run ${mb(heap.growth)} MB; process ${mb(rss.mean)} MB, trend ${mb(rss.growth)} MB`,
    `  event loop p99 ${Math.max(...samples.map(({ delayMs }) => delayMs.p99)).toFixed(0)} ms at the worst sample, longest ${Math.max(...samples.map(({ delayMs }) => delayMs.max)).toFixed(0)} ms`,
  ];
}

const report = await soak({
  minutes,
  callers,
  platforms,
  sampleEveryMs: Math.min(15_000, (minutes * 60_000) / 20),
  chaosEveryMs: 2_000,
  onSample: (mode, sample) => print(sampleLine(mode, sample)),
});
for (const gateway of report.gateways) for (const line of summaryOf(gateway)) print(line);
print(`${report.chaos.deaths} platforms went down and came back, ${report.chaos.reloads} reloads`);
const faults = findSoakFaults(report);
for (const fault of faults) print(`FAULT ${fault}`);
print(faults.length === 0 ? 'nothing failed, nothing grew, nothing was left open' : `${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
