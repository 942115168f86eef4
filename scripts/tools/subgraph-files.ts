/** The subgraphs that platforms serve, in the order of composition, and the folder of each. */
import { readDocument } from '@yiwang/schema/sdl';
import type { DocumentNode } from 'graphql';
import { UsageError } from './flags.ts';

export const SUBGRAPH_NAMES = [
  ...(['national', 'provincial', 'supervision', 'departments', 'municipal', 'hotline', 'exchange'] as const),
] as const;
const ROOT = new URL('../../', import.meta.url);

/** From the root of the repository. */
export function folderOf(name: string): string {
  return `subgraphs/${name}`;
}

export function migrationsOf(name: string): URL {
  return new URL(`${folderOf(name)}/migrations/`, ROOT);
}

/** The schema of a subgraph, as its folder has it. Throws `UsageError` for a name that no subgraph has. */
export function readSubgraph(name: string): DocumentNode {
  if (!SUBGRAPH_NAMES.some((each) => each === name))
    throw new UsageError(`There is no subgraph "${name}"; there are ${SUBGRAPH_NAMES.join(', ')}.`);
  return readDocument(new URL(`${folderOf(name)}/schema.graphql`, ROOT));
}
