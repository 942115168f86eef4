/** The files of generated types, each with its generator. */

import { printSubgraphSchema } from '@yiwang/schema/sdl';
import { readSubgraph, SUBGRAPH_NAMES } from '../subgraph-files.ts';
import { createClientSchema, createClientTypes } from './clients.ts';
import type { GeneratedFile } from './stale.ts';
import { createResolverTypes, SUBGRAPH_MODULES } from './subgraphs.ts';

const COMMAND = 'node --import tsx scripts/tools/codegen/generate.ts';

export const TYPE_FILES: readonly GeneratedFile[] = [
  ...SUBGRAPH_MODULES.map((module) => ({
    path: `${module.folder}/generated/schema.ts`,
    command: COMMAND,
    make: () => createResolverTypes(module),
  })),
  { path: 'schema/generated/open.graphql', command: COMMAND, make: () => createClientSchema('open') },
  { path: 'schema/generated/open.ts', command: COMMAND, make: () => createClientTypes('open') },
  { path: 'schema/generated/supervisor.graphql', command: COMMAND, make: () => createClientSchema('supervisor') },
  ...SUBGRAPH_NAMES.map((name) => ({
    path: `schema/generated/subgraphs/${name}.graphql`,
    command: COMMAND,
    make: () => printSubgraphSchema(readSubgraph(name)),
  })),
];
