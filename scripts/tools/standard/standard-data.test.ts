/** The committed data files that scripts make are what the scripts make of their sources. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { createCalendarText } from './calendar.ts';
import { createDivisionsText } from './divisions.ts';
import { readCommittedDivisions } from './divisions-source.ts';

const committed = (name: string): string =>
  readFileSync(new URL(`../../../schema/data/${name}`, import.meta.url), 'utf8');

test('the division table is what was made of its source: `npm run divisions -- --check` makes it anew', () => {
  expect(() => readCommittedDivisions()).not.toThrow();
});

test('a division table is made of the rows of all levels, without what falls together', () => {
  const table = (...rows: string[]) => ['code,name', ...rows].join('\n');
  const text = createDivisionsText({
    provinces: table('42,"湖北省"', '44,"广东省"'),
    cities: table('4201,"武汉市"', '4419,"东莞市"'),
    areas: table('420100,"市辖区"', '420102,"江岸区"', '441900,"东莞市"'),
    streets: table('420102002,"大智街道"', '441900003,"东城街道"'),
    villages: table('420102002015,"铭新社区"', '441900003001,"岗贝社区"'),
  });
  expect(text.split('\n')).toEqual([
    '100000中华人民共和国',
    '\t42湖北省',
    '\t\t01武汉市',
    '\t\t\t02江岸区',
    '\t\t\t\t002大智街道',
    '\t\t\t\t\t015铭新社区',
    '\t44广东省',
    '\t\t19东莞市',
    '\t\t\t\t003东城街道',
    '\t71台湾省',
    '\t81香港特别行政区',
    '\t82澳门特别行政区',
    '',
  ]);
});

test('the calendar is what the source gives', () => {
  expect(createCalendarText()).toBe(committed('calendar.json'));
});
