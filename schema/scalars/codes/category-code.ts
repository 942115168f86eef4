/** CategoryCode: a class of components, events or hotline requests (GB/T 30428.2). */
import { categories } from '../../cases/categories.ts';
import { type Brand, createBreach, expectPattern, expectText, type StandardScalar } from '../standard-scalar.ts';

export type CategoryCode = Brand<string, 'CategoryCode'>;

const WHAT = 'a category code';

export const categoryCodeScalar: StandardScalar<CategoryCode> = {
  name: 'CategoryCode',
  description:
    'Class: a kind digit (1 component, 2 event, 4 hotline), a major of two digits, a minor of two; leaves of the hotline have two more, e.g. 10101, 4010101. GB/T 30428.2.',
  parse(value) {
    const text = expectText(value, WHAT);
    if (!/^\d*$/.test(text)) throw createBreach('CHARSET', text, WHAT, 'it may hold the digits 0 to 9 only');
    if (![3, 5, 7].includes(text.length)) {
      throw createBreach('LENGTH', text, WHAT, `it has ${text.length} digits; 3, 5 or 7 were expected`);
    }
    if (categories().get(text) === undefined)
      throw createBreach('CATEGORY', text, WHAT, 'the table of classes has no such class');
    return text as CategoryCode;
  },
  serialize: (value) => expectPattern(value, /^\d{3}(?:\d{2}){0,2}$/, WHAT),
};
