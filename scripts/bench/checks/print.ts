/** Results → the table of the bench. */
import type { ChecksResult } from './measure.ts';

/** Least throughput with the checks, over that without. */
export const CHECKS_GOAL = 0.9;

export function printChecks(results: readonly ChecksResult[]): string {
  const rows = results.map(({ question, requestsPerSecond: [on, off], cpuMsPerRequest, ratio, cpuRatio }) => {
    const [cpuOn, cpuOff] = cpuMsPerRequest;
    const isReached = Math.max(ratio, cpuRatio) >= CHECKS_GOAL;
    const cells = [question, on.toFixed(0), off.toFixed(0), ratio.toFixed(2)];
    return [
      ...cells,
      `${cpuOn.toFixed(2)}, ${cpuOff.toFixed(2)}`,
      cpuRatio.toFixed(2),
      isReached ? 'reached' : 'missed',
    ];
  });
  const head = [
    'checks of the standard',
    'with, req/s',
    'without',
    'with ×',
    'CPU ms: with, without',
    'with × by CPU',
    `goal ${CHECKS_GOAL} ×`,
  ];
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `\n${lines.join('\n')}\n`;
}
