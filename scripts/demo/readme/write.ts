/** Starts a demo network in a temporary folder, asks the example questions and writes the answers into the pages that show them. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { replaceSection } from '../../tools/marked-section.ts';
import { makeTemporaryFolder } from '../../tools/temporary-folder.ts';
import { type RunningNetwork, startNetwork } from '../network/start-network.ts';
import { readExamples } from './examples.ts';
import { type Example, formatExample, formatExchange } from './section.ts';

const ROOT = new URL('../../../', import.meta.url);

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

function writeSection(path: string, name: string, text: string): void {
  const file = new URL(path, ROOT);
  const marks = { start: `<!-- ${name}: written by scripts/demo/readme/write.ts -->`, end: `<!-- end of ${name} -->` };
  writeFileSync(file, replaceSection(readFileSync(file, 'utf8'), marks, text));
}

const folder = makeTemporaryFolder('yiwang-readme-');
const network = await startNetwork({ folder, screen: process.stderr });
try {
  const examples = await readExamples();
  const answers: unknown[] = [];
  for (const example of examples) answers.push(await askExample(example, network));
  const [first] = examples;
  for (const page of ['README.md', 'docs/README.zh.md']) {
    writeSection(page, 'question', formatExchange(first!, answers[0]));
  }
  const all = examples.map((example, i) => formatExample(example, answers[i]));
  writeSection('examples/README.md', 'questions', all.join('\n\n'));
} finally {
  await network.stop();
  rmSync(folder, { recursive: true, force: true });
}
