/** A question → the `curl` that asks it, for a shell: in the README, and as a script of its own. */
import type { Question } from './questions.ts';

export type ExampleRequest = Pick<Question, 'identity' | 'operationName' | 'text'>;

const URL_DEFAULT = 'http://127.0.0.1:4000/graphql';

/** Commands for readers to paste, with default addresses; the command itself creates the token. */
export function curlCommand(question: ExampleRequest): string {
  return curl(URL_DEFAULT, `$(${tokenCommand(question)})`, question);
}

/** For a file: `YIWANG_URL` and `YIWANG_TOKEN` choose another gateway and another credential. */
export function curlScript({ title, ...question }: ExampleRequest & Pick<Question, 'title'>): string {
  const command = curl(`"\${YIWANG_URL:-${URL_DEFAULT}}"`, `\${YIWANG_TOKEN:-$(${tokenCommand(question)})}`, question);
  return `#!/bin/sh\n# ${title}.\n${command}\n`;
}

/** On one line, without comments. The questions hold no texts with a number sign. */
export function compactText(text: string): string {
  return text
    .replace(/#[^\n]*/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function curl(url: string, token: string, { identity, operationName, text }: ExampleRequest): string {
  const body = JSON.stringify({ query: compactText(text), operationName }).replaceAll("'", "'\\''");
  const header = identity === 'app' ? `x-api-key: ${token}` : `authorization: Bearer ${token}`;
  return `curl -s ${url} -H 'content-type: application/json' \\\n  -H "${header}" \\\n  -d '${body}'`;
}

function tokenCommand({ identity }: ExampleRequest): string {
  return `npx yiwang token --as ${identity}`;
}
