/** Ids of fetches, as Apollo's planner gives them: nobody waits for a fetch that the plan does not have. */
import { expect, test } from '@jest/globals';
import type { PlanNode, RootFetch } from '../../../model/plan.ts';
import { dropUnknownDependencies } from './fetch-ids.ts';

const fetch = (id?: string): RootFetch => ({
  kind: 'root-fetch',
  ...(id === undefined ? {} : { id }),
  subgraph: 'a',
  operation: '{ a }',
  operationKind: 'query',
  variables: [],
  outputRewrites: [],
});

const withDepends = (depends: readonly string[]): PlanNode => ({
  kind: 'defer',
  primary: { kind: 'sequence', nodes: [fetch(), fetch('0')] },
  deferred: [
    {
      label: 'outer',
      depends: ['0'],
      node: { kind: 'defer', primary: fetch('1'), deferred: [{ label: 'inner', depends, node: fetch() }] },
    },
  ],
});

test('dependencies on fetches that the plan does not have are dropped, also in nested parts', () => {
  expect(dropUnknownDependencies(withDepends(['1', '2', '0']))).toEqual(withDepends(['1', '0']));
});

test('a plan with two fetches of one id is rejected', () => {
  expect(() => dropUnknownDependencies({ kind: 'parallel', nodes: [fetch('0'), fetch('0')] })).toThrow(
    'two fetches with the id 0',
  );
});
