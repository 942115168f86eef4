/** Law 9: without partitions and policy, `data` equals the reference engine's, whoever plans and whoever composed. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { GraphQLFormattedError } from 'graphql';
import { type Composer, type EngineContestant, type Federation, startFederation } from './federation.ts';
import { readCases, writePlans } from './read-cases.ts';

const COMPOSERS: readonly Composer[] = ['theguild', 'apollo'];
const CASES = COMPOSERS.flatMap((composer) => readCases().map((folder) => ({ ...folder, composer })));

describe.each(CASES)('$name, composed by $composer', ({ name, plans, questions, subgraphs, composer }) => {
  let federation: Federation;
  beforeAll(async () => {
    federation = await startFederation(await subgraphs(), { composer });
  });
  afterAll(() => federation.close());

  test.each(questions)('$operationName', async ({ expected, ...question }) => {
    const reference = await federation.reference.ask(question);
    expect(JSON.stringify(reference.data)).toBe(JSON.stringify(expected.reference));
    for (const engine of federation.engines) {
      const reply = await engine.ask(question);
      const data = engine.planOf(question.operationName)?.by === 'apollo' ? expected.apollo : expected.data;
      expect([engine.name, JSON.stringify(reply.data)]).toEqual([engine.name, JSON.stringify(data)]);
      expect([engine.name, inOrder(reply.errors)]).toEqual([engine.name, inOrder(expected.errors)]);
      for (const { message, path } of expected.reference === expected.data ? reference.errors : []) {
        const error = path ? { message, path: path.map(withoutPlannersName) } : {};
        expect(reply.errors).toContainEqual(expect.objectContaining(error));
      }
    }
  });

  test('its plans', () => {
    const written = questions.map(({ operationName }) => plansText(operationName, federation.engines)).join('\n');
    if (composer === 'theguild' && process.env.UPDATE_PLANS) writePlans(name, written);
    else if (composer === 'theguild') expect(written).toBe(plans);
  });
});

/** The plan of each planner, in one where they are the same. */
function plansText(operationName: string, engines: readonly EngineContestant[]): string {
  const plans = new Map<string, string[]>();
  for (const { name, planOf } of engines) {
    const { by = name, text = 'not planned\n' } = planOf(operationName) ?? {};
    plans.set(text, [...(plans.get(text) ?? []), by === name ? name : `${name}, left to ${by}`]);
  }
  return [...plans].map(([text, names]) => `# ${operationName}: ${names.join(' and ')}\n${text}`).join('');
}

/** The reference leaves the names that planners give to conflicting fields in its paths. */
function withoutPlannersName(part: string | number): string | number {
  return typeof part === 'string' ? part.replace(/__alias_\d+$/, '') : part;
}

/** Fetches go out side by side, so that their errors come in any order. */
function inOrder(errors: readonly GraphQLFormattedError[]): string[] {
  return errors.map((error) => JSON.stringify(error)).sort();
}
