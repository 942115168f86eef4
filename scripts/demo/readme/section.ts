/** The README's examples: each question with the command that asks it and the answer that came. */
import { curlCommand, type ExampleRequest } from '../../tools/examples/curl-script.ts';
import { formatJson } from './format.ts';

export interface Example {
  /** Undefined if it goes on with the example before. */
  readonly number: number | undefined;
  readonly title: string;
  /** What a reader should know before. */
  readonly text?: string;
  /** What has to be done before the question, in the shell. */
  readonly before?: string;
  readonly after?: string;
  readonly question: ExampleRequest;
}

export function formatExample(example: Example, answer: unknown): string {
  const { number, title, text } = example;
  const heading = number === undefined ? title : `### ${number}. ${title}`;
  return [heading, '', ...(text === undefined ? [] : [text, '']), formatExchange(example, answer)].join('\n');
}

/** Command and answer alone. */
export function formatExchange({ before, after, question }: Example, answer: unknown): string {
  const command = [before, curlCommand(question), after].filter((part) => part !== undefined).join('\n');
  return [fence('sh', command), '', fence('json', formatJson(answer))].join('\n');
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}
