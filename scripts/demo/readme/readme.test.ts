import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { curlCommand } from '../../tools/examples/curl-script.ts';
import { readExamples } from './examples.ts';
import { formatJson } from './format.ts';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

describe('the pages with example questions', () => {
  test('examples/README.md contains every question with an answer', async () => {
    const page = read('examples/README.md');
    const examples = await readExamples();
    for (const { question } of examples) expect(page).toContain(curlCommand(question));
    expect(page.match(/^```json$/gm)).toHaveLength(examples.length);
  });

  test.each(['README.md', 'docs/README.zh.md'])(
    '%s asks the first question as it stands, with its answer',
    async (path) => {
      const [first] = await readExamples();
      expect(read(path)).toContain(curlCommand(first!.question));
      expect(read(path).match(/^```json$/gm)).toHaveLength(1);
    },
  );

  test('the README says the same sizes in both languages', () => {
    const sizes = (path: string) => read(path).match(/\d+ MB/g);
    expect(sizes('docs/README.zh.md')).toEqual(sizes('README.md'));
  });

  test('README.md has fewer than 200 lines', () => {
    expect(read('README.md').split('\n').length).toBeLessThan(200);
  });
});

describe('formatted JSON', () => {
  test('keeps short values on a line and parses to the same value', () => {
    const value = {
      short: [1, 2],
      long: Array.from({ length: 60 }, (_, i) => i),
      deep: { list: [{ a: 'x'.repeat(120) }] },
      none: null,
    };
    const text = formatJson(value);
    expect(JSON.parse(text)).toEqual(value);
    expect(text.split('\n')).toContain('  "short": [ 1, 2 ],');
    expect(
      Math.max(
        ...text
          .split('\n')
          .filter((line) => !line.includes('xxx'))
          .map((line) => line.length),
      ),
    ).toBeLessThan(120);
  });
});
