/** Plans that are kept: found without a promise, made once, shared by text, bounded, and refusals for a while. */
import { describe, expect, test } from '@jest/globals';
import { buildSchema, parse, print } from 'graphql';
import { PublicError } from '../../model/errors.ts';
import { DEFAULT_LIMITS, type Limits } from '../../model/limits.ts';
import type { PlanNode } from '../../model/plan.ts';
import type { View } from '../../model/validated-operation.ts';
import { readOverrides } from '../../supergraph/overrides.ts';
import { readPlanningOf } from '../../tests/support/read-planning.ts';
import { UnplannableError } from '../planner.ts';
import { createPrepareOperation } from '../prepare/prepare-operation.ts';
import { createPlanCache, type PlannableOperation } from './plan-cache.ts';
import { warmPlans } from './warm-plans.ts';

const SDL = 'type Query { a(x: Int): Int b: Int c: Query }';
const VIEW: View = { name: 'all', schema: buildSchema(SDL) };

function start(limits: Partial<Limits> = {}, answer: (text: string) => unknown = () => undefined, sdl = SDL) {
  const plannerTexts: string[] = [];
  const reported: Error[] = [];
  const clock = { now: 0 };
  const plans = createPlanCache({
    mayPlanParts: true,
    limits: { ...DEFAULT_LIMITS, ...limits },
    prepare: createPrepareOperation(readPlanningOf(SDL)),
    overrides: readOverrides(parse(sdl), []),
    planner: {
      async plan(text) {
        plannerTexts.push(text.replace(/\s+/g, ' '));
        await answer(text);
        return { kind: 'sequence', nodes: [] } satisfies PlanNode;
      },
    },
    onUnplannable: (reason) => void reported.push(reason),
    compile: (node) => ({ node }),
    finish: ({ operation, keys }, plan, view) => ({ operation: print(operation), keys, plan, view: view.name }),
    now: () => clock.now,
  });
  const documents = new Map<string, PlannableOperation['document']>();
  const get = (text: string, { draw, ...rest }: Partial<PlannableOperation & { draw: number }> = {}) => {
    const document = documents.get(text) ?? parse(text);
    documents.set(text, document);
    const operation = { document, hash: text, operationName: undefined, coerced: {}, view: VIEW, ...rest };
    return plans.get(operation, draw);
  };
  return { plans, get, plannerTexts, reported, clock };
}

describe('the plan cache', () => {
  test('plans differ by draw only if the draw decides an @override of the operation', async () => {
    const sdl = `type Query { a(x: Int): Int @join__field(graph: A, overrideLabel: "percent(5)") b: Int }`;
    const { get, plannerTexts } = start({}, undefined, sdl);
    for (const draw of [0, 3, 5, 99]) await get('{ a }', { draw });
    for (const draw of [0, 3, 5, 99]) await get('{ b }', { draw });
    expect(plannerTexts).toEqual(['{ a }', '{ a }', '{ b }']);
  });

  test('a plan is made once for all that wait for it, and then returned without a promise', async () => {
    const { get, plannerTexts } = start();
    const [first, second] = await Promise.all([get('{ a }'), get('{ a }')]);
    expect(second).toBe(first);
    expect(get('{ a }')).toBe(first);
    expect(plannerTexts).toEqual(['{ a }']);
  });

  test('plans are kept by view, name and conditions, and shared by operations with the same planner text', async () => {
    const { get, plannerTexts, plans } = start();
    const text = 'query Q($yes: Boolean!) { a b @include(if: $yes) }';
    const other: View = { ...VIEW, name: 'open' };
    const planned = [
      await get(text, { coerced: { yes: true } }),
      await get(text, { coerced: { yes: true }, view: other }),
      await get(text, { coerced: { yes: true }, operationName: 'Q' }),
      await get(text, { coerced: { yes: false } }),
      await get('query Q { ...F } fragment F on Query { a }'),
      await get('query Q { ... { a } }'),
    ];
    expect(plans.size).toBe(6);
    expect(plannerTexts).toEqual(['query Q { a b }', 'query Q { a }']);
    expect(planned[1]).toMatchObject({ view: 'open' });
    expect(planned[1]!.plan).toBe(planned[0]!.plan);
    for (const same of planned.slice(4)) expect(same.plan).toBe(planned[3]!.plan);
  });

  test('an operation with @defer is planned both in parts and whole', async () => {
    const { get, plannerTexts, plans } = start();
    for (const text of ['{ a ... @defer { b } }', '{ a }']) {
      for (const isIncremental of [false, true, false]) await get(text, { isIncremental });
    }
    expect(plannerTexts).toEqual(['{ a b }', '{ a ... @defer(label: "0") { b } }', '{ a }']);
    expect(plans.size).toBe(3);
    expect(plans.mostUsed().map(({ isIncremental, uses }) => [isIncremental, uses])).toEqual([
      [false, 3],
      [false, 2],
      [true, 1],
    ]);
  });

  test('an operation is planned whole if no planner has a plan in parts', async () => {
    const { get, plannerTexts, plans } = start({}, (text) => {
      if (text.includes('@defer')) throw new Error('no plan');
    });
    const planned = await get('{ a ... @defer { b } }', { isIncremental: true });
    expect(plannerTexts).toEqual(['{ a ... @defer(label: "0") { b } }', '{ a b }']);
    expect([planned.operation.replace(/\s+/g, ' '), plans.size]).toEqual(['{ a b }', 1]);
  });

  test('operations that share a plan keep their own response keys', async () => {
    const { get, plannerTexts } = start();
    const renamed = await get('{ a: b }');
    const plain = await get('{ a_as: b }');
    expect(plannerTexts).toEqual(['{ a_as: b }']);
    expect([renamed.keys?.get('a_as'), plain.keys]).toEqual(['a', undefined]);
  });

  test('planCacheMax bounds the number of plans, and the least recently used go first', async () => {
    const { get, plannerTexts, plans } = start({ planCacheMax: 2 });
    await get('{ a }');
    await get('{ b }');
    await get('{ a }');
    await get('{ c { a } }');
    expect(plans.size).toBe(2);
    await get('{ a }');
    expect(plannerTexts).toHaveLength(3);
    await get('{ b }');
    expect(plannerTexts).toHaveLength(4);
  });

  test('planCacheBytesMax bounds the memory of plans, which shrinks when plans go', async () => {
    const { get, plans } = start();
    await get('{ a }');
    const one = plans.bytes;
    await get('{ b }');
    expect(plans.bytes).toBe(2 * one);

    const small = start({ planCacheBytesMax: one });
    await small.get('{ a }');
    expect([small.plans.size, small.plans.bytes]).toEqual([1, one]);
    await small.get('{ b }');
    expect([small.plans.size, small.plans.bytes]).toEqual([1, one]);
    await small.get('{ c { a b } }');
    expect([small.plans.size, small.plans.bytes]).toEqual([0, 0]);
  });

  test('an operation that no planner plans is refused with a code, and onUnplannable gets the reason', async () => {
    const { get, reported } = start({}, () => {
      throw new UnplannableError('no plan', { cause: new Error('an edge is missing') });
    });
    await expect(get('{ a }')).rejects.toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED' });
    expect(reported).toEqual([expect.objectContaining({ cause: new Error('an edge is missing') })]);
  });

  test('a plan that failed is made again', async () => {
    const failures = [new Error('once')];
    const { get, plannerTexts, plans } = start({}, () => {
      const failure = failures.pop();
      if (failure) throw failure;
    });
    await expect(get('{ a }')).rejects.toThrow('once');
    expect([plans.size, plans.bytes]).toEqual([0, 0]);
    await get('{ a }');
    expect(plannerTexts).toHaveLength(2);
  });

  test('a refusal to plan holds for planRefusalMs, for all operations with the same planner text', async () => {
    const refusal = () => {
      throw new PublicError('TOO_COSTLY', 'too long', { extensions: { limit: 'planMs' } });
    };
    const { get, plannerTexts, clock } = start({ planRefusalMs: 100 }, refusal);
    const expected = { code: 'TOO_COSTLY', message: 'too long', extensions: { limit: 'planMs' } };
    await expect(get('{ a }')).rejects.toMatchObject(expected);
    clock.now = 99;
    await expect(get('{ ... { a } }')).rejects.toMatchObject(expected);
    expect(plannerTexts).toHaveLength(1);
    clock.now = 100;
    await expect(get('{ a }')).rejects.toMatchObject(expected);
    expect(plannerTexts).toHaveLength(2);
  });

  test('a refusal because too many wait is not kept', async () => {
    const { get, plannerTexts } = start({}, () => {
      throw new PublicError('OVERLOADED', 'full');
    });
    await expect(get('{ a }')).rejects.toThrow('full');
    await expect(get('{ a }')).rejects.toThrow('full');
    expect(plannerTexts).toHaveLength(2);
  });
});

describe('a warm start', () => {
  test('a warm start plans the most used operations with the conditions that they had', async () => {
    const { get, plans } = start({ plansWarmedMax: 2 });
    const text = 'query ($yes: Boolean!, $x: Int) { a(x: $x) b @include(if: $yes) }';
    await get('{ a }');
    await get('{ b }');
    await get(text, { coerced: { yes: true, x: 1 } });
    await get(text, { coerced: { yes: true, x: 2 } });
    const frequent = plans.mostUsed();
    expect(frequent).toEqual([
      expect.objectContaining({ hash: text, view: 'all', coerced: { yes: true }, uses: 2 }),
      expect.objectContaining({ hash: '{ b }', uses: 1 }),
    ]);

    const next = start();
    const count = await warmPlans(frequent, ({ view: _, uses: __, draw, ...operation }) => {
      if (operation.hash === '{ b }') throw new Error('not valid any more');
      return next.plans.get({ ...operation, view: VIEW }, draw);
    });
    expect([count, next.plannerTexts]).toEqual([1, ['query ($x: Int) { a(x: $x) b }']]);
    await next.get(text, { coerced: { yes: true, x: 3 } });
    expect(next.plannerTexts).toHaveLength(1);
  });
});
