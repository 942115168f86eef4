/** Writes the pages and examples that follow from code. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { DOCUMENT_FILES } from './files.ts';

const ROOT = new URL('../../../', import.meta.url);

for (const { path, make } of DOCUMENT_FILES) {
  const file = new URL(path, ROOT);
  mkdirSync(new URL('./', file), { recursive: true });
  writeFileSync(file, await make());
}
