/** ComponentCode: a managed component: county, major and minor class, and a sequence number. */
import { categories } from '../../cases/categories.ts';
import { divisionAt } from '../../divisions/division-level.ts';
import { divisions } from '../../divisions/divisions.ts';
import {
  assertCharacters,
  type Brand,
  createBreach,
  expectPattern,
  expectText,
  type StandardScalar,
} from '../standard-scalar.ts';

export type ComponentCode = Brand<string, 'ComponentCode'>;

const WHAT = 'a component code';

export const componentCodeScalar: StandardScalar<ComponentCode> = {
  name: 'ComponentCode',
  description:
    'Managed component: sixteen digits, 6 county, 2 major class, 2 minor class, 6 sequence from 000001, e.g. 1101020101000001. GB/T 30428.2.',
  parse(value) {
    const text = expectText(value, WHAT);
    assertCharacters(text, { what: WHAT, length: 16, charset: /^\d+$/, expected: 'the digits 0 to 9' });
    const county = text.slice(0, 6);
    if (divisions().get(county) === undefined || divisionAt(county, 'COUNTY') !== county) {
      throw createBreach('DIVISION', text, WHAT, `it begins with no known county (${county})`);
    }
    const category = categories().get(`1${text.slice(6, 10)}`);
    if (category?.kind !== 'COMPONENT') {
      throw createBreach('CATEGORY', text, WHAT, `there is no class of components 1${text.slice(6, 10)}`);
    }
    if (text.endsWith('000000')) throw createBreach('SEQUENCE', text, WHAT, 'components are counted from 1');
    return text as ComponentCode;
  },
  serialize: (value) => expectPattern(value, /^\d{16}$/, WHAT),
};
