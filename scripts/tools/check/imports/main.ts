/**
 * `npm run imports`: prints the import table and its picture. `--write` writes them into ARCHITECTURE.md; `--check` prints every import
 * that breaks the rules, and ends with 1 if there is one.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findFaults } from './check-imports.ts';
import { PARTS } from './import-table.ts';
import { printImports, withImports } from './print-table.ts';
import { readSources } from './source.ts';

const ROOT = new URL('../../../../', import.meta.url);
const DOCUMENT = new URL('ARCHITECTURE.md', ROOT);
const [action] = process.argv.slice(2);

if (action === undefined) {
  process.stdout.write(`${printImports(PARTS)}\n`);
} else if (action === '--write') {
  writeFileSync(DOCUMENT, withImports(readFileSync(DOCUMENT, 'utf8')));
} else if (action === '--check') {
  const faults = findFaults(readSources(fileURLToPath(ROOT)));
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
} else {
  process.stderr.write(`Unknown argument "${action}". usage: npm run imports -- [--write | --check]\n`);
  process.exitCode = 2;
}
