import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PASSPORT_HEADER, PASSPORT_ISSUER } from '@yiwang/schema';
import { startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { notes } from '../fixtures/notes/module.ts';
import { createPassportVerifier } from './passport.ts';

const QUESTION = '{ notes { totalCount } }';
const GOOD: JWTPayload = {
  tier: 'MUNICIPAL',
  division: '420100',
  roles: ['supervisor'],
  audience: 'supervisor',
  scope: ['4201', '4202'],
  classes: ['OPEN', 'SHARED'],
  unmasked: false,
};

interface Signing {
  readonly claims?: JWTPayload;
  readonly issuer?: string;
  readonly audience?: string | string[];
  readonly issuedAt?: number;
  readonly lifeSeconds?: number;
}

const now = () => Math.floor(Date.now() / 1000);
const gateway = generateKeyPair('EdDSA', { extractable: true });
const stranger = generateKeyPair('EdDSA');
let platform: TestPlatform;

async function sign(signing: Signing = {}, keys = gateway): Promise<string> {
  const issuedAt = signing.issuedAt ?? now();
  return new SignJWT({ ...GOOD, ...signing.claims })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'gateway' })
    .setSubject('tester')
    .setIssuer(signing.issuer ?? PASSPORT_ISSUER)
    .setAudience(signing.audience ?? 'municipal/420100')
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + (signing.lifeSeconds ?? 60))
    .sign((await keys).privateKey);
}

async function createKeySet() {
  return { keys: [{ ...(await exportJWK((await gateway).publicKey)), alg: 'EdDSA', kid: 'gateway' }] };
}

beforeAll(async () => {
  platform = await startTestPlatform({ modules: [notes], passportKeys: await createKeySet() });
});

afterAll(() => platform.close());

async function askWith(token: string | undefined, query = QUESTION) {
  return platform.ask(query, { passport: null, headers: token === undefined ? {} : { [PASSPORT_HEADER]: token } });
}

describe('a platform', () => {
  test('a platform answers to a good passport', async () => {
    const { status, data } = await askWith(await sign());
    expect({ status, data }).toEqual({ status: 200, data: { notes: { totalCount: 0 } } });
  });

  test.each<[string, () => Promise<string | undefined>]>([
    ['no passport', async () => undefined],
    ['an empty one', async () => ''],
    ['a text that is no token', async () => 'not.a.token'],
    ['one that a stranger signed', () => sign({}, stranger)],
    ['one without a signature', async () => `${(await sign()).split('.').slice(0, 2).join('.')}.`],
    ['one whose claims were changed', async () => withClaims(await sign(), { scope: ['', '~'] })],
    ['one of another issuer', () => sign({ issuer: 'someone-else' })],
    ['one made out to another platform', () => sign({ audience: 'municipal/420500' })],
    ['one made out to several platforms', () => sign({ audience: ['municipal/420100', 'municipal/420500'] })],
    ['an expired one', () => sign({ issuedAt: now() - 61 })],
    ['one issued in the future', () => sign({ issuedAt: now() + 10 })],
    ['one that lives too long', () => sign({ lifeSeconds: 61 })],
    ['one of no known tier', () => sign({ claims: { tier: 'EMPEROR' } })],
    ['one of no division', () => sign({ claims: { division: '42' } })],
    ['one without roles', () => sign({ claims: { roles: undefined } })],
    ['one whose scope is no region', () => sign({ claims: { scope: ['4202', '4201'] } })],
    ['one whose scope is half a range', () => sign({ claims: { scope: ['4201'] } })],
    ['one whose scope has a comma', () => sign({ claims: { scope: ['4201,4203', '4204'] } })],
    ['one of an unknown data class', () => sign({ claims: { classes: ['OPEN', 'SECRET'] } })],
    ['one whose mask claim is a text', () => sign({ claims: { unmasked: 'true' } })],
    ['one whose purpose is a list', () => sign({ claims: { purpose: ['all'] } })],
  ])('a platform refuses %s', async (_what, create) => {
    const { status, data, errors } = await askWith(await create());
    expect(status).toBe(401);
    expect(data).toBeNull();
    expect(errors).toEqual([{ message: expect.any(String), extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  test('a platform tells its schema without a passport, and nothing else beside it', async () => {
    const alone = await askWith(undefined, '{ _service { sdl } __schema { queryType { name } } }');
    expect(alone.data._service.sdl).toContain('type Note @key(fields: "id")');
    const beside = await askWith(undefined, '{ _service { sdl } notes { totalCount } }');
    expect(beside.status).toBe(401);
    const hidden = await askWith(undefined, '{ ...f } fragment f on Query { notes { totalCount } }');
    expect(hidden.status).toBe(401);
  });
});

describe('a passport verifier', () => {
  test('a passport verifier forgets a passport at the end of its life', async () => {
    let seconds = now();
    const read = createPassportVerifier({
      keys: await createKeySet(),
      platform: 'municipal/420100',
      wallClock: () => new Date(seconds * 1000),
      limits: { passportsMax: 2, clockSkewSeconds: 0 },
    });
    const token = await sign({ issuedAt: seconds, lifeSeconds: 30 });
    expect(await read(token)).toBe(await read(token));
    seconds += 31;
    await expect(read(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED', message: 'the passport has expired' });
  });

  test('a passport verifier remembers no more passports than it may', async () => {
    const read = createPassportVerifier({
      keys: await createKeySet(),
      platform: 'municipal/420100',
      wallClock: () => new Date(),
      limits: { passportsMax: 1, clockSkewSeconds: 0 },
    });
    const [first, second] = [await sign(), await sign({ claims: { purpose: 'other' } })];
    const claims = await read(first);
    await read(second);
    expect(await read(first)).not.toBe(claims);
  });

  test.each([0, 5, 300])(
    'forgives a gateway a clock that is %d seconds ahead, and no more',
    async (clockSkewSeconds) => {
      const seconds = now();
      const read = createPassportVerifier({
        keys: await createKeySet(),
        platform: 'municipal/420100',
        wallClock: () => new Date(seconds * 1000),
        limits: { passportsMax: 1, clockSkewSeconds },
      });
      await expect(read(await sign({ issuedAt: seconds + clockSkewSeconds }))).resolves.toMatchObject({
        sub: 'tester',
      });
      await expect(read(await sign({ issuedAt: seconds + clockSkewSeconds + 1 }))).rejects.toMatchObject({
        message: 'the passport was issued in the future',
      });
    },
  );

  test('a passport verifier says so when the keys are out of reach', async () => {
    const read = createPassportVerifier({
      keys: new URL('http://127.0.0.1:1/keys'),
      platform: 'municipal/420100',
      wallClock: () => new Date(),
      limits: { passportsMax: 1, clockSkewSeconds: 0 },
    });
    await expect(read(await sign())).rejects.toMatchObject({ code: 'PLATFORM_UNREACHABLE' });
  });
});

function withClaims(token: string, claims: JWTPayload): string {
  const [header, payload = '', signature] = token.split('.');
  const changed = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), ...claims };
  return [header, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
}
