/** DivisionCode: an administrative division in canonical form (GB/T 2260, GB/T 10114). */
import { canonicalDivision } from '../../divisions/divisions.ts';
import { type Brand, expectPattern, expectText, type StandardScalar } from '../standard-scalar.ts';

export type DivisionCode = Brand<string, 'DivisionCode'>;

const WHAT = 'a division code';

export const divisionCodeScalar: StandardScalar<DivisionCode> = {
  name: 'DivisionCode',
  description:
    'Administrative division: 100000 (the country), six digits to the county, nine for a street, twelve for a community; the short forms 42 and 4201 are accepted as input. GB/T 2260, GB/T 10114.',
  parse: (value) => canonicalDivision(expectText(value, WHAT)) as DivisionCode,
  serialize: (value) => expectPattern(value, /^\d{6}(?:\d{3}){0,2}$/, WHAT),
};
