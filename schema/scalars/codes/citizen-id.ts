/** CitizenId: the number of a citizen (GB 11643-1999): checked and masked, never kept in clear. */
import { divisions } from '../../divisions/divisions.ts';
import { StandardError, type StandardReason } from '../../standard/standard-error.ts';
import { isDayOfCalendar } from '../../time/local-date.ts';
import { type Brand, expectText, type StandardScalar } from '../standard-scalar.ts';

export type CitizenId = Brand<string, 'CitizenId'>;

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/** By the weighted sum modulo 11. */
const CHECKS = '10X98765432';

export const citizenIdScalar: StandardScalar<CitizenId> = {
  name: 'CitizenId',
  description:
    'Citizen number: eighteen characters, 6 division, 8 birth date, 3 order, 1 check character in upper case. Sensitive. GB 11643-1999.',
  parse(value) {
    const text = expectText(value, 'a citizen number');
    if (text.length !== 18) throw refused('LENGTH', `it has ${text.length} characters, 18 were expected`);
    if (/^\d{17}x$/.test(text)) throw refused('CASE', 'its check character X must be upper case');
    if (!/^\d{17}[\dX]$/.test(text)) throw refused('CHARSET', 'seventeen digits and a check character were expected');
    if (divisions().get(`${text.slice(0, 2)}0000`) === undefined) throw refused('AREA', 'it begins with no province');
    if (!isDayOfCalendar(Number(text.slice(6, 10)), Number(text.slice(10, 12)), Number(text.slice(12, 14)))) {
      throw refused('BIRTH_DATE', 'its birth date is not a day of the calendar');
    }
    const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(text[index]), 0);
    if (CHECKS[sum % 11] !== text[17]) throw refused('CHECK_DIGIT', 'its check character does not fit the others');
    return text as CitizenId;
  },
  serialize(value) {
    const text = expectText(value, 'a citizen number');
    if (!/^[\d*]{17}[\dX*]$/.test(text)) throw refused('FORMAT', 'it does not have the form of one');
    return text;
  },
};

/** The message never repeats the number, since messages reach logs. */
function refused(reason: StandardReason, because: string): StandardError {
  return new StandardError(reason, `The citizen number is not valid: ${because}`);
}
