import { describe, expect, test } from '@jest/globals';
import type { Sample, TargetMeasurement } from '../compare/measure.ts';
import { percentile } from '../percentile.ts';
import { SCENARIOS } from '../scenario.ts';
import { expandCores } from '../targets/cores.ts';
import { hottestFunctions } from '../targets/profile.ts';
import type { TargetName } from '../targets/targets.ts';
import { checkGoals } from './goals.ts';
import { median, reportScenario } from './report.ts';

const [JOIN] = SCENARIOS as [(typeof SCENARIOS)[number]];

function sample(requestsPerSecond: number, cpuMsPerRequest: number, besideMaxMs = 1): Sample {
  return {
    ...{ requestsPerSecond, cpuMsPerRequest, besideMaxMs },
    ...{ p50Ms: 10, p99Ms: 29, cpuShare: 1, callsPerRequest: 3, besideP99Ms: 1 },
  };
}

function measurement(target: TargetName, samples: readonly Sample[], rssPeakBytes?: number): TargetMeasurement {
  return { target, samples: { distinct: samples, identical: [] }, rssBytes: 100_000_000, rssPeakBytes };
}

describe('the report', () => {
  const report = reportScenario(
    JOIN,
    {
      answerBytes: 1,
      targets: [
        measurement('yiwang', [sample(10, 9), sample(800, 1), sample(900, 1)], 250_000_000),
        measurement('apollo', [sample(100, 8, 50), sample(90, 7), sample(300, 9)]),
        measurement('baseline-parse', [sample(1_000, 0.5), sample(1_000, 0.5), sample(1_100, 0.5)]),
      ],
    },
    ['distinct'],
  );

  test('shows the medians of the rounds, and the longest wait', () => {
    const [ours, apollo, baseline] = report.rows as [
      (typeof report.rows)[0],
      (typeof report.rows)[0],
      (typeof report.rows)[0],
    ];
    expect(ours).toMatchObject({ requestsPerSecond: 800, oursByRate: 1, oursByCpu: 1 });
    expect(apollo).toMatchObject({ requestsPerSecond: 100, oursByRate: 8, oursByCpu: 8, besideMaxMs: 50 });
    expect(baseline).toMatchObject({ oursByRate: 0.8, oursByCpu: 0.5 });
  });

  test('checks each goal at its bound, and none that was not measured', () => {
    const judged = checkGoals([report]).filter(({ reached }) => reached !== undefined);
    expect(judged.map(({ about, measured, reached }) => [about, measured, reached])).toEqual([
      ['join: requests a second against apollo', 8, true],
      ['join: requests a second against baseline-parse', 0.8, true],
      ['join: memory at its peak', 250, false],
      ['join: p99 against p50', 2.9, true],
    ]);
  });
});

test('a median is the middle value or the mean of the two middle values', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([7])]).toEqual([2, 2.5, 7]);
  expect(() => median([])).toThrow('no median');
});

test('a percentile is one of the values', () => {
  const values = Array.from({ length: 100 }, (_, at) => at + 1);
  expect([percentile(values, 0.5), percentile(values, 0.99), percentile(values, 1)]).toEqual([50, 99, 100]);
  expect([percentile([5], 0.99), percentile([], 0.5)]).toEqual([5, 0]);
});

test('a range in a list of cores is expanded', () => {
  expect([expandCores(' 0-2,5\n'), expandCores('3')]).toEqual([[0, 1, 2, 5], [3]]);
});

test('a profile lists the hottest functions and leaves out idle time', () => {
  const node = (id: number, functionName: string, url: string) => ({
    id,
    callFrame: { functionName, url, lineNumber: 6 },
  });
  const profile = {
    nodes: [node(1, '(idle)', ''), node(2, 'read', 'file:///x/node_modules/undici/index.js'), node(3, '', '')],
    samples: [1, 2, 3, 2],
    timeDeltas: [9_000, 2_000, 1_000, 1_000],
  };
  expect(hottestFunctions(profile, 2)).toEqual([
    { at: 'read undici/index.js:7', selfShare: 0.75 },
    { at: '(anonymous)', selfShare: 0.25 },
  ]);
});
