/** The files of generated types, and what makes each. */
import type { GeneratedFile } from '../check/stale.ts';
import { createResolverTypes, SUBGRAPH_MODULES } from './subgraphs.ts';

const COMMAND = 'node --import tsx scripts/codegen/generate.ts';

export const TYPE_FILES: readonly GeneratedFile[] = [
  ...SUBGRAPH_MODULES.map((module) => ({
    path: `${module.folder}/generated/schema.ts`,
    command: COMMAND,
    make: () => createResolverTypes(module),
  })),
];
