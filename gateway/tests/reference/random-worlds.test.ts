/**
 * Law 9 on random supergraphs: random operations are answered alike by this engine with each planner, by one schema
 * over all the data, and by the reference. `RANDOM_WORLDS=500` tries as many, `RANDOM_WORLDS=500:SEED` the same ones
 * again.
 */
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from '@jest/globals';
import fc, { type GeneratorValue } from 'fast-check';
import { execute, type GraphQLSchema, parse, validate } from 'graphql';
import { readWholeView } from '../support/read-views.ts';
import { CompositionError, type Federation, startFederation } from './federation.ts';
import { generateOperation, type OperationOptions } from './random-operations.ts';
import { assertRandomly } from './random-runs.ts';
import { generateWorld, type RandomWorld } from './random-world.ts';
import type { RequestParams } from './reference-engine.ts';

/** The same worlds every time, unless others are wanted. */
const SEED_DEFAULT = 20;
const [RUNS = '10', SEED] = (process.env.RANDOM_WORLDS ?? '').split(':').filter((part) => part !== '');
const RUNS_DEFAULT_SECONDS = 18;
const LONG_SECONDS = 3_600;

const STYLES: readonly { readonly isWild: boolean; readonly hasConditions: boolean; readonly hasReference: boolean }[] =
  [
    { isWild: true, hasConditions: true, hasReference: false },
    { isWild: true, hasConditions: true, hasReference: false },
    { isWild: true, hasConditions: false, hasReference: false },
    { isWild: false, hasConditions: false, hasReference: true },
    { isWild: false, hasConditions: false, hasReference: true },
  ];

const isLong = process.env.RANDOM_WORLDS !== undefined;
const secondsMax = isLong ? LONG_SECONDS : RUNS_DEFAULT_SECONDS;

test(
  'random operations on random supergraphs get the data of one schema over all data',
  async () => {
    const playWorld = async (generate: GeneratorValue): Promise<void> => {
      const world = generateWorld(generate);
      const federation = await startFederation(world.subgraphs, { runIn: 'process' }).catch(unlessComposed);
      fc.pre(federation !== undefined);
      try {
        const { schema } = readWholeView(federation.supergraph);
        for (const { hasReference, ...style } of STYLES) {
          const options: OperationOptions = { ...style, schema, depthMax: 3, ids: ['1', '2', '9'], without: [] };
          await check(generateOperation(generate, options), { world, federation, schema, hasReference });
        }
      } finally {
        await federation.close();
      }
    };
    await assertRandomly(playWorld, {
      numRuns: Number(RUNS),
      secondsMax,
      // A failure is told by its seed: worlds are too big to be cut down in good time.
      endOnFailure: true,
      seed: SEED !== undefined ? Number(SEED) : isLong ? undefined : SEED_DEFAULT,
    });
  },
  (secondsMax + 30) * 1_000,
);

interface Scene {
  readonly world: RandomWorld;
  readonly federation: Federation;
  readonly schema: GraphQLSchema;
  readonly hasReference: boolean;
}

async function check(params: RequestParams, { world, federation, schema, hasReference }: Scene): Promise<void> {
  const document = parse(params.query);
  if (validate(schema, document).length > 0) return;
  const variableValues = params.variables ?? {};
  const whole = await execute({ schema, document, rootValue: world.root, variableValues });
  const expected = { data: JSON.stringify(whole.data), errors: pathsOf(whole.errors) };
  const about = () => `${params.query}\n${JSON.stringify(variableValues)}\n${sdlOf(world)}`;
  for (const engine of federation.engines) {
    const reply = await engine.execute(params);
    const got = { data: JSON.stringify(reply.data), errors: pathsOf(reply.errors) };
    if (got.data !== expected.data || got.errors !== expected.errors) {
      expect({ by: engine.name, ...got, about: about() }).toEqual({ by: engine.name, ...expected, about: '' });
    }
  }
  if (!hasReference || world.hasGrids) return;
  const reference = await federation.reference.execute(params);
  // It keeps another order of fields.
  const data: unknown = JSON.parse(expected.data);
  if (!isDeepStrictEqual(reference.data, data)) {
    expect({ by: 'reference', data: reference.data, about: about() }).toEqual({ by: 'reference', data, about: '' });
  }
}

/** Worlds that no composition accepts are not played. */
function unlessComposed(error: unknown): undefined {
  if (error instanceof CompositionError) return undefined;
  throw error;
}

function pathsOf(errors: readonly { readonly path?: readonly (string | number)[] | undefined }[] = []): string {
  return [...new Set(errors.map(({ path }) => (path ?? []).join('.')))].sort().join(' ');
}

function sdlOf({ subgraphs }: RandomWorld): string {
  return Object.entries(subgraphs)
    .map(([name, { sdl }]) => `# ${name}\n${sdl}`)
    .join('\n');
}
