/** Law 9 on random operations: this engine with each planner = one schema over all the data = the reference engine. */
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { execute, type GraphQLSchema, parse, validate } from 'graphql';
import { readWholeView } from '../support/read-views.ts';
import { type Federation, startFederation } from './federation.ts';
import { generateOperation, type OperationOptions } from './random-operations.ts';
import { assertRandomly } from './random-runs.ts';
import type { GraphQLResult, RequestParams } from './reference-engine.ts';
import { MEDIA, MEDIA_AS_OBJECTS } from './worlds/media.ts';
import { SHOP } from './worlds/shop.ts';

const IDS = ['1', '2', '3', '9', 'b1', 'f1'];
const SECONDS_MAX = 30;

type Style = Omit<OperationOptions, 'schema' | 'depthMax' | 'ids'>;

const WILD: Style = { isWild: true, hasConditions: true, without: [] };
/**
 * The reference goes wrong where what a field requires depends on a condition, or is asked for with other arguments.
 */
const CALM: Style = { isWild: false, hasConditions: true, without: ['postage', 'packing', 'invoice'] };
const UNCONDITIONAL: Style = { isWild: false, hasConditions: false, without: ['weight'] };

describe.each([
  { name: 'a shop', world: SHOP, hasReference: true },
  { name: 'media', world: MEDIA, hasReference: true },
  // The reference loses objects whose interface is an object type elsewhere, so that it is left out.
  { name: 'media with an interface object', world: MEDIA_AS_OBJECTS, hasReference: false },
])('$name', ({ world, hasReference }) => {
  let federation: Federation;
  let schema: GraphQLSchema;
  /** How often the reference was asked, and gave something to compare. */
  let referenceCalls = 0;
  let compared = 0;
  beforeAll(async () => {
    federation = await startFederation(world.subgraphs);
    schema = readWholeView(federation.supergraph).schema;
  });
  afterAll(() => federation.close());

  async function check(params: RequestParams, withReference: boolean): Promise<void> {
    const document = parse(params.query);
    fc.pre(validate(schema, document).length === 0);
    const variableValues = params.variables ?? {};
    const whole = await execute({ schema, document, rootValue: world.root, variableValues });
    for (const engine of federation.engines) {
      const reply = await engine.execute(params);
      expect([engine.name, JSON.stringify(reply.data)]).toEqual([engine.name, JSON.stringify(whole.data)]);
      expect([engine.name, hasErrors(reply)]).toEqual([engine.name, whole.errors !== undefined]);
    }
    if (!withReference) return;
    const reference = await federation.reference.execute(params);
    referenceCalls++;
    const truth: unknown = JSON.parse(JSON.stringify(whole.data));
    // It gives null without an error for some objects, and is then nothing to compare with.
    if (!isDeepStrictEqual(reference.data, truth) && isTruthWithNulls(reference.data, truth)) return;
    compared++;
    expect(reference.data).toEqual(truth);
  }

  test.each([
    { style: 'wild operations', ...WILD, withReference: false, numRuns: 60 },
    { style: 'operations with conditions', ...CALM, withReference: hasReference, numRuns: 20 },
    { style: 'operations without conditions', ...UNCONDITIONAL, withReference: hasReference, numRuns: 20 },
  ])('$style get the data of one schema over all data', async ({ withReference, numRuns, ...style }) => {
    [referenceCalls, compared] = [0, 0];
    await assertRandomly(
      (generate) => check(generateOperation(generate, { ...style, schema, depthMax: 3, ids: IDS }), withReference),
      { numRuns, secondsMax: SECONDS_MAX },
    );
    expect(compared).toBeGreaterThanOrEqual(referenceCalls * 0.8);
  });
});

/** True if `data` is `truth`, with null in place of some of its values. */
function isTruthWithNulls(data: unknown, truth: unknown): boolean {
  if (data === null || !isComposite(data) || !isComposite(truth)) return data === null || data === truth;
  const keys = Object.keys(truth);
  return Object.keys(data).length === keys.length && keys.every((key) => isTruthWithNulls(data[key], truth[key]));
}

function isComposite(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function hasErrors({ errors }: GraphQLResult): boolean {
  return errors.length > 0;
}
