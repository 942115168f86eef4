/** Starts the demo network in a folder of its own, asks the README's questions, and writes the answers into README.md. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { makeTemporaryFolder } from '../../tools/temporary-folder.ts';
import { type RunningNetwork, startNetwork } from '../network/start-network.ts';
import { readExamples } from './examples.ts';
import { type Example, formatExample, withSection } from './section.ts';

const README = new URL('../../../README.md', import.meta.url);

async function askExample({ before, question }: Example, network: RunningNetwork): Promise<unknown> {
  const stopped = /network stop (\S+)/.exec(before ?? '')?.[1];
  if (stopped) await network.stopPlatform(stopped);
  const { header, value } = await network.credential(question.identity);
  const response = await fetch(network.gatewayUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [header]: value },
    body: JSON.stringify({ query: question.text, operationName: question.operationName }),
  });
  const answer: unknown = await response.json();
  if (stopped) await network.startPlatform(stopped);
  return answer;
}

const folder = makeTemporaryFolder('yiwang-readme-');
const network = await startNetwork({ folder, screen: process.stderr });
try {
  const examples = await readExamples();
  const texts: string[] = [];
  for (const example of examples) texts.push(formatExample(example, await askExample(example, network)));
  writeFileSync(README, withSection(readFileSync(README, 'utf8'), texts.join('\n\n')));
} finally {
  await network.stop();
  rmSync(folder, { recursive: true, force: true });
}
