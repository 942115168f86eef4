/** Law: nobody reads a division from the digits of a credit code (characters 3 to 8 name who registered it). */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** Six characters from the third on, in TypeScript and SQL, and the sentence that says so. */
const READINGS = [
  /\.(?:slice|substring)\(\s*2\s*,\s*8\s*\)/,
  /\.substr\(\s*2\s*,\s*6\s*\)/,
  /\bsubstr(?:ing)?\([^()]*(?:\([^()]*\))?[^()]*,\s*3\s*,\s*6\s*\)/i,
  /\bsubstring\([^()]*\bfrom\s+3\s+for\s+6\s*\)/i,
  /characters 3 to 8 (?:of the code|are)/i,
];
/** Applied migrations do not change; later ones drop what they say. */
const APPLIED = ['subgraphs/municipal/migrations/0001-tables.sql', 'subgraphs/exchange/migrations/0001-tables.sql'];

function findReadings(text: string): string[] {
  return text.split('\n').filter((line) => READINGS.some((reading) => reading.test(line)));
}

test('no source reads a division from the digits of a credit code', () => {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT })
    .toString()
    .split('\n')
    .filter(
      (name) => /\.(?:ts|js|mjs|sql|graphql)$/.test(name) && !/\.test\.ts$/.test(name) && !APPLIED.includes(name),
    );
  expect(files.length).toBeGreaterThan(500);
  const found = files.flatMap((name) =>
    findReadings(readFileSync(`${ROOT}${name}`, 'utf8')).map((line) => [name, line]),
  );
  expect(found).toEqual([]);
});

test.each([
  'const division = department.slice(2, 8);',
  'code.substring( 2, 8 )',
  'code.substr(2, 6)',
  'check (division = substr(code, 3, 6))',
  "select substr('x', 3, 6)",
  'substring(department from 3 for 6)',
  '"the county that owns it: characters 3 to 8 of the code"',
])('the search finds %s', (line) => {
  expect(findReadings(line)).toEqual([line]);
});

test.each(['code.slice(8, 17)', 'substr(division, 5, 2)', 'text.slice(0, 17)'])('the search leaves %s', (line) => {
  expect(findReadings(line)).toEqual([]);
});
