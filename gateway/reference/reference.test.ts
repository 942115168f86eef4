/** Law 9: without partitions and policy, `data` equals the reference engine's, whichever planner plans. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Federation, startFederation } from './federation.ts';
import { readCases } from './read-cases.ts';

describe.each(readCases())('$name', ({ questions, subgraphs }) => {
  let federation: Federation;
  beforeAll(async () => {
    federation = await startFederation(await subgraphs());
  });
  afterAll(() => federation.close());

  test.each(questions)('$operationName', async ({ expected, ...question }) => {
    const reference = await federation.reference.ask(question);
    expect(JSON.stringify(reference.data)).toBe(JSON.stringify(expected.data));
    for (const engine of federation.engines) {
      const reply = await engine.ask(question);
      expect([engine.name, JSON.stringify(reply.data)]).toEqual([engine.name, JSON.stringify(expected.data)]);
      expect([engine.name, reply.errors]).toEqual([engine.name, expected.errors]);
    }
  });
});
