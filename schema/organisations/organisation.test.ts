import { describe, expect, test } from '@jest/globals';
import { createCreditCode } from '../scalars/codes/credit-code.ts';
import { parseOrganisation } from './organisation.ts';

const BUREAU = createCreditCode('11', '100000', 'MB000001');
const OTHER = createCreditCode('11', '420100', 'MB000002');
const ROW = { code: BUREAU, division: '420100', serves: ['420100'], validFrom: null, validTo: null, successor: null };

describe('rows of the organisation directory', () => {
  test('a row is taken as it is, wherever its code was registered', () => {
    expect(parseOrganisation(ROW)).toEqual({ kind: 'valid', organisation: ROW });
    expect(parseOrganisation({ ...ROW, name: 'more', validFrom: undefined })).toMatchObject({ kind: 'valid' });
  });

  test('a row from a GraphQL answer has objects with codes', () => {
    const ended = { validTo: '2026-01-01', successor: { code: OTHER } };
    const row = { ...ROW, division: { code: '420100' }, serves: [{ code: '420106' }, { code: '420111' }], ...ended };
    expect(parseOrganisation(row)).toEqual({
      kind: 'valid',
      organisation: { ...ROW, serves: ['420106', '420111'], validTo: '2026-01-01', successor: OTHER },
    });
  });

  test.each<[string, unknown, RegExp]>([
    ['no object', null, /not an object/],
    ['a wrong check digit', { ...ROW, code: `${BUREAU.slice(0, 17)}${BUREAU.endsWith('0') ? '1' : '0'}` }, /"code"/],
    ['no code', { ...ROW, code: undefined }, /"code"/],
    ['a division in its short form', { ...ROW, division: '4201' }, /"division": "4201" is not in its canonical form/],
    ['a division that is none', { ...ROW, division: '42010' }, /"division"/],
    ['nobody whom it serves', { ...ROW, serves: [] }, /"serves"/],
    ['a served division that is none', { ...ROW, serves: ['x'] }, /"serves"/],
    ['a day that is none', { ...ROW, validTo: '2026-02-30' }, /"validTo"/],
    ['an end before its beginning', { ...ROW, validFrom: '2026-01-02', validTo: '2026-01-02' }, /not after/],
    ['itself as its successor', { ...ROW, validTo: '2026-01-02', successor: BUREAU }, /own successor/],
    ['a successor while it exists', { ...ROW, successor: OTHER }, /no day/],
  ])('a row with %s is refused, with what is wrong', (_what, row, fault) => {
    const parsed = parseOrganisation(row);
    expect(parsed.kind === 'invalid' && parsed.faults.join('; ')).toMatch(fault);
  });

  test('all faults of a row are named at once', () => {
    const parsed = parseOrganisation({ code: 'x', division: 'y', serves: ['z'], validFrom: '1', validTo: '2' });
    expect(parsed.kind === 'invalid' && parsed.faults).toHaveLength(5);
  });
});
