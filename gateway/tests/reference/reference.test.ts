/** Law 9: without partitions and policy, `data` equals the reference engine's, whoever plans and whoever composed. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { GraphQLFormattedError } from 'graphql';
import { type Federation, type Form, type PlannedEngine, startFederation } from './federation.ts';
import { readCases, writePlans } from './read-cases.ts';

const CASES = readCases().flatMap((folder) => folder.composers.map((composer) => ({ ...folder, composer })));

describe.each(CASES)('$name, composed by $composer', ({ name, plans, operations, subgraphs, composer, composers }) => {
  let federation: Federation;
  beforeAll(async () => {
    federation = await startFederation(await subgraphs(), { composer });
  });
  afterAll(() => federation.close());

  test.each(operations)(
    '$operationName gives the data of response.json with each planner, and the reference agrees',
    async ({ expected, ...params }) => {
      const reference = await federation.reference.execute(params);
      expect(JSON.stringify(reference.data)).toBe(JSON.stringify(expected.reference));
      for (const engine of federation.engines) {
        const reply = await engine.execute(params);
        const data = engine.planOf(params.operationName)?.by === 'apollo' ? expected.apollo : expected.data;
        expect([engine.name, JSON.stringify(reply.data)]).toEqual([engine.name, JSON.stringify(data)]);
        expect([engine.name, inOrder(reply.errors)]).toEqual([engine.name, inOrder(expected.errors)]);
        for (const { message, path } of expected.reference === expected.data ? reference.errors : []) {
          const error = path ? { message, path: path.map(withoutPlannersName) } : {};
          expect(reply.errors).toContainEqual(expect.objectContaining(error));
        }
      }
    },
  );

  const deferred = operations.filter(({ query }) => query.includes('@defer'));
  if (deferred.length > 0)
    test.each(deferred)(
      '$operationName in parts adds up to the data of response.json',
      async ({ expected, ...params }) => {
        for (const engine of federation.engines) {
          const { data, errors } = await engine.executeIncrementally(params);
          // Fields that come later come last.
          expect([engine.name, data]).toEqual([engine.name, expected.data]);
          expect([engine.name, inOrder(errors)]).toEqual([engine.name, inOrder(expected.errors)]);
        }
      },
    );

  test('the plans are those of plan.txt', () => {
    const actualPlans = operations.map(({ operationName }) => plansText(operationName, federation.engines)).join('\n');
    if (composer !== composers[0]) return;
    if (process.env.UPDATE_PLANS) writePlans(name, actualPlans);
    else expect(actualPlans).toBe(plans);
  });
});

/** The plan of each planner, in one where they are the same; then those in parts, of what is not answered whole. */
function plansText(operationName: string, engines: readonly PlannedEngine[]): string {
  const plansIn = (form: Form): string => {
    const plans = new Map<string, string[]>();
    for (const { name, planOf } of engines) {
      const plan = planOf(operationName, form);
      if (!plan && form === 'in parts') continue;
      const { by = name, text = 'not planned\n' } = plan ?? {};
      plans.set(text, [...(plans.get(text) ?? []), by === name ? name : `${name}, left to ${by}`]);
    }
    const heading = form === 'whole' ? operationName : `${operationName} in parts`;
    return [...plans].map(([text, names]) => `# ${heading}: ${names.join(' and ')}\n${text}`).join('');
  };
  return plansIn('whole') + plansIn('in parts');
}

/** The reference leaves the names that planners give to conflicting fields in its paths. */
function withoutPlannersName(part: string | number): string | number {
  return typeof part === 'string' ? part.replace(/__alias_\d+$/, '') : part;
}

/** Fetches go out side by side, so that their errors come in any order. */
function inOrder(errors: readonly GraphQLFormattedError[]): string[] {
  return errors.map((error) => JSON.stringify(error)).sort();
}
