/** Content of the page: in the demo, questions and identities with fresh credentials; otherwise nothing. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GatewayConfig, REPOSITORY } from '../config/config.ts';
import { prepareDemoKeys } from '../config/keys.ts';
import { createCredential, DEMO_IDENTITIES } from './demo/index.ts';

export interface Question {
  readonly title: string;
  /** Name of the demo identity that asks it. */
  readonly identity: string;
  readonly operationName: string;
  readonly query: string;
}

interface QuestionEntry {
  readonly file: string;
  readonly title: string;
  readonly identity: string;
  readonly operationName: string;
}

const TOKEN_LIFE_SECONDS = 12 * 3_600;
const QUESTIONS = join(REPOSITORY, 'examples/questions');

export async function readQuestions(folder = QUESTIONS): Promise<readonly Question[]> {
  const entries = JSON.parse(await readFile(join(folder, 'questions.json'), 'utf8')) as readonly QuestionEntry[];
  return Promise.all(
    entries.map(async ({ file, ...entry }) => ({ ...entry, query: await readFile(join(folder, file), 'utf8') })),
  );
}

/** Empty with a real issuer: only the built-in one gives tokens away. */
export async function createContent(config: GatewayConfig): Promise<() => Promise<unknown>> {
  if (!config.demo || config.open || config.identity.kind !== 'development') {
    return async () => ({ identities: [], questions: [] });
  }
  const keys = await prepareDemoKeys(config.dataFolder);
  const questions = await readQuestions();
  return async () => {
    const life = { lifeSeconds: TOKEN_LIFE_SECONDS, nowMs: Date.now() };
    const identities = await Promise.all(
      DEMO_IDENTITIES.map(async (identity) => {
        const { header, value } = await createCredential(identity, keys, life);
        return { name: identity.name, about: identity.about, header, value };
      }),
    );
    return { identities, questions };
  };
}
