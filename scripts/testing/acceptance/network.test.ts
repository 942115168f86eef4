/** The whole demo network at a small scale: the five questions, and the laws with real platforms, row security and tokens. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll } from '@jest/globals';
import { type RunningNetwork, startNetwork } from '../../demo/network/start-network.ts';
import { makeTemporaryFolder } from '../../tools/temporary-folder.ts';
import { testAccess } from './access.ts';
import { testAddingAPlatform } from './adding-a-platform.ts';
import { testConformance } from './answers/conformance.ts';
import { testOpenStatistics } from './answers/open-statistics.ts';
import { testContainment } from './containment.ts';
import { testExamples } from './examples.ts';
import { testFiveQuestions } from './five-questions.ts';
import { testHotline } from './hotline.ts';
import { WAIT_MS } from './network-client.ts';
import { testOutages } from './outages.ts';
import { testOversight } from './oversight.ts';
import { testPlanners } from './planners.ts';
import { testSpanning } from './spanning.ts';

const folder = makeTemporaryFolder('yiwang-acceptance-');
let running: RunningNetwork;

beforeAll(async () => {
  running = await startNetwork({ folder, scale: 0.05 });
}, WAIT_MS);

afterAll(async () => {
  await running.stop();
  rmSync(folder, { recursive: true, force: true });
}, WAIT_MS);

// All subjects share one network, since starting it takes longer than most of the tests.
const network = (): RunningNetwork => running;
testFiveQuestions(network);
testContainment(network);
testConformance(network);
testHotline(network);
testPlanners(network);
testOutages(network);
testAccess(network);
testSpanning(network);
testOpenStatistics(network);
testOversight(network);
testExamples(network);
// The last one, since it changes the directory.
testAddingAPlatform(network);
