/** The examples of the README as Markdown: question, command and answer. */
import { curlCommand, type ExampleRequest } from '../../tools/examples/curl-script.ts';
import { formatJson } from './format.ts';

export interface Example {
  /** Undefined if the example continues the one before. */
  readonly number: number | undefined;
  readonly title: string;
  /** Text before the command. */
  readonly text?: string;
  /** Shell commands to run before the question. */
  readonly before?: string;
  readonly after?: string;
  readonly question: ExampleRequest;
}

export function formatExample(example: Example, answer: unknown): string {
  const { number, title, text } = example;
  const heading = number === undefined ? title : `### ${number}. ${title}`;
  return [heading, '', ...(text === undefined ? [] : [text, '']), formatExchange(example, answer)].join('\n');
}

/** Command and answer without a title. */
export function formatExchange({ before, after, question }: Example, answer: unknown): string {
  const command = [before, curlCommand(question), after].filter((part) => part !== undefined).join('\n');
  return [fence('sh', command), '', fence('json', formatJson(answer))].join('\n');
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}
