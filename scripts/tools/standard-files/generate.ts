/** Writes the pages, code lists and contracts that follow from the standard. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { STANDARD_FILES } from './files.ts';

const ROOT = new URL('../../../', import.meta.url);

for (const { path, make } of STANDARD_FILES) {
  const file = new URL(path, ROOT);
  mkdirSync(new URL('./', file), { recursive: true });
  writeFileSync(file, await make());
}
