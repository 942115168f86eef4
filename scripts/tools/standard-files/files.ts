/** The files that follow from the standard, and what makes each. */
import type { GeneratedFile } from '../codegen/stale.ts';
import { createCodeListFile } from './code-lists.ts';
import { createContract, dataSets } from './contracts.ts';
import { createEntitiesPage } from './entities-page.ts';
import { createFlowPage } from './flow-page.ts';
import { createStandardPage } from './standard-page.ts';

const COMMAND = 'node --import tsx scripts/tools/standard-files/generate.ts';

export const STANDARD_FILES: readonly GeneratedFile[] = [
  { path: 'docs/standard.md', command: COMMAND, make: createStandardPage },
  { path: 'docs/standard-entities.md', command: COMMAND, make: createEntitiesPage },
  { path: 'docs/standard-flow.md', command: COMMAND, make: createFlowPage },
  { path: 'schema/generated/code-lists.json', command: COMMAND, make: createCodeListFile },
  ...dataSets().map((type) => ({
    path: `schema/contracts/${type.name}.odcs.yaml`,
    command: COMMAND,
    make: () => createContract(type),
  })),
];
