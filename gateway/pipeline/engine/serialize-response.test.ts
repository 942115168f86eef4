/** What is written for the client: bounded, with pauses, and the same text either way. */
import { describe, expect, test } from '@jest/globals';
import { buildSchema, getOperationAST, parse } from 'graphql';
import { createCoverageCollector } from '../../execute/index.ts';
import { createCancelController } from '../../kit/concurrency/cancel-controller.ts';
import { writeString } from '../../kit/json/json-writer.ts';
import { DEFAULT_LIMITS, type Limits } from '../../model/limits.ts';
import { compileSerializer, createResponseShape } from '../../respond/index.ts';
import { serializeTree } from './serialize-response.ts';

const schema = buildSchema(`
  type Query { top: Division }
  type Division { code: String! below: [Division!]! name: String pair: [Pair] }
  type Pair { division: Division! }
`);

interface SerializeOptions {
  readonly limits?: Partial<Limits>;
  readonly controller?: ReturnType<typeof createCancelController>;
  readonly dueAt?: number;
  readonly receivedBytes?: number;
}

async function print(operation: string, tree: Record<string, unknown>, options: SerializeOptions = {}) {
  const {
    limits: changes = {},
    controller = createCancelController(),
    dueAt = Number.POSITIVE_INFINITY,
    receivedBytes = 0,
  } = options;
  const limits = { ...DEFAULT_LIMITS, ...changes };
  const collector = createCoverageCollector(limits, { namesOf: () => [] });
  const shape = createResponseShape(getOperationAST(parse(operation))!, undefined, schema);
  const leafWriter = () => (output: Parameters<typeof writeString>[0], value: unknown) =>
    writeString(output, String(value));
  const printed = compileSerializer(schema.getQueryType()!, { schema, shape, leafWriter });
  const usage = { bytes: receivedBytes, serializedBytes: 0, serializedRows: 0 };
  const data = await serializeTree({ tree, collector, usage, signal: controller.signal, dueAt }, printed, limits);
  return {
    text: data?.bytes.toString(),
    rows: data?.rows,
    errors: collector.errors.map(({ path }) => path?.join('.')),
  };
}

const limitOf = (printing: Promise<unknown>) =>
  printing.then(
    () => 'written',
    (error) => error.extensions?.limit ?? error,
  );

/** Each level is one object, which the level above has many times: small in memory, huge as text. */
function sharedTree(levels: number, times: number): Record<string, unknown> {
  let division: Record<string, unknown> = { code: '0', below: [] };
  for (let i = 0; i < levels; i++) division = { code: '0', below: Array.from({ length: times }, () => division) };
  return { top: division };
}

const nested = (levels: number): string => (levels === 0 ? '{ code }' : `{ code below ${nested(levels - 1)} }`);

describe('an answer', () => {
  const one = sharedTree(1, 3);
  const operation = `{ top ${nested(1)} }`;
  const text = '{"top":{"code":"0","below":[{"code":"0"},{"code":"0"},{"code":"0"}]}}';

  test.each([0, DEFAULT_LIMITS.parseSliceBytes + 1])(
    'responseBytesMax and rowsMax, %i bytes having come',
    async (receivedBytes) => {
      const within = { responseBytesMax: text.length, rowsMax: 4 };
      expect(await print(operation, one, { limits: within, receivedBytes })).toEqual({ text, rows: 4, errors: [] });
      const limited = (limits: Partial<Limits>) => limitOf(print(operation, one, { limits, receivedBytes }));
      expect(await limited({ responseBytesMax: text.length - 1 })).toBe('responseBytesMax');
      expect(await limited({ rowsMax: 3 })).toBe('rowsMax');
    },
  );

  test('of objects at many positions is limited by its own size, not by that of the fetched data', async () => {
    const tree = sharedTree(12, 100);
    const deep = `{ top ${nested(12)} }`;
    expect(await limitOf(print(deep, tree))).toBe('rowsMax');
    expect(await limitOf(print(deep, tree, { limits: { rowsMax: 1_000_000_000, responseBytesMax: 4_000_000 } }))).toBe(
      'responseBytesMax',
    );
  });

  test('is not continued after its caller has left or its time is over', async () => {
    const tree = sharedTree(12, 100);
    const deep = `{ top ${nested(12)} }`;
    const limits = { rowsMax: 1_000_000_000, responseBytesMax: 1_073_741_824, sliceMs: 1 };
    const controller = createCancelController();
    setImmediate(() => controller.abort());
    expect(await limitOf(print(deep, tree, { limits, controller }))).toBe('operationDeadlineMs');
    const late = print(deep, tree, { limits: { ...limits, deadlineGraceMs: 0 }, dueAt: performance.now() });
    expect(await limitOf(late)).toBe('operationDeadlineMs');
  });

  test('yields to other operations while it is serialized, at any depth', async () => {
    let turns = 0;
    const count = () => {
      turns++;
      timer = setImmediate(count);
    };
    let timer = setImmediate(count);
    // A long list of few items each of which is long.
    await limitOf(print(`{ top ${nested(12)} }`, sharedTree(12, 100), { limits: { sliceMs: 1, rowsMax: 200_000 } }));
    clearImmediate(timer);
    expect(turns).toBeGreaterThan(10);
  });

  test('is complete if items of long lists are too large to be serialized without a pause', async () => {
    const tree = sharedTree(3, 80);
    const { text, rows } = await print(`{ top ${nested(3)} }`, tree, { limits: { rowsMax: 1_000_000 } });
    const lowest = '{"code":"0"}';
    const around = (below: string) => `{"code":"0","below":[${Array.from({ length: 80 }, () => below).join()}]}`;
    expect(text === `{"top":${around(around(around(lowest)))}}`).toBe(true);
    expect(rows).toBe(1 + 80 + 80 ** 2 + 80 ** 3);
  });

  test('has the same text, rows and errors with and without pauses', async () => {
    const bad = { code: null, below: [], name: 'lost' };
    const good = { code: '1', below: [], name: 'kept', pair: [{ division: bad }, { division: { code: '2' } }] };
    const many = Array.from({ length: 70 }, (_, i) => (i === 68 ? { ...good, below: [good, bad] } : good));
    const tree = { top: { code: '0', below: many, pair: [{ division: { code: '3', below: many, name: null } }] } };
    const query = '{ top { code pair { division { code below { code name pair { division { code } } } } } } }';
    const whole = await print(query, tree);
    expect(whole.errors).toHaveLength(1);
    for (const parseSliceBytes of [1, 50, 500, 5_000]) {
      expect(await print(query, tree, { limits: { parseSliceBytes } })).toEqual(whole);
    }
  });
});
