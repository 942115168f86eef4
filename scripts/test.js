/** `npm test`: runs jest with the given arguments, after installing what is missing, and prints one line of counts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTestFolder, removeTestFolder } from './testing/test-folder.js';
import { ensureInstalled, runProgram } from './tools/ensure-installed.js';

await ensureInstalled('all');
const folder = await makeTestFolder();
const report = join(folder, 'report.json');
const options = [process.env.NODE_OPTIONS, '--experimental-vm-modules', '--no-warnings'].filter(Boolean).join(' ');
const endsWithParent = ['--import', new URL('./testing/exit-with-runner.js', import.meta.url).href];
const jest = ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${report}`, ...process.argv.slice(2)];
const code = await runProgram(process.execPath, [...endsWithParent, ...jest], {
  NODE_OPTIONS: options,
  TMPDIR: folder,
});
// Ctrl-C arrives twice: from the terminal and from npm.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
const { passed, failed } = readCounts();
await removeTestFolder(folder);
console.log(`Tests: ${passed} passed, ${failed} failed`);
process.exit(code !== 0 ? code : failed > 0 || passed === 0 ? 1 : 0);

/** A suite that could not run counts as one failure. */
function readCounts() {
  try {
    const summary = JSON.parse(readFileSync(report, 'utf8'));
    return { passed: summary.numPassedTests, failed: summary.numFailedTests + summary.numRuntimeErrorTestSuites };
  } catch {
    return { passed: 0, failed: 0 };
  }
}
