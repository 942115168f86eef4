/** The division table: its counts, the traps of the country's tree, and the forms of a code. */
import { describe, expect, test } from '@jest/globals';
import { readFixture } from '../fixtures/read-fixture.ts';
import { readDataText } from '../standard/data-file.ts';
import { StandardError } from '../standard/standard-error.ts';
import type { Division } from './division.ts';
import { nominalSecondLevels } from './division-level.ts';
import { canonicalDivision, divisions } from './divisions.ts';

const table = divisions();
const codesOf = (rows: readonly Division[]): string[] => rows.map(({ code }) => code);

interface CodeVector {
  readonly code: string;
  readonly valid: boolean;
  readonly reason: string;
  readonly canonical?: string;
}

describe('the table', () => {
  test('the table of divisions has as many rows of each level as the source, less the three collisions, with 71, 81 and 82 by name', () => {
    const count = (level: string): number => table.all().filter((row) => row.level === level).length;
    expect(count('COUNTRY')).toBe(1);
    expect(count('PROVINCE')).toBe(31 + 3);
    expect(count('CITY')).toBe(342);
    expect(count('COUNTY')).toBe(2978 - 3);
    expect(count('STREET')).toBe(41_352);
    expect(table.size).toBe(table.all().length);
  });

  test('the table of divisions has every code once, each under a parent that its digits begin with', () => {
    expect(new Set(codesOf(table.all())).size).toBe(table.size);
    const seen = new Set<string>();
    for (const { code, parent } of table.all()) {
      if (parent !== null && !seen.has(parent)) throw new Error(`${code} comes before its parent ${parent}`);
      if (parent !== null && parent !== '100000') expect(code.startsWith(parent.replace(/(?:00)+$/, ''))).toBe(true);
      seen.add(code);
    }
  });

  test('the table of divisions holds the communities of the demo: thirty-eight under 广安门外街道', () => {
    expect(table.get('110102020')).toMatchObject({ name: '广安门外街道', level: 'STREET', parent: '110102' });
    expect(table.children('110102020')).toHaveLength(38);
    for (const street of table.all().filter(({ level }) => level === 'STREET')) {
      if (!/^(?:110101|110102|4201|4205|4206|429004)/.test(street.code)) continue;
      if (table.children(street.code).length === 0) throw new Error(`${street.code} has no communities`);
    }
  });

  test('the table of divisions ships as a file of less than 2.5 MB', () => {
    expect(Buffer.byteLength(readDataText('divisions.txt'))).toBeLessThan(2_500_000);
  });
});

describe('the traps', () => {
  test('nominal levels are parents, are marked, and bear the name of their municipality', () => {
    expect(codesOf(table.all().filter(({ nominal }) => nominal))).toEqual(
      [...nominalSecondLevels.map((code) => `${code}00`), '350527000'].sort(),
    );
    expect(table.get('110100')?.name).toBe('北京市');
    expect(table.get('500200')?.name).toBe('重庆市');
    expect(codesOf(table.ancestors('429004'))).toEqual(['429000', '420000', '100000']);
    expect(codesOf(table.visibleChildren('420000'))).toEqual(expect.arrayContaining(['420100', '429004']));
    expect(codesOf(table.visibleChildren('110000'))).toContain('110102');
    expect(codesOf(table.visibleChildren('500000'))).toHaveLength(38);
  });

  test('streets of a city without counties hang under the city, and the county-level row is gone', () => {
    expect([441900, 442000, 460400].map((code) => table.children(String(code)).length)).toEqual([36, 23, 18]);
    expect(table.get('441900')).toMatchObject({ name: '东莞市', level: 'CITY', parent: '440000' });
    expect(table.get('441900003')?.parent).toBe('441900');
  });

  test('嘉峪关 keeps its one county-level row', () => {
    expect(table.get('620201')).toMatchObject({ level: 'COUNTY', parent: '620200' });
    expect(table.children('620201')).toHaveLength(5);
  });

  test('省直辖县级 and 自治区直辖县级 are complete', () => {
    expect(['419000', '429000', '469000', '659000'].map((code) => table.children(code).length)).toEqual([1, 4, 15, 12]);
    expect(['419001', '429004', '659001'].map((code) => table.get(code)?.name)).toEqual([
      '济源市',
      '仙桃市',
      '石河子市',
    ]);
  });

  test('divisions may share a name', () => {
    const count = (name: string): number =>
      table.all().filter((row) => row.name === name && row.level === 'COUNTY').length;
    expect([count('鼓楼区'), count('市中区'), count('朝阳区')]).toEqual([4, 4, 2]);
  });

  test('a former code is still known, with its end and its successors, but is not in force', () => {
    expect(table.get('110103')).toMatchObject({ name: '崇文区', validTo: '2010-07-01', successors: ['110101'] });
    expect(canonicalDivision('110103')).toBe('110103');
    expect(codesOf(table.children('110100'))).not.toContain('110103');
    expect(codesOf(table.all())).not.toContain('110103');
  });
});

describe('a division code', () => {
  test.each(readFixture<Record<string, CodeVector[]>>('code-vectors.json').divisionCode ?? [])(
    '$code: $reason',
    ({ code, valid, reason, canonical }) => {
      if (valid) expect(canonicalDivision(code)).toBe(canonical);
      else expect(() => canonicalDivision(code)).toThrow(expect.objectContaining({ reason }));
    },
  );

  test.each([
    ['10', 'DIVISION'],
    ['1000', 'DIVISION'],
    ['', 'LENGTH'],
    ['４２', 'CHARSET'],
    ['42 ', 'CHARSET'],
    ['999999', 'DIVISION'],
    ['110102000', 'DIVISION'],
    ['110102020000', 'DIVISION'],
    ['110102999001', 'DIVISION'],
  ])('"%s" is refused with %s', (input, reason) => {
    expect(() => canonicalDivision(input)).toThrow(expect.objectContaining({ reason }));
  });

  test('a community that the table does not hold passes when its street exists', () => {
    expect(table.get('310101002001')).toBeUndefined();
    expect(table.get('310101002')).toBeDefined();
    expect(canonicalDivision('310101002001')).toBe('310101002001');
    expect(codesOf(table.ancestors('310101002001'))).toEqual(['310101002', '310101', '310100', '310000', '100000']);
  });

  test('an error says what came and what was expected', () => {
    expect(() => canonicalDivision('429')).toThrow(
      new StandardError(
        'LENGTH',
        '"429" is not a division code: it has 3 digits; 2, 4, 6, 9 (street) or 12 (community) were expected',
      ),
    );
  });
});

test('a search finds by a part of the name or the beginning of the code, upper levels first', () => {
  expect(codesOf(table.search('广安门外', 5))).toEqual(['110102020']);
  expect(table.search('武汉', 3)[0]?.code).toBe('420100');
  expect(codesOf(table.search('4290', 3))).toEqual(['429000', '429004', '429005']);
  expect(table.search('街道', 7)).toHaveLength(7);
  expect(table.search('  ', 7)).toEqual([]);
});
