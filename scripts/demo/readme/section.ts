/** The README's section of questions: each with the command that asks it and the answer that came. */

import { replaceSection } from '../../tools/marked-section.ts';
import { compactQuery, type Question } from '../questions/questions.ts';
import { formatJson } from './format.ts';

export const SECTION_START = '<!-- questions: written by scripts/demo/readme/write.ts -->';
export const SECTION_END = '<!-- end of questions -->';

export interface Example {
  /** Undefined if it goes on with the example before. */
  readonly number: number | undefined;
  readonly title: string;
  /** What a reader should know before. */
  readonly text?: string;
  /** What has to be done before the question, in the shell. */
  readonly before?: string;
  readonly after?: string;
  readonly question: Pick<Question, 'identity' | 'operationName' | 'text'>;
}

/** Addresses are the defaults; tokens are made where the command runs. */
export function commandOf({ identity, operationName, text }: Example['question']): string {
  const body = JSON.stringify({ query: compactQuery(text), operationName }).replaceAll("'", "'\\''");
  const header =
    identity === 'app'
      ? 'x-api-key: $(npx yiwang token --as app)'
      : `authorization: Bearer $(npx yiwang token --as ${identity})`;
  return `curl -s http://127.0.0.1:4000/graphql -H 'content-type: application/json' \\\n  -H "${header}" \\\n  -d '${body}'`;
}

export function formatExample(example: Example, answer: unknown): string {
  const { number, title, text, before, after, question } = example;
  const heading = number === undefined ? title : `**${number}. ${title}**`;
  const command = [before, commandOf(question), after].filter((part) => part !== undefined).join('\n');
  const lines = [heading, '', ...(text === undefined ? [] : [text, '']), fence('sh', command), ''];
  return [...lines, fence('json', formatJson(answer))].join('\n');
}

/** The README with the section replaced. Throws if it has none. */
export function withSection(readme: string, section: string): string {
  return replaceSection(readme, { start: SECTION_START, end: SECTION_END }, section);
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}
