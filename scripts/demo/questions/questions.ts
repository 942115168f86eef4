/** The example questions, as the playground and the start show them. */
import { readFile } from 'node:fs/promises';

export interface Question {
  readonly title: string;
  /** Name of the demo identity that asks. */
  readonly identity: string;
  readonly operationName: string;
  readonly text: string;
}

const FOLDER = new URL('./', import.meta.url);

export async function readQuestions(): Promise<readonly Question[]> {
  const list = JSON.parse(await readFile(new URL('questions.json', FOLDER), 'utf8')) as readonly QuestionEntry[];
  return Promise.all(
    list.map(async ({ file, ...question }) => ({ ...question, text: await readFile(new URL(file, FOLDER), 'utf8') })),
  );
}

type QuestionEntry = Omit<Question, 'text'> & { readonly file: string };

/** On one line, without comments. The questions hold no texts with a number sign. */
export function compactQuery(text: string): string {
  return text
    .replace(/#[^\n]*/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
