/** The limits of identify, each at its edge. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { DEFAULT_LIMITS, type Limits } from '../model/limits.ts';
import { createIdentify } from './identify.ts';
import { refusalOf } from './testing.ts';
import { createThrottle } from './throttle.ts';
import { createTokenVerifier } from './tokens/token-verifier.ts';

const ISSUER = { issuer: 'https://id.example', audience: 'yiwang' };
const START = Date.parse('2026-11-01T00:00:00+08:00');

let pair: Awaited<ReturnType<typeof generateKeyPair>>;
let jwks: { keys: JWK[] };
let server: Server;
let fetches = 0;
let respond: (response: ServerResponse) => void;
let nowMs: number;

const well = (response: ServerResponse): void =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(jwks));

beforeAll(async () => {
  pair = await generateKeyPair('ES256');
  jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'ES256' }] };
  server = createServer((_, response) => {
    fetches++;
    respond(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

beforeEach(() => {
  nowMs = START;
  fetches = 0;
  respond = well;
});

afterEach(() => {
  jest.restoreAllMocks();
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const published = () => new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`);

function sign(claims: Record<string, unknown> = {}): Promise<string> {
  return new SignJWT({ sub: 'hubei', tier: 'PROVINCIAL', division: '420000', exp: START / 1_000 + 3_600, ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: 'one' })
    .setIssuer(ISSUER.issuer)
    .setAudience(ISSUER.audience)
    .sign(pair.privateKey);
}

const verifierBy = (limits: Partial<Limits>, keys: { keys: JWK[] } | URL = jwks) =>
  createTokenVerifier({ ...ISSUER, keys }, { ...DEFAULT_LIMITS, ...limits }, () => nowMs);

describe('limits of request headers', () => {
  const ask = (limits: Partial<Limits>, headers: Record<string, string>) => {
    const identity = { subject: 'app', tier: 'PUBLIC', division: '100000', roles: [], clearance: 'OPEN' } as const;
    const identify = createIdentify({
      verifyToken: async () => identity,
      verifyApiKey: () => identity,
      throttle: createThrottle(DEFAULT_LIMITS),
      limits: { ...DEFAULT_LIMITS, ...limits },
    });
    return refusalOf(() => identify({ headers, rawHeaders: [], address: '127.0.0.1' }));
  };

  test.each(['Bearer', 'ApiKey'])('a %s credential may have tokenBytesMax bytes', async (scheme) => {
    const headers = (bytes: number) => ({ authorization: `${scheme} ${'x'.repeat(bytes)}` });
    expect(await ask({ tokenBytesMax: 64 }, headers(64))).toBe('accepted');
    expect(await ask({ tokenBytesMax: 64 }, headers(65))).toContain('is longer than 64 bytes');
  });

  test.each(['x-yiwang-purpose', 'x-yiwang-matter'])('%s may have purposeLengthMax characters', async (header) => {
    const headers = (length: number) => ({ [header]: encodeURIComponent('访'.repeat(length)) });
    expect(await ask({ purposeLengthMax: 5 }, headers(5))).toBe('accepted');
    expect(await ask({ purposeLengthMax: 5 }, headers(6))).toContain('has 6 characters; at most 5 are read');
  });

  test.each(['x-yiwang-purpose', 'x-yiwang-matter'])(
    '%s needs purposeLettersMin letters or digits of any script',
    async (header) => {
      const headers = (length: number) => ({ [header]: encodeURIComponent(`-${'访'.repeat(length)}-`) });
      expect(await ask({ purposeLettersMin: 3 }, headers(3))).toBe('accepted');
      expect(await ask({ purposeLettersMin: 3 }, headers(2))).toContain(
        'has 2 letters or digits; at least 3 are needed',
      );
    },
  );
});

describe('limits of tokens', () => {
  test('a token may start clockSkewSeconds later and have expired clockSkewSeconds earlier', async () => {
    const verify = verifierBy({ clockSkewSeconds: 5 });
    const at = START / 1_000;
    expect(await refusalOf(async () => verify(await sign({ nbf: at + 5 })))).toBe('accepted');
    expect(await refusalOf(async () => verify(await sign({ nbf: at + 6 })))).toContain('it is not valid before');
    expect(await refusalOf(async () => verify(await sign({ exp: at - 4 })))).toBe('accepted');
    expect(await refusalOf(async () => verify(await sign({ exp: at - 5 })))).toContain('it expired at');
  });

  test('tokenLifeSecondsMax counts from the issue of a token, or from now without that claim', async () => {
    const verify = verifierBy({ tokenLifeSecondsMax: 600, clockSkewSeconds: 5 });
    const at = START / 1_000;
    expect(await refusalOf(async () => verify(await sign({ exp: at + 605 })))).toBe('accepted');
    expect(await refusalOf(async () => verify(await sign({ exp: at + 606 })))).toContain('lives longer than 600 s');
    expect(await refusalOf(async () => verify(await sign({ iat: at - 600, exp: at + 5 })))).toBe('accepted');
    expect(await refusalOf(async () => verify(await sign({ iat: at - 600, exp: at + 6 })))).toContain('lives longer');
    expect(await refusalOf(async () => verify(await sign({ iat: at + 9_000, exp: at + 9_100 })))).toContain(
      'lives longer',
    );
    expect(await refusalOf(async () => verify(await sign({ exp: 1e300 })))).toContain('lives longer than 600 s');
  });

  test('a token is verified once in identityCacheMs', async () => {
    const verify = verifierBy({ identityCacheMs: 100 });
    const token = await sign();
    const first = await verify(token);
    nowMs += 99;
    expect(await verify(token)).toBe(first);
    nowMs += 1;
    expect(await verify(token)).not.toBe(first);
  });

  test('identityCacheMax tokens are cached, and the least recently used is evicted', async () => {
    const verify = verifierBy({ identityCacheMax: 2 });
    const [one, two, three] = await Promise.all(['one', 'two', 'three'].map((sub) => sign({ sub })));
    const [first, second] = [await verify(one!), await verify(two!)];
    expect([await verify(one!), await verify(two!)]).toEqual([first, second]);
    expect(await verify(one!)).toBe(first);
    await verify(three!);
    expect(await verify(one!)).toBe(first);
    expect(await verify(two!)).not.toBe(second);
  });
});

describe('limits of an issuer’s keys', () => {
  /** The injected clock stands still while keys are fetched; the clock of the fetch does not. */
  const PATIENT = { identityCacheMs: 0, jwksTimeoutMs: 60_000 };
  const DISTINCT = { ...PATIENT, jwksCooldownMs: 3_600_000 };

  test('an issuer that does not answer in jwksTimeoutMs is out of reach', async () => {
    respond = () => undefined;
    const verify = verifierBy({ ...DISTINCT, jwksTimeoutMs: 50 }, published());
    expect(await refusalOf(async () => verify(await sign()))).toContain("the issuer's keys cannot be read at present");
  });

  test('keys are fetched again after jwksCacheMs, and not before', async () => {
    jest.spyOn(Date, 'now').mockImplementation(() => nowMs);
    const verify = verifierBy({ ...DISTINCT, jwksCacheMs: 1_000 }, published());
    const token = await sign();
    await verify(token);
    nowMs += 999;
    await verify(token);
    expect(fetches).toBe(1);
    nowMs += 1;
    await verify(token);
    expect(fetches).toBe(2);
  });

  test('an unknown key fetches the keys again after jwksCooldownMs, and not before', async () => {
    jest.spyOn(Date, 'now').mockImplementation(() => nowMs);
    const verify = verifierBy({ ...PATIENT, jwksCooldownMs: 1_000 }, published());
    await verify(await sign());
    const strange = await new SignJWT({ sub: 'x' })
      .setProtectedHeader({ alg: 'ES256', kid: 'two' })
      .sign(pair.privateKey);
    nowMs += 999;
    await refusalOf(() => verify(strange));
    expect(fetches).toBe(1);
    nowMs += 1;
    await refusalOf(() => verify(strange));
    expect(fetches).toBe(2);
  });
});
