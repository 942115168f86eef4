/** GridCode: a unit grid cell (GB/T 30428.1): street, community and a sequence number; the length goes by profile. */

import { divisions } from '../../divisions/divisions.ts';
import { readData } from '../../standard/data-file.ts';
import { type Brand, createBreach, expectPattern, expectText, type StandardScalar } from '../standard-scalar.ts';

export type GridCode = Brand<string, 'GridCode'>;

export interface GridProfile {
  readonly length: number;
  readonly sequenceDigits: number;
  readonly certainty: string;
}

interface GridProfiles {
  readonly default: string;
  readonly profiles: Readonly<Record<string, GridProfile>>;
}

const WHAT = 'a grid code';
const file = readData<GridProfiles>('grid-profiles.json');

/** The forms in use, by name: `14` (older), `15` (the standard's), `16` (one live system). */
export const gridProfiles: Readonly<Record<string, GridProfile>> = file.profiles;

/**
 * Throws a `StandardError` with TYPE, LENGTH, CHARSET, DIVISION or SEQUENCE, and a `RangeError` for an unknown
 * profile.
 */
export function parseGridCode(value: unknown, profileName = file.default): GridCode {
  const profile = gridProfiles[profileName];
  if (profile === undefined) throw new RangeError(`there is no grid profile ${profileName}`);
  const text = expectText(value, WHAT);
  if (text.length !== profile.length) {
    throw createBreach('LENGTH', text, WHAT, `it has ${text.length} digits, ${profile.length} were expected`);
  }
  if (!/^\d+$/.test(text)) throw createBreach('CHARSET', text, WHAT, 'it may hold the digits 0 to 9 only');
  if (divisions().get(text.slice(0, 9)) === undefined || text.slice(9, 12) === '000') {
    throw createBreach('DIVISION', text, WHAT, `it begins with no known street and community (${text.slice(0, 12)})`);
  }
  if (Number(text.slice(12)) === 0)
    throw createBreach('SEQUENCE', text, WHAT, 'the cells of a community are counted from 1');
  return text as GridCode;
}

export const gridCodeScalar: StandardScalar<GridCode> = {
  name: 'GridCode',
  description:
    'Unit grid cell: fifteen digits, 6 county, 3 street, 3 community, 3 sequence from 001, e.g. 110102020001001. GB/T 30428.1.',
  parse: (value) => parseGridCode(value),
  serialize: (value) => expectPattern(value, /^\d{14,16}$/, WHAT),
};
