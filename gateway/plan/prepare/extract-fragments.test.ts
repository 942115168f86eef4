/** Operations nested as deeply as limits can allow, with fragments at every level: both planners plan them. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { DEFAULT_LIMITS, LIMIT_RULES } from '../../model/limits.ts';
import { composeWorld } from '../../tests/reference/worlds/compose-world.ts';
import { readPlanningOf } from '../../tests/support/read-planning.ts';
import type { Planner } from '../planner.ts';
import { createPlanner } from '../planners/create-planner.ts';
import { createPrepareOperation } from './prepare-operation.ts';

// One subgraph has all fields of the interface: where it has not, planners take time that doubles with each level.
const SUPERGRAPH = composeWorld({
  subgraphs: {
    catalogue: {
      sdl: `type Query { media: Media }
        interface Media { id: ID! title: String related: Media }
        type Book implements Media @key(fields: "id") { id: ID! title: String related: Media }
        type Film implements Media @key(fields: "id") { id: ID! title: String related: Media }`,
    },
    reviews: { sdl: 'type Book @key(fields: "id") { id: ID! stars: Int }' },
  },
});
const planning = readPlanningOf(SUPERGRAPH);
const prepare = createPrepareOperation(planning);
const DEPTH = LIMIT_RULES.depthMax.max;

/** `wrap` puts fragments round a selection. */
function nested(levels: number, wrap: (selection: string) => string): string {
  let selection = wrap('title');
  for (let level = 2; level < levels; level++) selection = wrap(`related { ${selection} }`);
  return `{ media { ${selection} } }`;
}

function textOf(query: string): string {
  const { text } = prepare({ document: parse(query), operationName: undefined, coerced: {} });
  return text!;
}

const chain = (fragments: number, types: readonly string[]): string => {
  let selection = 'title';
  for (let level = 0; level < fragments; level++) selection = `... on ${types[level % types.length]} { ${selection} }`;
  return `{ media { ${selection} } }`;
};

describe.each(['hive', 'apollo'] as const)('the planner %s and deep nesting', (primary) => {
  let planner: Planner;
  const reasons: unknown[] = [];
  beforeAll(async () => {
    planner = await createPlanner(planning, { primary, onFallback: (reason) => reasons.push(reason) });
  });

  test.each([
    ['fields alone', nested(DEPTH, (selection) => selection)],
    ['fragments without types', nested(DEPTH, (selection) => `... { ${selection} }`)],
    ['fragments on types', nested(DEPTH, (selection) => `... on Book { ${selection} }`)],
    ['two fragments at each level', nested(DEPTH, (selection) => `... on Media { ... on Film { ${selection} } }`)],
    ['fragments in fragments', chain(LIMIT_RULES.nestingMax.max - 2, ['Media', 'Book'])],
  ])('an operation with %s is planned', async (_, query) => {
    expect(await planner.plan(textOf(query), undefined)).toBeDefined();
    expect(reasons).toEqual([]);
  });

  test('a deeply nested operation has the same plan as in one piece', async () => {
    const query = nested(24, (selection) => `... on Book { ${selection} }`);
    expect(textOf(query)).toContain('fragment yw_0');
    expect(await planner.plan(textOf(query), undefined)).toEqual(await planner.plan(query, undefined));
    expect(reasons).toEqual([]);
  });
});

test('an operation is written once, however often its fragments are spread', () => {
  const levels = 12;
  const fragments = Array.from({ length: levels }, (_, level) => {
    const next = `{ ...f${level + 1} }`;
    return `fragment f${level} on Media { a: related ${next} b: related ${next} }`;
  });
  const query = `{ media { ...f0 } } ${fragments.join(' ')} fragment f${levels} on Media { title }`;
  const roomy = createPrepareOperation(planning, {
    ...DEFAULT_LIMITS,
    plannedSelectionsMax: 2 ** (levels + 3),
  });
  const { text } = roomy({ document: parse(query), operationName: undefined, coerced: {} });
  expect(text?.match(/\btitle\b/g)).toHaveLength(2 ** levels);
});
