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

describe('a plan in parts', () => {
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
    ['that requires what no one asks for', '{ book { ... @defer { price } } }'],
    ['with nothing in its first part', '{ media { ... @defer { id title } } }'],
    ['where fields are renamed', '{ media { a: title ... on Book @defer { title: pages pages: stars } } }'],
    ['where the root is deferred', '{ book { id } ... @defer { media { title } book { stars } } }'],
  ])('%s comes to all of them', async (_, query) => {
    const { plan: given, operation } = await plan(query);
    expect(given.kind).toBe('defer');
    expect(isDeferredPlanComplete(given, operation, types)).toBe(true);
  });

  /** `from` and `to` are texts in the JSON of the plan. */
  test.each([
    ['without a field of the part', STARS, '...on Book{stars}', '...on Book{id}'],
    ['without a field of the first part', STARS, 'title', 'id'],
    ['without the key that the part is asked by', STARS, '...on Book{__typename id}', '...on Book{__typename}'],
    ['without the type that tells whose the part is', STARS, '__typename ', ''],
    ['whose part is for another type', STARS, '...on Book{stars}', '...on Film{stars}'],
    ['whose part is fetched at another place', STARS, '"name":"media"', '"name":"book"'],
    ['whose part waits for nothing', STARS, '"depends":["0"]', '"depends":[]'],
    ['with the field under another key', STARS, '{stars}', '{title:stars}'],
    ['whose part is one of others', STARS, '"label":"0"', '"label":"1"'],
    ['without a field of the part in the part', NESTED, '{best{text', '{best{__typename'],
    ['that asks again for the key', STARS, '{stars}', '{stars number:id}'],
  ])('%s does not', async (_, query, from, to) => {
    const { plan: given, operation } = await plan(query);
    const text = JSON.stringify(given);
    expect(text).toContain(from);
    expect(isDeferredPlanComplete(JSON.parse(text.replaceAll(from, to)) as PlanNode, operation, types)).toBe(false);
  });

  test('that begins a part with one that may come later does not', async () => {
    const { plan: given, operation } = await plan('{ book { ... @defer { stars } ... @defer { title } } }');
    if (given.kind !== 'defer') throw new Error('the plan is in one part');
    const [first, second] = given.deferred;
    const node: PlanNode = { kind: 'defer', primary: first!.node, deferred: [second!] };
    const nested: PlanNode = { ...given, deferred: [{ ...first!, node }] };
    expect(isDeferredPlanComplete(nested, operation, types)).toBe(false);
  });

  test('that does not come to all of them is no plan', async () => {
    const { text } = prepare({ document: parse(STARS), operationName: undefined, coerced: {}, isIncremental: true });
    const spoiling: Planner = {
      ...planner,
      plan: async (...asked) =>
        JSON.parse(JSON.stringify(await planner.plan(...asked)).replace('{stars}', '{id}')) as PlanNode,
    };
    await expect(withRepairedPlans(planner, planning).plan(text!, undefined)).resolves.toBeDefined();
    await expect(withRepairedPlans(spoiling, planning).plan(text!, undefined)).rejects.toThrow('leaves out');
  });
});
