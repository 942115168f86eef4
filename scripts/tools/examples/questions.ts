/** The example questions, as the playground, the start and the README show them: the files of examples/questions. */
import { readFile } from 'node:fs/promises';

export interface Question {
  /** Name of the file in examples/questions. */
  readonly file: string;
  readonly title: string;
  /** Name of the demo identity that asks. */
  readonly identity: string;
  readonly operationName: string;
  readonly text: string;
}

const FOLDER = new URL('../../../examples/questions/', import.meta.url);

export async function readQuestions(): Promise<readonly Question[]> {
  const entries = JSON.parse(await readFile(new URL('questions.json', FOLDER), 'utf8')) as readonly QuestionEntry[];
  return Promise.all(
    entries.map(async (entry) => ({ ...entry, text: await readFile(new URL(entry.file, FOLDER), 'utf8') })),
  );
}

type QuestionEntry = Omit<Question, 'text'>;
