/** The committed files that scripts make, and what their makers make of them today. */
import { readFileSync } from 'node:fs';
import { composeProject } from '../compose/compose.ts';
import { createCalendarText } from '../standard/calendar.ts';
import { createDivisionsText } from '../standard/divisions.ts';

export interface GeneratedFile {
  /** From the root of the repository. */
  readonly path: string;
  /** How to make it anew. */
  readonly command: string;
  make(): string;
}

export const GENERATED_FILES: readonly GeneratedFile[] = [
  {
    path: 'schema/data/divisions.txt',
    command: 'node --import tsx scripts/standard/divisions.ts',
    make: createDivisionsText,
  },
  {
    path: 'schema/data/calendar.json',
    command: 'node --import tsx scripts/standard/calendar.ts',
    make: createCalendarText,
  },
  { path: 'schema/supergraph.graphql', command: 'npx yiwang compose', make: composeText },
];

function composeText(): string {
  const composition = composeProject();
  if (composition.kind === 'failed') throw new Error(`the subgraphs do not compose: ${composition.errors.join('; ')}`);
  return composition.supergraph;
}

/** One line for each file that is not what its maker makes; empty where all are. */
export function findStale(files: readonly GeneratedFile[], root: URL): readonly string[] {
  return files.flatMap(({ path, command, make }) => {
    try {
      const committed = readFileSync(new URL(path, root), 'utf8');
      return committed === make() ? [] : [`${path} is not what its sources make; run "${command}" and review the diff`];
    } catch (error) {
      return [`${path} could not be compared: ${(error as Error).message}`];
    }
  });
}
