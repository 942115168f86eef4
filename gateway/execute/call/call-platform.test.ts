/** A call of a server: its entry in coverage, and what of the answer its fetch reads. */
import { beforeEach, expect, test } from '@jest/globals';
import { EVERYWHERE } from '@yiwang/schema';
import type { Path } from '../../model/errors.ts';
import type { PlatformAnswer, RawData } from '../../model/platform/platform-answer.ts';
import type { ExecutionEngine, Run } from '../context.ts';
import { type CoverageCollector, createCoverageCollector } from '../coverage/coverage-collector.ts';
import { callPlatform, callPlatforms } from './call-platform.ts';
import type { AnswerReader, FetchCall } from './fetch-call.ts';

const PLATFORM = {
  id: 'toy/420100',
  name: 'toy',
  tier: 'MUNICIPAL',
  division: '420100',
  subgraphs: ['toy'],
  url: 'http://127.0.0.1',
} as const;
const TARGET = { platform: PLATFORM, subgraph: 'toy', owns: EVERYWHERE, region: EVERYWHERE };
const ANSWERED = { kind: 'answered', data: { a: 1 }, problems: [], sentAt: 0, elapsedMs: 7 } as const;
const LATE = {
  kind: 'missing',
  status: 'LATE',
  code: 'PLATFORM_LATE',
  reason: 'no answer',
  problems: [],
  elapsedMs: 9,
} as const;

let collector: CoverageCollector;
let log: unknown[];

beforeEach(() => {
  collector = createCoverageCollector({ errorsMax: 10, unservedMax: 10 }, { namesOf: () => [] });
  log = [];
});

const reader: AnswerReader<string> = {
  toClientPath: (path: Path, { part }) => [part, ...path],
  readMissing: ({ reason }, { part }) => void log.push([part, reason]),
  readAnswer: ({ data }, problems, { part }, below) =>
    void log.push([part, data, problems.map(({ message }) => message), below?.map(({ record }) => record.platform)]),
};

function engineOf(...answers: readonly (PlatformAnswer | RawData)[]): ExecutionEngine {
  const next = answers.values();
  const call = async () => next.next().value;
  return { steps: { call, callRaw: call } } as unknown as ExecutionEngine;
}

function callOf(part: string): FetchCall<string> {
  const run = { collector, rawData: undefined } as unknown as Run;
  return {
    url: PLATFORM.url,
    target: TARGET,
    subgraph: 'toy',
    body: '{}',
    isMutation: false,
    run,
    part,
    record: undefined,
  };
}

const platforms = () => collector.toCoverage()?.platforms;

test('the fetch reads the answer of its call, which is one entry of coverage with its duration', async () => {
  await callPlatform(callOf('first'), reader, engineOf(ANSWERED));
  expect(log).toEqual([['first', { a: 1 }, [], undefined]]);
  expect(platforms()).toMatchObject([{ platform: 'toy/420100', status: 'OK', elapsedMs: 7, path: ['first'] }]);
});

test('the fetch reports a missing answer', async () => {
  await callPlatform(callOf('first'), reader, engineOf(LATE));
  expect(log).toEqual([['first', 'no answer']]);
});

test('a call that continues another adds to its duration, and is no second entry', async () => {
  const first = callOf('first');
  await callPlatform(first, reader, engineOf(ANSWERED));
  await callPlatform({ ...callOf('more'), record: first.record }, reader, engineOf(LATE));
  expect(platforms()).toMatchObject([{ elapsedMs: 16, path: ['first'] }]);
});

test('a call of a plain subgraph is no entry of coverage', async () => {
  await callPlatform({ ...callOf('first'), target: undefined }, reader, engineOf(ANSWERED));
  expect([log.length, platforms()]).toEqual([1, undefined]);
});

test('raw data goes to the run, and is not read', async () => {
  const call = callOf('first');
  await callPlatform(call, reader, engineOf({ kind: 'raw', data: Buffer.from('{}'), elapsedMs: 1 }));
  expect([log, call.run.rawData?.toString()]).toEqual([[], '{}']);
});

test('platforms below a gateway take its place in coverage, and their problems are not the problems of the gateway', async () => {
  const entry = { tier: 'MUNICIPAL', division: '420100', owns: EVERYWHERE, elapsedMs: 3, path: ['a'] } as const;
  const own = { code: 'PLATFORM_FAILED', message: 'own', path: ['a'], extensions: {} } as const;
  const answer = {
    ...ANSWERED,
    problems: [own, { ...own, message: 'of b', extensions: { platform: 'below/b' } }],
    coverage: {
      platforms: [
        { ...entry, platform: 'below/a', status: 'OK' },
        { ...entry, platform: 'below/b', status: 'LATE', reason: 'no answer' },
      ],
      unserved: [],
    },
  } as const;
  await callPlatform(callOf('first'), reader, engineOf(answer));
  expect(log).toEqual([['first', { a: 1 }, ['own'], ['below/a', 'below/b']]]);
  expect(collector.errors.map(({ message, path }) => [message, path])).toEqual([['of b', ['first', 'a']]]);
  expect(platforms()).toMatchObject([
    { platform: 'below/a', status: 'OK' },
    { platform: 'below/b', status: 'LATE', path: ['first', 'a'] },
  ]);
});

test('an account that cannot be read is a fault of the gateway', async () => {
  await callPlatform(callOf('first'), reader, engineOf({ ...ANSWERED, coverage: 'malformed' }));
  expect(platforms()).toMatchObject([{ platform: 'toy/420100', status: 'NONCONFORMING' }]);
  expect(log).toEqual([['first', { a: 1 }, [], undefined]]);
});

test('calls side by side are all read', async () => {
  await callPlatforms([callOf('first'), callOf('second')], reader, engineOf(LATE, ANSWERED));
  expect(log).toEqual([
    ['first', 'no answer'],
    ['second', { a: 1 }, [], undefined],
  ]);
});
