/** The five questions → TypeScript: each operation with the type of its data, as the view of its caller has it. */
import { parse } from 'graphql';
import { type ClientAudience, readClientView } from '../codegen/clients.ts';
import { operationDataType } from '../codegen/operation-types.ts';
import { type Question, readQuestions } from './questions.ts';

const HEAD = `/** The questions of examples/questions, each with the type of its data: made by scripts/tools/docs/generate.ts. */
import type { Operation } from '../client.ts';
`;

/** The audience of each identity that asks. */
const AUDIENCES: Readonly<Record<string, ClientAudience>> = { app: 'open', 'wuhan-fire': 'department' };

export async function createOperations(): Promise<string> {
  const questions = await readQuestions();
  return [HEAD, ...questions.map(operationText)].join('\n');
}

function operationText({ title, identity, operationName, text }: Question): string {
  const view = readClientView(AUDIENCES[identity] ?? 'supervisor');
  const type = operationDataType(parse(text, { noLocation: true }), view);
  return `/** ${title}. */
export const ${operationName}: Operation<${operationName}Data> = {
  name: '${operationName}',
  text: \`${text.replaceAll(/^#.*\n/gm, '')}\`,
};

export interface ${operationName}Data ${type}
`;
}
