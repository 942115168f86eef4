import { describe, expect, test } from '@jest/globals';
import { EVERYWHERE, type PassportClaims, regionOf } from '@yiwang/schema';
import type { Rights } from '../model/rights.ts';
import { createPassportIssuer } from './passport-issuer.ts';

const WUHAN: Rights = {
  subject: 'wuhan',
  tier: 'MUNICIPAL',
  division: '420100',
  roles: ['DISPATCHER'],
  audience: 'supervisor',
  region: regionOf('420100'),
  classes: ['OPEN', 'SHARED'],
  unmasked: false,
  fingerprint: 'wuhan',
};

function startPassports({ entriesMax = 10, lifeMs = 60_000 } = {}) {
  const signed: PassportClaims[] = [];
  let now = 0;
  const passports = createPassportIssuer({
    sign: async (claims) => `${signed.push(claims)}`,
    lifeMs,
    entriesMax,
    now: () => now,
  });
  return { passports, signed, pass: (ms: number) => (now += ms) };
}

describe('the passport issuer', () => {
  test("a passport carries the caller's rights, narrowed to the region that the platform owns", async () => {
    const { passports, signed } = startPassports();
    await passports.issue({ ...WUHAN, purpose: 'inspection', matter: '42' }, 'municipal/420106', regionOf('420106'))
      .token;
    expect(signed).toEqual([
      {
        sub: 'wuhan',
        aud: 'municipal/420106',
        tier: 'MUNICIPAL',
        division: '420100',
        roles: ['DISPATCHER'],
        audience: 'supervisor',
        scope: ['420106', '420107'],
        classes: ['OPEN', 'SHARED'],
        unmasked: false,
        purpose: 'inspection',
        matter: '42',
      },
    ]);
  });

  test('a passport has no scope if rights and platform have no region in common', async () => {
    const { passports, signed } = startPassports();
    await passports.issue(WUHAN, 'municipal/110000', regionOf('110000')).token;
    expect(signed[0]?.scope).toEqual([]);
  });

  test('a passport is signed once for the same rights, platform and region, and never shared with others', async () => {
    const { passports, signed } = startPassports();
    const ask = (rights: Rights, platform: string, owns = regionOf('420100')) =>
      passports.issue(rights, platform, owns).token;
    const first = await ask(WUHAN, 'municipal/420100');
    expect(await ask(WUHAN, 'municipal/420100')).toBe(first);
    const others = await Promise.all([
      ask({ ...WUHAN, fingerprint: 'another' }, 'municipal/420100'),
      ask(WUHAN, 'municipal/copy'),
      ask({ ...WUHAN, region: EVERYWHERE }, 'municipal/420100', regionOf('420106')),
    ]);
    expect(new Set([first, ...others]).size).toBe(4);
    expect(signed).toHaveLength(4);
  });

  test('a passport is signed anew after half of its life, so that none arrives expired', async () => {
    const { passports, signed, pass } = startPassports({ lifeMs: 60_000 });
    await passports.issue(WUHAN, 'municipal/420100', EVERYWHERE);
    pass(29_999);
    await passports.issue(WUHAN, 'municipal/420100', EVERYWHERE);
    expect(signed).toHaveLength(1);
    pass(1);
    await passports.issue(WUHAN, 'municipal/420100', EVERYWHERE);
    expect(signed).toHaveLength(2);
  });

  test('the oldest passport is dropped if there are too many', async () => {
    const { passports, signed } = startPassports({ entriesMax: 2 });
    for (const id of ['a', 'b', 'c', 'b', 'a']) await passports.issue(WUHAN, id, EVERYWHERE);
    expect(signed.map(({ aud }) => aud)).toEqual(['a', 'b', 'c', 'a']);
  });
});
