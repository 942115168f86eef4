/** `npm test`: makes the clone ready, runs jest with the given arguments, and ends with one line of counts. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeReady, run } from './ready.js';

await makeReady();
const folder = mkdtempSync(join(tmpdir(), 'yiwang-jest-'));
const report = join(folder, 'report.json');
const options = [process.env.NODE_OPTIONS, '--experimental-vm-modules', '--no-warnings'].filter(Boolean).join(' ');
const jest = ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${report}`, ...process.argv.slice(2)];
const code = await run(process.execPath, jest, { NODE_OPTIONS: options });
const { passed, failed } = readCounts();
rmSync(folder, { recursive: true, force: true });
console.log(`Tests: ${passed} passed, ${failed} failed`);
process.exit(code !== 0 ? code : failed > 0 || passed === 0 ? 1 : 0);

/** A suite that could not run counts as one failure, since none of its tests did. */
function readCounts() {
  try {
    const summary = JSON.parse(readFileSync(report, 'utf8'));
    return { passed: summary.numPassedTests, failed: summary.numFailedTests + summary.numRuntimeErrorTestSuites };
  } catch {
    return { passed: 0, failed: 0 };
  }
}
