/** Plans in parts that come to all of each part, and the same plans with something left out. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type OperationDefinitionNode, parse } from 'graphql';
import { inlineFragments } from '../../../kit/graphql/inline-fragments.ts';
import type { PlanNode } from '../../../model/plan.ts';
import { composeWorld } from '../../../tests/reference/worlds/compose-world.ts';
import { readPlanningOf } from '../../../tests/support/read-planning.ts';
import type { Planner } from '../../planner.ts';
import { createPlanner } from '../../planners/create-planner.ts';
import { createPrepareOperation } from '../../prepare/prepare-operation.ts';
import { withRepairedPlans } from '../repaired-planner.ts';
import { isDeferredPlanComplete } from './verify-deferred-plan.ts';

const SUPERGRAPH = composeWorld({
  subgraphs: {
    catalogue: {
      sdl: `type Query { media: [Media!]! book: Book }
        interface Media { id: ID! title: String related: [Media!]! }
        type Book implements Media @key(fields: "id") { id: ID! title: String related: [Media!]! pages: Int }
        type Film implements Media @key(fields: "id") { id: ID! title: String related: [Media!]! }`,
    },
    reviews: {
      sdl: `type Book @key(fields: "id") { id: ID! stars: Int best: Review }
        type Film @key(fields: "id") { id: ID! stars: Int }
        type Review { text: String of: Book }`,
    },
    prices: {
      sdl: `type Book @key(fields: "id") { id: ID! pages: Int @external price: Int @requires(fields: "pages") }`,
    },
  },
});
const planning = readPlanningOf(SUPERGRAPH);
const prepare = createPrepareOperation(planning);
const { types } = planning;

const STARS = '{ media { title ... on Book @defer { stars } } }';
const NESTED = '{ book { title ... @defer { best { text ... @defer { of { title } } } } } }';

describe('plans in parts', () => {
  let planner: Planner;
  beforeAll(async () => {
    planner = await createPlanner(planning, { primary: 'apollo' });
  });

  async function plan(query: string): Promise<{ plan: PlanNode; operation: OperationDefinitionNode }> {
    const { text } = prepare({ document: parse(query), operationName: undefined, coerced: {}, isIncremental: true });
    return { plan: (await planner.plan(text!, undefined))!, operation: inlineFragments(parse(text!)) };
  }

  test.each([
    ['of one fragment', STARS],
    ['of fragments in fragments', NESTED],
    ['of an interface', '{ media { ... @defer { related { __typename ... on Film @defer { stars title } } } } }'],
    ['that requires what the client does not select', '{ book { ... @defer { price } } }'],
    ['with nothing in its first part', '{ media { ... @defer { id title } } }'],
    ['with renamed fields', '{ media { a: title ... on Book @defer { title: pages pages: stars } } }'],
    ['with a deferred root', '{ book { id } ... @defer { media { title } book { stars } } }'],
  ])('a plan in parts %s is complete', async (_, query) => {
    const { plan: deferPlan, operation } = await plan(query);
    expect(deferPlan.kind).toBe('defer');
    expect(isDeferredPlanComplete(deferPlan, operation, types)).toBe(true);
  });

  /** `from` and `to` are texts in the JSON of the plan. */
  test.each([
    ['without a field of the part', STARS, '...on Book{stars}', '...on Book{id}'],
    ['without a field of the first part', STARS, 'title', 'id'],
    ['without the key by which the part is fetched', STARS, '...on Book{__typename id}', '...on Book{__typename}'],
    ['without the type on which the part depends', STARS, '__typename ', ''],
    ['whose part is for another type', STARS, '...on Book{stars}', '...on Film{stars}'],
    ['whose part is fetched at another place', STARS, '"name":"media"', '"name":"book"'],
    ['whose part depends on no fetch', STARS, '"depends":["0"]', '"depends":[]'],
    ['with the field under another key', STARS, '{stars}', '{title:stars}'],
    ['whose part has another label', STARS, '"label":"0"', '"label":"1"'],
    ['without a field of the part in the part', NESTED, '{best{text', '{best{__typename'],
    ['that fetches the key again under another name', STARS, '{stars}', '{stars number:id}'],
  ])('a plan in parts %s is incomplete', async (_, query, from, to) => {
    const { plan: deferPlan, operation } = await plan(query);
    const text = JSON.stringify(deferPlan);
    expect(text).toContain(from);
    expect(isDeferredPlanComplete(JSON.parse(text.replaceAll(from, to)) as PlanNode, operation, types)).toBe(false);
  });

  test('a plan that starts a part with one that may come later is incomplete', async () => {
    const { plan: deferPlan, operation } = await plan('{ book { ... @defer { stars } ... @defer { title } } }');
    if (deferPlan.kind !== 'defer') throw new Error('the plan is in one part');
    const [first, second] = deferPlan.deferred;
    const node: PlanNode = { kind: 'defer', primary: first!.node, deferred: [second!] };
    const nested: PlanNode = { ...deferPlan, deferred: [{ ...first!, node }] };
    expect(isDeferredPlanComplete(nested, operation, types)).toBe(false);
  });

  test('a plan in parts that is incomplete is rejected', async () => {
    const { text } = prepare({ document: parse(STARS), operationName: undefined, coerced: {}, isIncremental: true });
    const spoiling: Planner = {
      ...planner,
      plan: async (...args) =>
        JSON.parse(JSON.stringify(await planner.plan(...args)).replace('{stars}', '{id}')) as PlanNode,
    };
    await expect(withRepairedPlans(planner, planning).plan(text!, undefined)).resolves.toBeDefined();
    await expect(withRepairedPlans(spoiling, planning).plan(text!, undefined)).rejects.toThrow('leaves out');
  });
});
