/** Wrong credentials are counted by address and kind, valid ones never refused. */
import { describe, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair, type CryptoKey as SigningKey, SignJWT } from 'jose';
import { sha256 } from '../kit/crypto/digest.ts';
import { PublicError } from '../model/errors.ts';
import { DEFAULT_LIMITS, type Limits } from '../model/limits.ts';
import { createApiKeyVerifier } from './api-keys/api-keys.ts';
import { createIdentify } from './identify.ts';
import { createPassportVerifier } from './passports/passport-verifier.ts';
import { createThrottle, toSourceNetwork } from './throttle.ts';
import { createTokenVerifier } from './tokens/token-verifier.ts';

const START = Date.parse('2026-11-01T00:00:00+08:00');
const CLAIMS = { sub: 'hubei', tier: 'PROVINCIAL', division: '420000' };

async function startIdentify(changes: Partial<Limits> = {}) {
  const limits = { ...DEFAULT_LIMITS, wrongCredentialsMax: 3, wrongCredentialsMs: 10_000, ...changes };
  const clock = { nowMs: START };
  const [pair, foreign] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
  const keys = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'ES256' }] };
  const identify = createIdentify({
    verifyToken: createTokenVerifier({ issuer: 'i', audience: 'a', keys }, limits, () => clock.nowMs),
    verifyApiKey: createApiKeyVerifier([{ sha256: sha256('yw_secret'), subject: 'app' }]),
    throttle: createThrottle(limits, () => clock.nowMs),
    limits,
  });
  const sign = (key: SigningKey, lifeSeconds: number) =>
    new SignJWT({ ...CLAIMS, jti: String(Math.random()) })
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .setIssuer('i')
      .setAudience('a')
      .setExpirationTime(clock.nowMs / 1_000 + lifeSeconds)
      .sign(key);
  const ask = async (headers: Record<string, string>, address = '192.0.2.1'): Promise<string> =>
    identify({ headers, rawHeaders: [], address }).then(({ subject }) => subject, codeOf);
  const asToken = async (key: SigningKey, lifeSeconds = 60) => ({
    authorization: `Bearer ${await sign(key, lifeSeconds)}`,
  });
  return {
    clock,
    ask,
    valid: () => asToken(pair.privateKey),
    expired: () => asToken(pair.privateKey, -60),
    forged: () => asToken(foreign.privateKey),
  };
}

function codeOf(error: unknown): string {
  if (error instanceof PublicError) return error.code;
  throw error;
}

const WRONG_KEY = { 'x-api-key': 'wrong' };
const WRONG_TOKEN = { authorization: 'Bearer wrong' };

describe('wrong credentials', () => {
  test('after wrongCredentialsMax wrong credentials the address is refused until wrongCredentialsMs are over', async () => {
    const { ask, clock } = await startIdentify();
    const codes = [];
    for (let i = 0; i < 4; i++) codes.push(await ask(WRONG_KEY));
    clock.nowMs += 9_999;
    codes.push(await ask(WRONG_KEY));
    clock.nowMs += 1;
    codes.push(await ask(WRONG_KEY));
    expect(codes).toEqual([
      ...new Array(3).fill('UNAUTHENTICATED'),
      'QUOTA_EXCEEDED',
      'QUOTA_EXCEEDED',
      'UNAUTHENTICATED',
    ]);
  });

  test('wrong credentials never lock out valid, absent or expired ones from the same address', async () => {
    const { ask, valid, expired, forged } = await startIdentify();
    for (let i = 0; i < 9; i++) {
      await ask(WRONG_KEY);
      await ask(await forged());
    }
    expect([await ask(WRONG_KEY), await ask(await forged())]).toEqual(['QUOTA_EXCEEDED', 'QUOTA_EXCEEDED']);
    expect(await ask(await valid())).toBe('hubei');
    expect(await ask({ 'x-api-key': 'yw_secret' })).toBe('app');
    expect(await ask({})).toBe('anonymous');
    for (let i = 0; i < 9; i++) expect(await ask(await expired())).toBe('UNAUTHENTICATED');
  });

  test('wrong credentials are counted by address and kind', async () => {
    const { ask } = await startIdentify();
    for (let i = 0; i < 4; i++) await ask(WRONG_KEY);
    expect(await ask(WRONG_TOKEN)).toBe('UNAUTHENTICATED');
    expect(await ask(WRONG_KEY, '192.0.2.2')).toBe('UNAUTHENTICATED');
    expect(await ask(WRONG_KEY)).toBe('QUOTA_EXCEEDED');
  });

  test('wrongCredentialSourcesMax addresses are counted, and the least recent is evicted', async () => {
    const { ask } = await startIdentify({ wrongCredentialSourcesMax: 2 });
    for (let i = 0; i < 4; i++) await ask(WRONG_KEY, '192.0.2.1');
    await ask(WRONG_KEY, '192.0.2.2');
    expect(await ask(WRONG_KEY, '192.0.2.1')).toBe('QUOTA_EXCEEDED');
    await ask(WRONG_KEY, '192.0.2.3');
    await ask(WRONG_KEY, '192.0.2.2');
    expect(await ask(WRONG_KEY, '192.0.2.1')).toBe('UNAUTHENTICATED');
  });

  test('wrong passports of upstream gateways are counted, too', async () => {
    const limits = { ...DEFAULT_LIMITS, wrongCredentialsMax: 1 };
    const read = createPassportVerifier(
      { keys: { keys: [] }, platforms: new Map([['toy/420000', ['420000']]]) },
      limits,
      () => START,
    );
    const codes = [await read('wrong', 'a').catch(codeOf), await read('wrong', 'a').catch(codeOf)];
    expect(codes).toEqual(['UNAUTHENTICATED', 'QUOTA_EXCEEDED']);
    expect(await read('wrong', 'b').catch(codeOf)).toBe('UNAUTHENTICATED');
  });
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('credentials from %s are counted for %s', (address, source) => {
  expect(toSourceNetwork(address)).toBe(source);
});
