/** Writes the generated types. `--check` only compares, and exits with 1 if a file is stale. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { TYPE_FILES } from './files.ts';
import { findStale } from './stale.ts';

const ROOT = new URL('../../../', import.meta.url);

if (process.argv.includes('--check')) {
  const stale = await findStale(TYPE_FILES, ROOT);
  for (const line of stale) console.error(line);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const { path, make } of TYPE_FILES) {
    const file = new URL(path, ROOT);
    mkdirSync(new URL('./', file), { recursive: true });
    writeFileSync(file, await make());
  }
}
