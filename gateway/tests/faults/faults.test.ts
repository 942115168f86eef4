/** Every fault of a platform, over real HTTP: other data stays, and errors and coverage name what is missing. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { regionOf } from '@yiwang/schema';
import type { GraphQLError } from 'graphql';
import { measureDeadline } from '../support/measure-deadline.ts';
import { LAYERED_SUPERGRAPH, rightsWithin, startToyEngine, type ToyEngine } from '../support/toys/toy-engine.ts';
import { type Behaviour, startToyPlatform, type ToyPlatform } from '../support/toys/toy-platform.ts';
import { row, startTwoCities, type TwoCities, WUHAN } from '../support/toys/two-cities.ts';

let cities: TwoCities;
let wuhan: ToyPlatform;
let yichang: ToyPlatform;
let engine: ToyEngine;
/** As the log is told of them. */
const failures: Record<string, unknown>[] = [];
/** Of operations that meet a platform which hangs. */
let hangMs: number;

beforeAll(async () => {
  cities = await startTwoCities(
    { platformResponseBytesMax: 20_000, fanOutMax: 2 },
    { onPlatformFailure: (failure, requestId) => failures.push({ ...failure, requestId }) },
  );
  ({ wuhan, yichang, engine } = cities);
  hangMs = await measureDeadline(() => engine.ask(QUESTION));
});

beforeEach(() => {
  cities.reset();
  failures.length = 0;
});

afterAll(() => cities.close());

const QUESTION =
  '{ total list { id } rows { totalCount nodes { id } } statistics(groupBy: "DIVISION") { counts { rows } } standard }';

const LEFT = {
  total: 3,
  list: WUHAN.map(({ id }) => ({ id })),
  rows: { totalCount: 2, nodes: [{ id: '420106003-R-2' }, { id: '420106003-R-1' }] },
  statistics: [{ counts: { rows: 2 } }],
  standard: '1',
};

const codes = (errors: readonly GraphQLError[]) => [...new Set(errors.map(({ extensions }) => extensions.code))];

describe('a platform that fails costs the others nothing, and is listed', () => {
  const faults: readonly [string, Behaviour, status: string, code: string][] = [
    ['hangs', { kind: 'hang' }, 'LATE', 'PLATFORM_LATE'],
    ['breaks the connection off', { kind: 'reset' }, 'UNREACHABLE', 'PLATFORM_UNREACHABLE'],
    ['answers with status 500', { kind: 'status', status: 500, body: 'oops' }, 'FAILED', 'PLATFORM_FAILED'],
    ['refuses the passport', { kind: 'status', status: 401, body: '{}' }, 'REFUSED', 'PLATFORM_REFUSED'],
    ['answers what is no JSON', { kind: 'status', status: 200, body: '<html>' }, 'NONCONFORMING', 'PLATFORM_FAILED'],
    [
      'answers JSON that is no answer',
      { kind: 'status', status: 200, body: '[1]' },
      'NONCONFORMING',
      'PLATFORM_FAILED',
    ],
    [
      'answers too much',
      { kind: 'status', status: 200, body: `"${'x'.repeat(30_000)}"` },
      'NONCONFORMING',
      'PLATFORM_FAILED',
    ],
    [
      'answers with errors only',
      { kind: 'status', status: 200, body: '{"errors":[{"message":"secret"}]}' },
      'FAILED',
      'PLATFORM_FAILED',
    ],
    ['answers without the fields', { kind: 'change', change: () => ({}) }, 'NONCONFORMING', 'PLATFORM_FAILED'],
    ['answers other shapes', { kind: 'change', change: withWrongShapes }, 'NONCONFORMING', 'PLATFORM_FAILED'],
  ];

  test.each(faults)('it %s', async (_name, behaviour, status, code) => {
    yichang.behaviour = behaviour;
    const options = behaviour.kind === 'hang' ? { deadlineMs: hangMs } : {};
    const { data, errors, coverage } = await engine.ask(QUESTION, options);
    expect(data).toEqual(LEFT);
    expect(coverage).toMatchObject({ asked: 2, answered: 1, complete: false });
    expect(coverage?.platforms).toMatchObject([{ platform: 'toy/420500', division: '420500', status }]);
    expect(codes(errors)).toEqual([code]);
    expect(errors.every(({ path }) => path !== undefined)).toBe(true);
    expect(JSON.stringify(errors)).not.toContain('secret');
    // Once, though several fields lack its part.
    expect(failures).toMatchObject([{ platform: 'toy/420500', status, code, requestId: 'test' }]);
  });

  test('the log has its own message', async () => {
    yichang.behaviour = { kind: 'status', status: 200, body: '{"errors":[{"message":"no such column"}]}' };
    await engine.ask(QUESTION);
    expect(failures).toMatchObject([{ reason: 'no such column', path: ['total'] }]);
  });

  const shapes: readonly [string, unknown, string][] = [
    ['total', 'many', 'expected Int at "total"'],
    ['list', {}, 'expected [Row!] at "list"'],
    ['list', [7], 'expected Row at "list.0"'],
    ['rows', [], 'expected RowConnection at "rows"'],
    ['statistics', [{ counts: { rows: {} } }], 'expected Int at "statistics.0.counts.rows"'],
  ];
  test.each(shapes)(
    'it answers another shape for %s: both the caller and the log hear where, and what was expected',
    async (key, value, expected) => {
      yichang.behaviour = { kind: 'change', change: (data) => ({ ...data, [key]: value }) };
      const { errors, coverage } = await engine.ask(QUESTION);
      const reason = `the answer does not have the shape that the standard prescribes: ${expected}`;
      expect(coverage?.platforms).toMatchObject([{ reason }]);
      expect(errors).toMatchObject([{ path: [key], message: expect.stringContaining(reason) }]);
      expect(failures).toMatchObject([{ reason, path: [key] }]);
    },
  );

  test('it breaks the standard in a value: the log has the path and the expected type', async () => {
    const sized = (data: Record<string, unknown>) => ({
      list: (data.list as readonly object[]).map((item) => ({ ...item, size: 'large' })),
    });
    yichang.behaviour = { kind: 'change', change: sized };
    wuhan.behaviour = yichang.behaviour;
    const answered = await engine.ask('{ list { id size } }');
    const reason = 'a value does not meet the standard: expected a value of type "Int"';
    expect(answered.errors[0]).toMatchObject({ message: reason, path: ['list', 0, 'size'] });
    expect(failures[0]).toMatchObject({
      status: 'NONCONFORMING',
      code: 'STANDARD_BREACH',
      reason,
      path: ['list', 0, 'size'],
    });
  });

  test('neither bad input nor an aborted operation is logged as a failure', async () => {
    await engine.ask('{ statistics(groupBy: "NOTHING") { counts { rows } } }');
    expect(failures).toEqual([]);
  });

  test('it is unreachable', async () => {
    const down = await startToyPlatform();
    await down.close();
    const half = await startToyEngine([
      { division: '420100', platform: wuhan },
      { division: '420500', platform: down },
    ]);
    const { data, coverage } = await half.ask(QUESTION);
    await half.close();
    expect(data).toEqual(LEFT);
    expect(coverage?.platforms).toMatchObject([{ status: 'UNREACHABLE', path: ['total'] }]);
  });

  test('all platforms fail: lists are empty, nullable numbers are null, and every gap has an error', async () => {
    wuhan.behaviour = { kind: 'hang' };
    yichang.behaviour = { kind: 'hang' };
    const { data, errors, coverage } = await engine.ask('{ list { id } rows { totalCount nodes { id } } smallest }', {
      deadlineMs: hangMs,
    });
    expect(data).toEqual({ list: [], rows: { totalCount: 0, nodes: [] }, smallest: null });
    expect(coverage).toMatchObject({ asked: 2, answered: 0 });
    expect(errors.map(({ path }) => path?.[0]).sort()).toEqual([
      'list',
      'list',
      'rows',
      'rows',
      'smallest',
      'smallest',
    ]);
  });

  test('an operation ends at its own deadline, not at that of platforms', async () => {
    yichang.behaviour = { kind: 'hang' };
    const { coverage } = await engine.ask('{ total }', { deadlineMs: hangMs });
    const [late] = coverage?.platforms ?? [];
    expect(late?.status).toBe('LATE');
    expect(Number(/within (\d+) ms/.exec(late?.reason ?? '')?.[1])).toBeLessThanOrEqual(hangMs);
  });

  test('an operation without time left calls no platform, and says so', async () => {
    const { coverage } = await engine.ask('{ total }', { deadlineMs: 0 });
    expect(coverage?.platforms.map(({ status }) => status)).toEqual(['LATE', 'LATE']);
    expect([...wuhan.calls, ...yichang.calls]).toEqual([]);
  });
});

describe('entities', () => {
  const ENTITIES = '{ list { id division { code statistics { counts { rows } } } } }';

  test('a platform that fails on the second fetch leaves an empty list, an error and an entry in coverage', async () => {
    yichang.behaviour = { kind: 'change', change: (data) => ('_entities' in data ? { _entities: null } : data) };
    const { data, errors, coverage } = await engine.ask(ENTITIES);
    expect((data as { list: { division: unknown }[] }).list.map(({ division }) => division)).toEqual([
      { code: '420106003', statistics: [{ counts: { rows: 2 } }] },
      { code: '420106003', statistics: [{ counts: { rows: 2 } }] },
      { code: '420502001', statistics: [] },
      { code: '420502001', statistics: [] },
    ]);
    expect(coverage).toMatchObject({ asked: 4, answered: 3 });
    expect(coverage?.platforms).toMatchObject([
      { status: 'NONCONFORMING', path: ['list', 2, 'division', 'statistics'] },
    ]);
    expect(errors).toHaveLength(1);
  });

  test('equal keys are fetched once', async () => {
    await engine.ask(ENTITIES);
    const [, lookup] = wuhan.calls;
    expect(lookup?.variables.representations ?? Object.values(lookup?.variables ?? {})[0]).toHaveLength(1);
  });
});

describe('completeness', () => {
  test('`complete` fails an operation with any gap', async () => {
    yichang.behaviour = { kind: 'hang' };
    const { data, errors } = await engine.ask('{ total }', { completeness: 1, deadlineMs: hangMs });
    expect(data).toBeNull();
    expect(codes(errors)).toContain('INCOMPLETE');
  });

  test('a share of platforms passes at its edge and fails below', async () => {
    yichang.behaviour = { kind: 'hang' };
    expect((await engine.ask('{ total }', { completeness: 0.5, deadlineMs: hangMs })).data).toEqual({ total: 3 });
    expect((await engine.ask('{ total }', { completeness: 0.51, deadlineMs: hangMs })).data).toBeNull();
  });

  test('coverage lists the platforms that answered on request', async () => {
    const { coverage } = await engine.ask('{ total }', { explain: true });
    expect(coverage?.platforms.map(({ platform, status }) => [platform, status])).toEqual([
      ['toy/420100', 'OK'],
      ['toy/420500', 'OK'],
    ]);
  });
});

describe('a refusal', () => {
  test('of a division out of scope leaves the other fields of the operation', async () => {
    const rights = rightsWithin(regionOf('420100'), '420100');
    const { data, errors } = await engine.ask('{ total list(within: "420500") { id } }', { rights });
    expect(data).toEqual({ total: 3, list: [] });
    expect(errors).toMatchObject([{ path: ['list'], extensions: { code: 'OUT_OF_SCOPE' } }]);
    expect(yichang.calls).toHaveLength(0);
  });

  test('of an id out of scope is "not found", and no platform is called', async () => {
    const rights = rightsWithin(regionOf('420100'), '420100');
    const { data, errors } = await engine.ask('{ row(id: "420502001-R-3") { id } }', { rights });
    expect([data, errors, yichang.calls]).toEqual([{ row: null }, [], []]);
  });

  test('meets a cursor of another query, of other rights, or with a bad signature', async () => {
    const page = '{ rows(first: 1) { pageInfo { endCursor } } }';
    const { data } = await engine.ask(page);
    const cursor = (data as { rows: { pageInfo: { endCursor: string } } }).rows.pageInfo.endCursor;
    const next = 'query($after: String) { rows(first: 1, after: $after) { nodes { id } } }';
    expect((await engine.ask(next, { variables: { after: cursor } })).errors).toEqual([]);
    const other = 'query($after: String) { rows(first: 1, after: $after, orderBy: SIZE_ASC) { nodes { id } } }';
    const refusals = [
      await engine.ask(other, { variables: { after: cursor } }),
      await engine.ask(next, { variables: { after: cursor }, rights: { fingerprint: 'somebody else' } }),
      await engine.ask(next, { variables: { after: 'bm9ib2R5' } }),
      await engine.ask(next, { variables: { after: `${cursor}x` } }),
    ];
    for (const { errors } of refusals) {
      expect(errors).toMatchObject([{ path: ['rows'], extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });

  test('of an unknown order names the known ones', async () => {
    const { errors } = await engine.ask('{ statistics(orderBy: { by: "counts.height" }) { counts { rows } } }');
    expect(errors).toMatchObject([{ path: ['statistics'], extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(errors[0]?.message).toContain('counts.size');
  });

  test('of an order calls no platform', async () => {
    const { coverage } = await engine.ask('{ statistics(orderBy: { by: "counts.height" }) { counts { rows } } total }');
    expect(coverage).toMatchObject({ asked: 2, answered: 2, platforms: [] });
    expect(wuhan.calls[0]?.query).not.toContain('statistics');
  });

  test('of input by platforms is one error, of the input', async () => {
    const body =
      '{"errors":[{"message":"\\"text\\" is too long","path":["total"],"extensions":{"code":"BAD_USER_INPUT"}}],"data":null}';
    wuhan.behaviour = { kind: 'status', status: 200, body };
    yichang.behaviour = { kind: 'status', status: 200, body };
    const { errors, coverage } = await engine.ask('{ total }');
    expect(errors).toMatchObject([
      { message: '"text" is too long', path: ['total'], extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    expect(coverage?.platforms.map(({ status }) => status)).toEqual(['REFUSED', 'REFUSED']);
  });

  test('names two tiers that give different objects for one id', async () => {
    const province = await startToyPlatform();
    province.rows = [{ ...row('420106003', 1), kind: 'C' }];
    const tiers = await startToyEngine(
      [
        { division: '420100', platform: wuhan },
        { division: '420000', platform: province, tier: 'PROVINCIAL' },
      ],
      {},
      { supergraph: LAYERED_SUPERGRAPH },
    );
    const { data, errors } = await tiers.ask(
      '{ row(id: "420106003-R-1") { kind } other: row(id: "420106003-R-2") { kind } }',
    );
    await Promise.all([tiers.close(), province.close()]);
    expect(data).toEqual({ row: null, other: { kind: 'B' } });
    expect(errors).toMatchObject([{ path: ['row'], extensions: { code: 'CONFLICT' } }]);
    expect(errors[0]?.message).toContain('toy/420100');
    expect(errors[0]?.message).toContain('toy-provincial/420000');
  });
});

function withWrongShapes(data: Record<string, unknown>): Record<string, unknown> {
  return { ...data, total: 'many', list: {}, rows: [], statistics: [7] };
}
