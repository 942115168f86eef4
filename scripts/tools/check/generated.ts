/** The committed files that scripts generate, each with its generator. */

import { readFileSync } from 'node:fs';
import { TYPE_FILES } from '../codegen/files.ts';
import type { GeneratedFile } from '../codegen/stale.ts';
import { composeProject } from '../compose.ts';
import { DOCUMENT_FILES } from '../docs/files.ts';
import { createCalendarText } from '../standard/calendar.ts';
import { readCommittedDivisions } from '../standard/divisions-source.ts';
import { STANDARD_FILES } from '../standard-files/files.ts';
import { withImports } from './imports/print-table.ts';

export const GENERATED_FILES: readonly GeneratedFile[] = [
  {
    path: 'schema/data/divisions.txt',
    command: 'npm run divisions',
    make: readCommittedDivisions,
  },
  {
    path: 'schema/data/calendar.json',
    command: 'node --import tsx scripts/tools/standard/calendar.ts',
    make: createCalendarText,
  },
  {
    path: 'ARCHITECTURE.md',
    command: 'npm run imports -- --write',
    make: () => withImports(readRoot('ARCHITECTURE.md')),
  },
  { path: 'schema/supergraph.graphql', command: 'npx yiwang compose', make: composeText },
  ...TYPE_FILES,
  ...DOCUMENT_FILES,
  ...STANDARD_FILES,
];

function composeText(): string {
  const composition = composeProject();
  if (composition.kind === 'failed') throw new Error(`the subgraphs do not compose: ${composition.errors.join('; ')}`);
  return composition.supergraph;
}

function readRoot(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
}
