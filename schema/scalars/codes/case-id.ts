/** CaseId: the id of a case or request, which begins with its division or city so that it routes by itself. */
import { canonicalDivision } from '../../divisions/divisions.ts';
import { divisionOfId } from '../../divisions/jurisdiction.ts';
import { type Brand, createBreach, expectText, type StandardScalar } from '../standard-scalar.ts';

export type CaseId = Brand<string, 'CaseId'>;

const WHAT = 'an id of the standard';
const EXPECTED = 'a division, letters for the kind and a number were expected, e.g. 110102020001-C-000042';

export const caseIdScalar: StandardScalar<CaseId> = {
  name: 'CaseId',
  description:
    'Id of a row: its division (of a request its city), letters for its kind and a serial, e.g. 110102020001-C-000042.',
  parse(value) {
    const text = expectText(value, WHAT);
    const division = divisionOfId(text);
    if (division === undefined) throw createBreach('FORMAT', text, WHAT, EXPECTED);
    canonicalDivision(division);
    return text as CaseId;
  },
  serialize(value) {
    const text = expectText(value, WHAT);
    if (divisionOfId(text) === undefined) throw createBreach('FORMAT', text, WHAT, EXPECTED);
    return text;
  },
};
