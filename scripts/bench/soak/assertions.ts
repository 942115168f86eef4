/** Soak report → its faults. */
import { growthOf, type ProbeSample } from './probe.ts';
import type { GatewayReport, SoakReport } from './soak.ts';

/** Memory settles in the first part of a run; later growth is a leak. */
const SETTLING_SHARE = 0.3;
const SAMPLES_MIN = 6;
/** Allowed growth over the rest of the run as a share of the mean, of the heap and of the process. */
const HEAP_GROWTH_MAX = 0.1;
const RSS_GROWTH_MAX = 0.15;

/** One line for each fault. */
export function findSoakFaults({ gateways, connectionsLeft }: SoakReport): readonly string[] {
  const faults = gateways.flatMap((report) => findGatewayFaults(report).map((fault) => `${report.mode}: ${fault}`));
  if (connectionsLeft > 0) faults.push(`${connectionsLeft} connections to platforms are left open`);
  return faults;
}

function findGatewayFaults(report: GatewayReport): string[] {
  const { tally, samples, inFlightLeft, drainingLeft, openLeft, reloadFailures } = report;
  const faults = [...tally.failures];
  if (reloadFailures > 0) faults.push(`${reloadFailures} loads failed`);
  if (inFlightLeft > 0) faults.push(`${inFlightLeft} operations are left at work`);
  if (drainingLeft > 0) faults.push(`${drainingLeft} generations are left draining`);
  for (const [kind, count] of Object.entries(openLeft)) faults.push(`${count} × ${kind} are left open`);
  const settled = afterSettling(samples);
  if (settled.length < SAMPLES_MIN) return faults;
  for (const [name, value, shareMax] of [
    ['the heap', ({ heapBytes }: ProbeSample) => heapBytes, HEAP_GROWTH_MAX],
    ['the memory of the process', ({ rssBytes }: ProbeSample) => rssBytes, RSS_GROWTH_MAX],
  ] as const) {
    const { growth, mean } = growthOf(settled, value);
    if (growth > mean * shareMax) faults.push(`${name} grew by ${(growth / 1_048_576).toFixed(1)} MB`);
  }
  return faults;
}

export function afterSettling(samples: readonly ProbeSample[]): readonly ProbeSample[] {
  return samples.slice(Math.floor(samples.length * SETTLING_SHARE));
}
