/** The text that users read when the network is ready: its addresses, and the example questions as commands for a shell. */

import type { DemoKeys } from '@yiwang/gateway/config/keys.ts';
import { createCredential, DEMO_IDENTITIES } from '@yiwang/gateway/playground/demo/index.ts';
import { compactText } from '../../tools/examples/curl-script.ts';
import { type Question, readQuestions } from '../../tools/examples/questions.ts';
import { dataFlagFor } from '../control/registry.ts';

const TOKEN_LIFE_SECONDS = 12 * 3600;

export interface Description {
  readonly gatewayUrl: string;
  /** The data folder. */
  readonly folder: string;
  readonly keys: DemoKeys;
  readonly elapsedMs: number;
  readonly nowMs: number;
}

export async function describeNetwork({ gatewayUrl, folder, keys, elapsedMs, nowMs }: Description): Promise<string> {
  const questions = await Promise.all(
    (await readQuestions()).map(async (question, i) => {
      const { header, value } = await credentialOf(question.identity, keys, nowMs);
      return `${i + 1}. ${question.title} (as ${question.identity})\n\n${commandFor(question, { gatewayUrl, header, value })}\n`;
    }),
  );
  const flag = dataFlagFor(folder);
  return [
    '',
    `Ready in ${(elapsedMs / 1000).toFixed(1)} s: ${gatewayUrl}`,
    `Playground: ${new URL('/', gatewayUrl).href}`,
    '',
    'Questions to paste (tokens are good for 12 hours):',
    '',
    ...questions,
    'In another shell, in the clone:',
    '',
    `  npx yiwang token --as hubei${flag}                  a token (--list: of whom)`,
    `  npx yiwang network stop municipal/110101${flag}     take one platform away (start: bring it back)`,
    '',
    'Stop all: Ctrl-C',
    '',
  ].join('\n');
}

/** The header with the credential of a demo identity. Throws a `RangeError` for an unknown name. */
export function credentialOf(name: string, keys: DemoKeys, nowMs: number) {
  const identity = DEMO_IDENTITIES.find((candidate) => candidate.name === name);
  if (!identity)
    throw new RangeError(
      `There is no demo identity "${name}"; expected one of ${DEMO_IDENTITIES.map((one) => one.name).join(', ')}`,
    );
  return createCredential(identity, keys, { lifeSeconds: TOKEN_LIFE_SECONDS, nowMs });
}

interface GatewayAccess {
  readonly gatewayUrl: string;
  readonly header: string;
  readonly value: string;
}

function commandFor(question: Question, { gatewayUrl, header, value }: GatewayAccess): string {
  const body = JSON.stringify({ query: compactText(question.text), operationName: question.operationName });
  return `curl -s ${gatewayUrl} -H 'content-type: application/json' -H '${header}: ${value}' \\\n  -d '${body.replaceAll("'", "'\\''")}'`;
}
