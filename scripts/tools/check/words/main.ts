/** `npm run check`: struck words in sources, file names and documents. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSources, type SourceFile } from '../imports/source.ts';
import { findStruckWords, type StruckList } from './words.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const LIST = JSON.parse(readFileSync(new URL('./struck-words.json', import.meta.url), 'utf8')) as StruckList;

/** The changelog tells of old names. */
function readDocuments(): readonly SourceFile[] {
  const paths = [
    ...readdirSync(ROOT).filter((name) => name !== 'CHANGELOG.md'),
    ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`),
  ];
  return paths
    .filter((path) => path.endsWith('.md'))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

const faults = findStruckWords([...readSources(ROOT), ...readDocuments()], LIST);
for (const fault of faults) console.error(fault);
if (faults.length > 0)
  console.error('\nEach struck word has a better one: docs/glossary.md has the words that are ours.');
process.exitCode = faults.length === 0 ? 0 : 1;
