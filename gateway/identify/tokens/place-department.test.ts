import { describe, expect, test } from '@jest/globals';
import { createCreditCode, type Organisation } from '@yiwang/schema';
import {
  createOrganisationDirectory,
  NO_ORGANISATIONS,
  type OrganisationDirectory,
} from '../../model/organisations/organisation-directory.ts';
import { refusalOf } from '../testing.ts';
import { parseClaims } from './claims.ts';
import { placeDepartment } from './place-department.ts';

/** Registered by the ministry, at work in Wuhan. */
const BUREAU = createCreditCode('11', '100000', 'MB000001');
/** Wuhan's, registered there, and a water company's branch that the province runs and that serves two districts. */
const FIRE = createCreditCode('11', '420100', 'MB000002');
const BRANCH = createCreditCode('91', '110101', 'MB000003');
const ENDED = createCreditCode('11', '420106', 'MB000004');
const FUTURE = createCreditCode('11', '420106', 'MB000005');
const UNKNOWN = createCreditCode('11', '420100', 'MB000009');

const always = { validFrom: null, validTo: null, successor: null };
const ORGANISATIONS: readonly Organisation[] = [
  { code: BUREAU, division: '100000', serves: ['420100'], ...always },
  { code: FIRE, division: '420100', serves: ['420100'], ...always },
  { code: BRANCH, division: '420000', serves: ['420106', '420111'], ...always },
  { code: ENDED, division: '420106', serves: ['420106'], validFrom: null, validTo: '2026-11-01', successor: FIRE },
  { code: FUTURE, division: '420106', serves: ['420106'], validFrom: '2026-12-01', validTo: null, successor: null },
];
const DIRECTORY = createOrganisationDirectory(ORGANISATIONS);
const at = (instant: string) => () => Date.parse(instant);
const NOVEMBER = at('2026-11-15T08:00:00+08:00');

interface Claims {
  readonly tier?: string;
  readonly division?: string;
  readonly department?: string;
}

function place(claims: Claims, directory: OrganisationDirectory = DIRECTORY, now = NOVEMBER) {
  return placeDepartment(parseClaims({ sub: 'somebody', tier: 'MUNICIPAL', ...claims }), directory, now);
}

const refused = (claims: Claims, directory?: OrganisationDirectory, now?: () => number) =>
  refusalOf(() => place(claims, directory, now));

describe('the jurisdiction of a department', () => {
  test('a department sees the division that it serves, wherever its code was registered and whoever runs it', () => {
    expect(place({ department: BUREAU, division: '420100' })).toMatchObject({ division: '420100', department: BUREAU });
    expect(place({ department: BRANCH, division: '420111', tier: 'DISTRICT' }).division).toBe('420111');
    expect(place({ department: FIRE, division: '420106', tier: 'DISTRICT' }).division).toBe('420106');
    expect(place({ department: FIRE, division: '420106003', tier: 'STREET' }).division).toBe('420106003');
  });

  test('without a claim of its own a department has the one division that it serves', async () => {
    expect(place({ department: BUREAU }).division).toBe('420100');
    expect(await refused({ department: BUREAU, tier: 'NATIONAL' })).toMatch(
      '"tier" and "division" do not fit: 420100 (武汉市) is not of the tier NATIONAL',
    );
    expect(await refused({ department: BRANCH, tier: 'DISTRICT' })).toMatch(
      `its claim "division" is missing, and ${BRANCH} serves several: 420106, 420111`,
    );
  });

  test('claims that disagree with the directory are refused, with what it says', async () => {
    expect(await refused({ department: FIRE, division: '420600' })).toBe(
      `UNAUTHENTICATED: The token is not accepted: its claims "department" and "division" do not fit: ${FIRE} serves 420100, not 420600.`,
    );
    expect(await refused({ department: BUREAU, division: '100000', tier: 'NATIONAL' })).toMatch('serves 420100, not');
    expect(await refused({ department: BRANCH, division: '420100' })).toMatch('serves 420106, 420111, not 420100');
  });

  test('a code that the directory does not know is refused', async () => {
    expect(await refused({ department: UNKNOWN, division: '420100' })).toMatch(
      'the organisation directory does not know',
    );
  });

  test('a department that ended is refused from that day on, and one that begins until then', async () => {
    const ended = { department: ENDED, division: '420106', tier: 'DISTRICT' };
    expect(await refused(ended)).toMatch(`which ceased to exist on 2026-11-01; its duties went to ${FIRE}`);
    expect(await refused(ended, DIRECTORY, at('2026-11-01T00:00:00+08:00'))).toMatch('ceased to exist');
    expect(place(ended, DIRECTORY, at('2026-10-31T23:59:59+08:00')).division).toBe('420106');
    const future = { ...ended, department: FUTURE };
    expect(await refused(future)).toMatch('does not exist before 2026-12-01');
    expect(place(future, DIRECTORY, at('2026-12-01T00:00:00+08:00')).division).toBe('420106');
  });

  test('until a directory was read, the claim of the issuer counts, and cannot be left out', async () => {
    expect(place({ department: UNKNOWN, division: '420100' }, NO_ORGANISATIONS).division).toBe('420100');
    expect(await refused({ department: FIRE }, NO_ORGANISATIONS)).toMatch('has not been read; try again later');
    expect(await refused({ department: FIRE }, createOrganisationDirectory([]))).toMatch('does not know');
  });

  test('callers without a department are as they were', () => {
    const claimed = parseClaims({ sub: 'wuhan', tier: 'MUNICIPAL', division: '420100' });
    expect(placeDepartment(claimed, DIRECTORY)).toBe(claimed);
    expect(placeDepartment(claimed, NO_ORGANISATIONS)).toBe(claimed);
  });
});
