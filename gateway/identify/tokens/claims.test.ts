import { describe, expect, test } from '@jest/globals';
import { NO_ORGANISATIONS } from '../../model/organisations/organisation-directory.ts';
import { computeRights } from '../rights.ts';
import { refusalOf } from '../testing.ts';
import { parseClaims } from './claims.ts';
import { placeDepartment } from './place-department.ts';

const HUBEI = { sub: 'hubei', tier: 'PROVINCIAL', division: '420000' };
const DEPARTMENT = '114201000100011972';

describe('claims', () => {
  const refused = (claims: Record<string, unknown>) => refusalOf(() => parseClaims({ ...HUBEI, ...claims }));

  test.each([
    ['NATIONAL', '100000'],
    ['PROVINCIAL', '420000'],
    ['PROVINCIAL', '110000'],
    ['MUNICIPAL', '110000'],
    ['MUNICIPAL', '420100'],
    ['MUNICIPAL', '429004'],
    ['MUNICIPAL', '441900'],
    ['DISTRICT', '110101'],
    ['DISTRICT', '420106'],
    ['STREET', '110102020'],
    ['PUBLIC', '100000'],
  ])('the tier %s fits the division %s', (tier, division) => {
    expect(parseClaims({ sub: 'a', tier, division })).toMatchObject({ tier, division });
  });

  test.each([
    ['NATIONAL', '420000'],
    ['PROVINCIAL', '100000'],
    ['PROVINCIAL', '420100'],
    ['MUNICIPAL', '420000'],
    ['MUNICIPAL', '420106'],
    ['DISTRICT', '429004'],
    ['DISTRICT', '420100'],
    ['STREET', '110102'],
    ['PUBLIC', '420100'],
    // 市辖区 and 省直辖县级行政区划 are headings, not divisions.
    ['MUNICIPAL', '110100'],
    ['MUNICIPAL', '429000'],
    ['MUNICIPAL', '4201'],
    ['MUNICIPAL', '999900'],
    ['MUNICIPAL', undefined],
    ['MUNICIPAL', 420100],
    ['COUNTY', '420106'],
    [undefined, '420106'],
  ])('the tier %s does not fit the division %s', async (tier, division) => {
    expect(await refused({ tier, division })).toMatch(/^UNAUTHENTICATED: The token is not accepted: its claim/);
  });

  test('a department is a valid code, whose digits say nothing about the division', async () => {
    const wuhan = { tier: 'MUNICIPAL', division: '420100' };
    expect(parseClaims({ ...HUBEI, ...wuhan, department: DEPARTMENT })).toMatchObject({ department: DEPARTMENT });
    expect(parseClaims({ ...HUBEI, tier: 'MUNICIPAL', division: '110000', department: DEPARTMENT })).toMatchObject({
      division: '110000',
    });
    expect(await refused({ ...wuhan, department: '114201000100011971' })).toMatch('not a unified social credit code');
  });

  test('only a department may leave its division to the organisation directory', async () => {
    const claims = { sub: 'fire', tier: 'MUNICIPAL' };
    expect(parseClaims({ ...claims, department: DEPARTMENT }).division).toBeUndefined();
    expect(await refusalOf(() => parseClaims(claims))).toMatch('its claim "division" must be a division code');
  });

  test.each([
    [{ sub: '' }, 'its claim "sub"'],
    [{ sub: 'x'.repeat(257) }, 'its claim "sub" must name the caller in at most 256 characters'],
    [{ sub: 'wuhan\u0000' }, 'its claim "sub" must be visible text'],
    [{ sub: 'wu\u200bhan' }, 'its claim "sub" must be visible text'],
    [{ sub: '\u001b[2J' }, 'its claim "sub" must be visible text'],
    [{ sub: '--' }, 'its claim "sub" must be visible text'],
    [{ clearance: 'TOP' }, 'its claim "clearance" is "TOP", not one of OPEN, SHARED, INTERNAL, SENSITIVE'],
    [{ roles: { AUDITOR: true } }, 'its claim "roles"'],
    [{ roles: ['auditor'] }, 'its claim "roles"'],
  ])('the claims %j are rejected', async (claims, reason) => {
    expect(await refused(claims)).toContain(reason);
  });
});

const identityOf = (claims: Record<string, unknown>) => placeDepartment(parseClaims(claims), NO_ORGANISATIONS);

describe('rights', () => {
  const supervisor = identityOf({ sub: 'wuhan', tier: 'MUNICIPAL', division: '420100', clearance: 'SENSITIVE' });

  test('the rights of a supervisor cover its jurisdiction in every class', () => {
    expect(computeRights(supervisor)).toMatchObject({
      audience: 'supervisor',
      region: [['4201', '4202']],
      classes: ['OPEN', 'SHARED', 'INTERNAL', 'SENSITIVE'],
    });
  });

  test('the rights of departments, auditors and the public are limited to their classes', () => {
    const department = identityOf({ sub: 'fire', tier: 'MUNICIPAL', division: '420100', department: DEPARTMENT });
    expect(computeRights(department)).toMatchObject({
      audience: 'department',
      classes: ['OPEN', 'SHARED'],
      region: [['4201', '4202']],
    });
    expect(computeRights({ ...supervisor, roles: ['AUDITOR'] })).toMatchObject({
      audience: 'auditor',
      classes: ['OPEN', 'AUDIT'],
    });
    expect(computeRights(identityOf({ sub: 'x', tier: 'PUBLIC' }))).toMatchObject({
      audience: 'open',
      classes: ['OPEN'],
      region: [['', '~']],
    });
  });

  test('masked values need a clearance, a purpose and a matter, all three', () => {
    const { clearance: _, ...uncleared } = supervisor;
    const both = { purpose: 'callback', matter: '420106001001-C-1' };
    expect(computeRights(supervisor, both).unmasked).toBe(true);
    expect(computeRights(supervisor, { purpose: both.purpose }).unmasked).toBe(false);
    expect(computeRights(supervisor, { matter: both.matter }).unmasked).toBe(false);
    expect(computeRights({ ...uncleared, clearance: 'INTERNAL' }, both).unmasked).toBe(false);
    expect(computeRights({ ...supervisor, roles: ['AUDITOR'] }, both).unmasked).toBe(false);
  });

  test('the fingerprint of rights depends on all of their parts', () => {
    const prints = [
      computeRights(supervisor),
      computeRights({ ...supervisor, subject: 'other' }),
      computeRights({ ...supervisor, division: '420600' }),
      computeRights({ ...supervisor, roles: ['LEADER'] }),
      computeRights(supervisor, { purpose: 'callback' }),
      computeRights(supervisor, { purpose: 'callback', matter: '1' }),
    ].map(({ fingerprint }) => fingerprint);
    expect(new Set(prints).size).toBe(prints.length);
    expect(computeRights({ ...supervisor }).fingerprint).toBe(prints[0]);
  });
});
