/** The subgraphs of the standard that platforms serve, and the file of each one's schema. */
import { readDocument } from '@yiwang/schema/sdl/sdl.ts';
import type { DocumentNode } from 'graphql';
import { UsageError } from './flags.ts';

const ROOT = new URL('../../', import.meta.url);
const FILES: Readonly<Record<string, string>> = {
  national: 'subgraphs/national/schema.graphql',
  provincial: 'subgraphs/provincial/schema.graphql',
  municipal: 'subgraphs/municipal/schema.graphql',
  supervision: 'subgraphs/platform/supervision/schema.graphql',
  exchange: 'subgraphs/exchange/schema.graphql',
};

export const SUBGRAPH_NAMES: readonly string[] = Object.keys(FILES);

/** Throws `UsageError` for a name that no subgraph has. */
export function readSubgraph(name: string): DocumentNode {
  const path = FILES[name];
  if (path === undefined)
    throw new UsageError(`There is no subgraph "${name}"; there are ${SUBGRAPH_NAMES.join(', ')}.`);
  return readDocument(new URL(path, ROOT));
}
