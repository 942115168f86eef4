/**
 * Random operations with `@defer` at random fragments: the parts put together are the whole. `RANDOM_PARTS=5000` tries
 * as many on each supergraph, `RANDOM_PARTS=5000:SEED` the same ones again.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc, { type GeneratorValue } from 'fast-check';
import { type GraphQLSchema, parse, validate } from 'graphql';
import { readWholeView } from '../support/read-views.ts';
import { type Federation, type PlannedEngine, startFederation } from './federation.ts';
import { generateOperation } from './random-operations.ts';
import { assertRandomly } from './random-runs.ts';
import type { RequestParams } from './reference-engine.ts';
import { withDefer } from './with-defer.ts';
import { MEDIA, MEDIA_AS_OBJECTS } from './worlds/media.ts';
import { SHOP } from './worlds/shop.ts';

const IDS = ['1', '2', '3', '9', 'b1', 'f1'];
const [RUNS = '40', SEED] = (process.env.RANDOM_PARTS ?? '').split(':').filter((part) => part !== '');
const SECONDS_MAX = process.env.RANDOM_PARTS === undefined ? 15 : 3_600;

describe.each([
  { name: 'a shop', world: SHOP },
  { name: 'media', world: MEDIA },
  { name: 'media with an interface object', world: MEDIA_AS_OBJECTS },
])('$name', ({ world }) => {
  let federation: Federation;
  let schema: GraphQLSchema;
  beforeAll(async () => {
    federation = await startFederation(world.subgraphs);
    schema = readWholeView(federation.supergraph).schema;
  });
  afterAll(() => federation.close());

  test(
    'deferred parts put together are the whole response',
    async () => {
      let subsequentResults = 0;
      const compare = async (generate: GeneratorValue): Promise<void> => {
        const options = { isWild: true, hasConditions: true, without: [], schema, depthMax: 3, ids: IDS };
        const operation = generateOperation(generate, options);
        const params = { ...operation, query: withDefer(operation.query, generate) };
        fc.pre(validate(schema, parse(params.query)).length === 0);
        for (const engine of federation.engines) subsequentResults += (await check(params, engine)) - 1;
      };
      const seed = SEED === undefined ? undefined : Number(SEED);
      await assertRandomly(compare, { numRuns: Number(RUNS), secondsMax: SECONDS_MAX, seed });
      expect(subsequentResults).toBeGreaterThan(0);
    },
    (SECONDS_MAX + 30) * 1_000,
  );
});

// The plan of Apollo's planner makes the last part wait for a fetch that there is not.
test('a deferred part that depends on a fetch outside the plan is answered', async () => {
  const federation = await startFederation(MEDIA.subgraphs);
  const query = `{
    rated { ... on Entry @defer { __typename } related { stars } }
    ... on Query @defer { owners { ... on Studio @defer { city } } }
  }`;
  try {
    for (const engine of federation.engines) expect(await check({ query }, engine)).toBeGreaterThan(1);
  } finally {
    await federation.close();
  }
});

/** The number of parts. */
async function check(params: RequestParams, engine: PlannedEngine): Promise<number> {
  const whole = await engine.execute(params);
  const { parts, ...reply } = await engine.executeIncrementally(params);
  const about = { by: engine.name, ...params };
  expect({ ...about, hasErrors: reply.errors.length > 0 }).toEqual({ ...about, hasErrors: whole.errors.length > 0 });
  if (whole.errors.length === 0) expect({ ...about, data: reply.data }).toEqual({ ...about, data: whole.data });
  // A null stops at the top of its part, so that there may be more than in the whole, and never less.
  else expect({ ...about, lacking: lackingIn(reply.data, whole.data) }).toEqual({ ...about, lacking: undefined });
  return parts;
}

/** A path of something of the whole that is not in the parts. */
function lackingIn(received: unknown, whole: unknown, path: readonly string[] = []): string | undefined {
  if (whole === null) return undefined;
  if (typeof whole !== 'object') return received === whole ? undefined : path.join('.');
  if (typeof received !== 'object' || received === null) return path.join('.');
  if (Array.isArray(whole) && (received as unknown[]).length !== whole.length) return path.join('.');
  for (const [key, value] of Object.entries(whole)) {
    const lacking = lackingIn((received as Record<string, unknown>)[key] ?? null, value, [...path, key]);
    if (lacking !== undefined) return lacking;
  }
  return undefined;
}
