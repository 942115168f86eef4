/** Operations with `@defer` → plans in parts, by Apollo's planner, whichever serves the rest. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import type { DeferNode, PlanNode } from '../../model/plan.ts';
import { composeWorld } from '../../tests/reference/worlds/compose-world.ts';
import { readPlanningOf } from '../../tests/support/read-planning.ts';
import type { Planner } from '../planner.ts';
import { createPrepareOperation } from '../prepare/prepare-operation.ts';
import { createPlanner } from './create-planner.ts';

const SUPERGRAPH = composeWorld({
  subgraphs: {
    people: {
      sdl: 'type Query { people: [Person!]! } type Person @key(fields: "id") { id: ID! name: String friend: Person }',
    },
    ages: { sdl: 'type Person @key(fields: "id") { id: ID! age: Int }' },
  },
});
const planning = readPlanningOf(SUPERGRAPH);
const prepare = createPrepareOperation(planning);

describe('@defer', () => {
  let planner: Planner;
  const reasons: unknown[] = [];
  beforeAll(async () => {
    planner = await createPlanner(planning, { onFallback: (reason) => reasons.push(reason) });
  });

  async function plan(query: string, variables = {}): Promise<PlanNode | undefined> {
    const { text } = prepare({
      document: parse(query),
      operationName: undefined,
      coerced: variables,
      isIncremental: true,
    });
    return planner.plan(text!, undefined);
  }

  test('a deferred fragment is a part of the plan and names the fetch that it waits for', async () => {
    const node = (await plan('{ people { name ... @defer(label: "later") { age } } }')) as DeferNode;
    expect(node).toMatchObject({
      kind: 'defer',
      primary: { kind: 'root-fetch', subgraph: 'people', id: '0' },
      deferred: [
        {
          label: '0',
          depends: ['0'],
          node: {
            kind: 'entity-fetch',
            subgraph: 'ages',
            lookups: [{ paths: [[{ kind: 'field', name: 'people' }, { kind: 'items' }]] }],
          },
        },
      ],
    });
    expect(reasons).toEqual([new Error('the operation has @defer')]);
  });

  test('each deferred part has a unique label, and parts may contain parts', async () => {
    const node = (await plan(`{ people { name ...F @defer } }
      fragment F on Person { age friend { name ... @defer(label: "two") { age } } }`)) as DeferNode;
    const [part] = node.deferred;
    expect(part).toMatchObject({ label: '0', depends: ['0'], node: { kind: 'defer' } });
    const inner = part?.node as DeferNode;
    expect(inner.deferred.map(({ label }) => label)).toEqual(['1']);
  });

  test('a fragment whose @defer is turned off by its condition is not deferred', async () => {
    const query = 'query ($later: Boolean!) { people { name ... @defer(if: $later) { age } } }';
    expect(await plan(query, { later: false })).toMatchObject({ kind: 'sequence' });
    expect(await plan(query, { later: true })).toMatchObject({ kind: 'defer' });
  });
});
