/** The committed data files that scripts make are what the scripts make of their sources. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { createCalendarText } from './calendar.ts';
import { createDivisionsText } from './divisions.ts';

const committed = (name: string): string => readFileSync(new URL(`../../schema/data/${name}`, import.meta.url), 'utf8');

test('the division table is what the source gives', () => {
  expect(createDivisionsText() === committed('divisions.txt')).toBe(true);
});

test('the calendar is what the source gives', () => {
  expect(createCalendarText()).toBe(committed('calendar.json'));
});
