/** The pages and examples that follow from code, and what makes each. */
import type { GeneratedFile } from '../codegen/stale.ts';
import { curlScript } from '../examples/curl-script.ts';
import { createOperations } from '../examples/operations.ts';
import { readQuestions } from '../examples/questions.ts';
import { createClientsPage } from './clients.ts';
import { createConfigurationPage } from './configuration.ts';

const COMMAND = 'node --import tsx scripts/tools/docs/generate.ts';

const questions = await readQuestions();

export const DOCUMENT_FILES: readonly GeneratedFile[] = [
  { path: 'docs/configuration.md', command: COMMAND, make: createConfigurationPage },
  { path: 'docs/clients.md', command: COMMAND, make: createClientsPage },
  { path: 'examples/typescript/generated/operations.ts', command: COMMAND, make: createOperations },
  ...questions.map((question) => ({
    path: `examples/questions/${question.file.replace(/\.graphql$/, '.sh')}`,
    command: COMMAND,
    make: () => curlScript(question),
  })),
];
