import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readExamples } from './examples.ts';
import { formatJson } from './format.ts';
import { commandOf, withSection } from './section.ts';

describe('the README', () => {
  test('asks the questions as they stand, each with an answer', async () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    const examples = await readExamples();
    for (const { question } of examples) expect(readme).toContain(commandOf(question));
    expect(readme.match(/^```json$/gm)).toHaveLength(examples.length);
  });

  test('is refused where it has no section of questions', () => {
    expect(() => withSection('# Yiwang', '')).toThrow(/no section/);
  });
});

describe('JSON for people', () => {
  test('keeps on a line what fits, and says the same', () => {
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
