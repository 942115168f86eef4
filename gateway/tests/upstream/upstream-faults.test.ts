/** A lower gateway that fails, or gives a false account of its platforms: coverage says so, and other data stays. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createId } from '@yiwang/schema';
import { measureDeadline } from '../support/measure-deadline.ts';
import { type PlacedPlatform, startToyEngine, type ToyAnswer } from '../support/toys/toy-engine.ts';
import { type Behaviour, startToyPlatform, type ToyPlatform } from '../support/toys/toy-platform.ts';

let dongcheng: ToyPlatform;

beforeAll(async () => {
  dongcheng = await startToyPlatform();
  dongcheng.rows = [4, 24].map((size) => ({
    id: createId('110101001', 'R', size),
    division: '110101001',
    kind: 'A',
    size,
    at: '2026-01',
  }));
});

afterAll(() => dongcheng.close());

describe('a lower gateway that fails', () => {
  const placedBeside = (url: string): PlacedPlatform[] => [
    { division: '420000', platform: { url } },
    { division: '110101', platform: dongcheng },
  ];

  async function askBeside(gateway: ToyPlatform, question: string): Promise<ToyAnswer> {
    const engine = await startToyEngine(placedBeside(gateway.url));
    const { behaviour } = gateway;
    gateway.behaviour = { kind: 'status', status: 500, body: '' };
    const deadlineMs = await measureDeadline(() => engine.ask(question));
    gateway.behaviour = behaviour;
    const answer = await engine.ask(question, { explain: true, deadlineMs });
    await engine.close();
    return answer;
  }

  test.each<[string, Behaviour, string]>([
    ['late', { kind: 'hang' }, 'LATE'],
    ['dead', { kind: 'reset' }, 'UNREACHABLE'],
    ['refusing', { kind: 'status', status: 401, body: '{"errors":[]}' }, 'REFUSED'],
  ])('is one entry in coverage: %s', async (_what, behaviour, status) => {
    const gateway = await startToyPlatform();
    gateway.behaviour = behaviour;
    const { coverage } = await askBeside(gateway, '{ total list { id } }');
    await gateway.close();
    expect(coverage).toMatchObject({ asked: 2, answered: 1 });
    expect(coverage?.platforms.map((entry) => [entry.platform, entry.status])).toEqual([
      ['toy/110101', 'OK'],
      ['toy/420000', status],
    ]);
  });

  const entry = {
    platform: 'toy/420100',
    division: '420100',
    tier: 'MUNICIPAL',
    owns: ['4201', '4202'],
    status: 'OK',
    elapsedMs: 1,
    path: ['total'],
  };
  const account = { asked: 1, answered: 1, complete: true, platforms: [entry] };
  test.each<[string, unknown]>([
    ['counts more than it lists', { ...account, asked: 2 }],
    ['counts one as answered that is not', { ...account, platforms: [{ ...entry, status: 'LATE' }] }],
    ['lists a platform beyond its part of the map', { ...account, platforms: [{ ...entry, owns: ['11', '12'] }] }],
    ['has a status that there is not', { ...account, platforms: [{ ...entry, status: 'FINE' }] }],
    ['has no region where a region should be', { ...account, platforms: [{ ...entry, owns: ['4202', '4201'] }] }],
    ['names a division that there is not', { ...account, platforms: [{ ...entry, division: '429999' }] }],
    ['has a path that is none', { ...account, platforms: [{ ...entry, path: [{}] }] }],
    ['is no account', 'fine'],
  ])('is listed itself if its account of platforms %s, and its data stays', async (_what, coverage) => {
    const gateway = await startToyPlatform();
    const body = JSON.stringify({ data: { total: 100 }, extensions: { coverage } });
    gateway.behaviour = { kind: 'status', status: 200, body };
    const { data, coverage: upperCoverage, errors } = await askBeside(gateway, '{ total }');
    await gateway.close();
    expect(data).toEqual({ total: 100 + 4 + 24 });
    expect(upperCoverage?.platforms.find(({ platform }) => platform === 'toy/420000')).toMatchObject({
      status: 'NONCONFORMING',
    });
    expect(errors).toMatchObject([{ path: ['total'], extensions: { platform: 'toy/420000' } }]);
  });

  test('must give a reason for each platform that it lists as missing', async () => {
    const gateway = await startToyPlatform();
    const missing = { ...entry, status: 'LATE', reason: 'line one\nline two' };
    const coverage = { asked: 1, answered: 0, complete: false, platforms: [missing] };
    gateway.behaviour = { kind: 'status', status: 200, body: JSON.stringify({ data: {}, extensions: { coverage } }) };
    const { coverage: upperCoverage, errors } = await askBeside(gateway, '{ total }');
    await gateway.close();
    expect(upperCoverage).toMatchObject({ asked: 2, answered: 1 });
    expect(errors).toMatchObject([
      {
        message: 'the platform of 420100 is missing from the answer: line one line two',
        path: ['total'],
        extensions: { platform: 'toy/420100' },
      },
    ]);
  });
});
