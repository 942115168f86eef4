/** `npm run divisions`: generates `schema/data/divisions.txt` from its source; `--check` only compares. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createDivisionsText, type DivisionTables } from './divisions.ts';
import { readDivisionsSource, SOURCE_FILE, TARGET } from './divisions-source.ts';
import { fetchTables } from './fetch-tables.ts';

const TABLES = ['provinces', 'cities', 'areas', 'streets', 'villages'] as const;

const args = process.argv.slice(2);
if (args.some((arg) => arg !== '--check')) {
  process.stderr.write(
    `Unknown argument "${args.find((arg) => arg !== '--check')}". usage: npm run divisions -- [--check]\n`,
  );
  process.exit(2);
}
const source = readDivisionsSource();
process.stderr.write(`Fetching ${source.package} ${source.version} into a temporary folder (24 MB) …\n`);
try {
  const text = createDivisionsText((await fetchTables(source, TABLES)) satisfies DivisionTables);
  if (args.length > 0) {
    const isSame = text === readFileSync(TARGET, 'utf8');
    process.stdout.write(
      `schema/data/divisions.txt ${isSame ? 'is what its source gives' : 'differs from its source'}\n`,
    );
    process.exitCode = isSame ? 0 : 1;
  } else {
    writeFileSync(TARGET, text);
    const made = createHash('sha256').update(text).digest('hex');
    writeFileSync(SOURCE_FILE, `${JSON.stringify({ ...source, made }, null, 2)}\n`);
    process.stdout.write(`schema/data/divisions.txt: ${text.split('\n').length - 1} divisions\n`);
  }
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
