/** Answers do not depend on the planner. */
import { describe, expect, test } from '@jest/globals';
import { createPlanner } from '@yiwang/gateway/plan/index.ts';
import { readQuestions } from '../../tools/examples/questions.ts';
import { rightsOf, startEngineOverNetwork } from './engine.ts';
import { BROAD, createAskAs, type GetNetwork, WAIT_MS } from './network-client.ts';

export function testPlanners(network: GetNetwork): void {
  const askAs = createAskAs(network);
  describe("Apollo's planner", () => {
    test(
      'comes to the same answers',
      async () => {
        const other = await startEngineOverNetwork(network(), {
          planner: (supergraph) => createPlanner(supergraph, { primary: 'apollo' }),
        });
        try {
          const rights = rightsOf('hubei', '420000');
          const questions = (await readQuestions()).filter(({ operationName }) => operationName !== 'BeijingTonight');
          for (const { text } of [...questions, { text: BROAD }]) {
            expect((await other.ask(text, rights)).data).toEqual((await askAs('hubei', text)).data);
          }
        } finally {
          await other.close();
        }
      },
      WAIT_MS,
    );
  });
}
