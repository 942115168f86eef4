import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt, exportJWK, generateKeyPair, type JWK, jwtVerify, SignJWT, UnsecuredJWT } from 'jose';
import { sha256 } from '../kit/crypto/digest.ts';
import { type KeyPair, readOrCreateKeyPair } from '../kit/crypto/key-files.ts';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import { createApiKeyVerifier, readApiKeys } from './api-keys/api-keys.ts';
import { createIdentify, type RequestHeaders } from './identify.ts';
import { createOpenIdentify } from './open-identify.ts';
import { createPassportSigner } from './passports/passport-signer.ts';
import { refusalOf } from './testing.ts';
import { createThrottle } from './throttle.ts';
import { DEVELOPMENT_AUDIENCE, DEVELOPMENT_ISSUER, signToken } from './tokens/development-issuer.ts';
import { createTokenVerifier } from './tokens/token-verifier.ts';

const HUBEI = { sub: 'hubei', tier: 'PROVINCIAL', division: '420000' };
const NOW = Date.parse('2026-11-01T00:00:00+08:00');

let folder: string;
let key: KeyPair;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yiwang-identify-'));
  key = await readOrCreateKeyPair(join(folder, 'keys/identity.jwk.json'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const verifier = (nowMs = NOW) =>
  createTokenVerifier(
    { issuer: DEVELOPMENT_ISSUER, audience: DEVELOPMENT_AUDIENCE, keys: { keys: [key.publicJwk] } },
    DEFAULT_LIMITS,
    () => nowMs,
  );

describe('a bearer token', () => {
  const token = (claims: Record<string, unknown> = {}, lifeSeconds = 60, nowMs = NOW) =>
    signToken(key, { ...HUBEI, ...claims }, { lifeSeconds, nowMs });

  test('a valid token identifies the caller', async () => {
    const identity = await verifier()(await token({ clearance: 'SENSITIVE', roles: ['LEADER', 'LEADER'] }));
    expect(identity).toEqual({
      subject: 'hubei',
      tier: 'PROVINCIAL',
      division: '420000',
      roles: ['LEADER'],
      clearance: 'SENSITIVE',
    });
  });

  test('an expired token is rejected, even if it was accepted before', async () => {
    let nowMs = NOW;
    const verify = createTokenVerifier(
      { issuer: DEVELOPMENT_ISSUER, audience: DEVELOPMENT_AUDIENCE, keys: { keys: [key.publicJwk] } },
      { ...DEFAULT_LIMITS, identityCacheMs: 3_600_000 },
      () => nowMs,
    );
    const short = await token({}, 10);
    await verify(short);
    nowMs += 9_000;
    await verify(short);
    nowMs += 8_000;
    expect(await refusalOf(() => verify(short))).toBe(
      'UNAUTHENTICATED: The token is not accepted: it expired at 2026-10-31T16:00:10.000Z.',
    );
  });

  test.each([
    ['another issuer', { issuer: 'https://elsewhere.example' }, 'it is from another issuer'],
    ['another service', { audience: 'elsewhere' }, 'it was made out for another service'],
    ['no expiry', { expires: false }, 'its claim "exp" is missing'],
    ['the future', { notBefore: NOW / 1_000 + 600 }, 'it is not valid before 2026-10-31T16:10:00.000Z'],
  ])('a token for or from %s is rejected', async (_, changes: Record<string, unknown>, reason) => {
    const jwt = new SignJWT({ ...HUBEI })
      .setProtectedHeader({ alg: 'EdDSA', kid: key.kid })
      .setIssuer((changes.issuer as string) ?? DEVELOPMENT_ISSUER)
      .setAudience((changes.audience as string) ?? DEVELOPMENT_AUDIENCE);
    if (changes.expires !== false) jwt.setExpirationTime(NOW / 1_000 + 60);
    if (changes.notBefore) jwt.setNotBefore(changes.notBefore as number);
    const signed = await jwt.sign(key.privateKey);
    expect(await refusalOf(() => verifier()(signed))).toBe(`UNAUTHENTICATED: The token is not accepted: ${reason}.`);
  });

  test('a token is rejected without a signature, with a shared secret, with another key, and after a change', async () => {
    const claims = (jwt: SignJWT) =>
      jwt
        .setIssuer(DEVELOPMENT_ISSUER)
        .setAudience(DEVELOPMENT_AUDIENCE)
        .setExpirationTime(NOW / 1_000 + 60);
    const unsigned = new UnsecuredJWT({
      ...HUBEI,
      iss: DEVELOPMENT_ISSUER,
      aud: DEVELOPMENT_AUDIENCE,
      exp: NOW / 1_000 + 60,
    }).encode();
    const secret = await claims(new SignJWT({ ...HUBEI }).setProtectedHeader({ alg: 'HS256' })).sign(
      Buffer.from(key.publicJwk.x!),
    );
    const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
    const foreign = await claims(new SignJWT({ ...HUBEI }).setProtectedHeader({ alg: 'EdDSA', kid: key.kid })).sign(
      privateKey,
    );
    const unknownKey = await claims(
      new SignJWT({ ...HUBEI }).setProtectedHeader({ alg: 'EdDSA', kid: 'unknown' }),
    ).sign(privateKey);
    const [head, , signature] = (await token()).split('.');
    const body = Buffer.from(
      JSON.stringify({ ...decodeJwt(await token()), tier: 'NATIONAL', division: '100000' }),
    ).toString('base64url');
    const reasons = await Promise.all(
      [unsigned, secret, foreign, unknownKey, `${head}.${body}.${signature}`, 'abc', 'a.b.c'].map((bad) =>
        refusalOf(() => verifier()(bad)),
      ),
    );
    expect(reasons.map((reason) => reason.replace('UNAUTHENTICATED: The token is not accepted: ', ''))).toEqual([
      'its signature must be asymmetric, such as EdDSA, ES256 or RS256.',
      'its signature must be asymmetric, such as EdDSA, ES256 or RS256.',
      'its signature does not fit.',
      'it was signed with a key that the issuer does not publish.',
      'its signature does not fit.',
      'it is not a signed JSON Web Token.',
      'it is not a signed JSON Web Token.',
    ]);
  });
});

describe('the credential of a request', () => {
  const identify = () => {
    const ask = createIdentify({
      verifyToken: verifier(),
      verifyApiKey: createApiKeyVerifier([{ sha256: sha256('yw_secret'), subject: 'app' }]),
      throttle: createThrottle(DEFAULT_LIMITS),
      limits: DEFAULT_LIMITS,
    });
    return (headers: RequestHeaders, rawHeaders: readonly string[] = []) =>
      ask({ headers, rawHeaders, address: '127.0.0.1' });
  };

  test('a request without a credential belongs to the open audience', async () => {
    expect(await identify()({})).toMatchObject({ subject: 'anonymous', audience: 'open', tier: 'PUBLIC' });
  });

  test('an API key in either header identifies its app', async () => {
    for (const headers of [{ 'x-api-key': 'yw_secret' }, { authorization: 'ApiKey yw_secret' }]) {
      expect(await identify()(headers)).toMatchObject({ subject: 'app', audience: 'open' });
    }
  });

  test.each([
    [{ authorization: 'Bearer' }, 'The bearer token is empty.'],
    [{ authorization: 'Bearer a b' }, 'The header "authorization" must be'],
    [{ authorization: 'Basic YTpi' }, 'The header "authorization" must be'],
    [{ authorization: '' }, 'The header "authorization" must be'],
    [{ 'x-api-key': 'wrong' }, 'The API key is not known.'],
    [{ 'x-api-key': '' }, 'The API key is empty.'],
    [{ 'x-api-key': 'yw_secret', authorization: 'Bearer x' }, 'Two credentials came'],
  ])('a request with %j never falls back to the open audience', async (headers, reason) => {
    expect(await refusalOf(() => identify()(headers))).toMatch(/^UNAUTHENTICATED: /);
    expect(await refusalOf(() => identify()(headers))).toContain(reason);
  });

  test('a token that is too long is rejected before it is verified', async () => {
    const headers = { authorization: `Bearer ${'x'.repeat(DEFAULT_LIMITS.tokenBytesMax + 1)}` };
    expect(await refusalOf(() => identify()(headers))).toContain('longer than 8192 bytes');
  });

  test('a repeated header for identity or purpose is rejected, whichever of the two Node keeps', async () => {
    const token = `Bearer ${await signToken(key, HUBEI, { lifeSeconds: 60, nowMs: NOW })}`;
    const raw = ['Authorization', token, 'accept', '*/*', 'AUTHORIZATION', 'Bearer other'];
    expect(await refusalOf(() => identify()({ authorization: token }, raw))).toBe(
      'UNAUTHENTICATED: The header "authorization" came more than once; send it once.',
    );
    for (const name of ['X-Api-Key', 'X-Yiwang-Purpose', 'X-Yiwang-Matter']) {
      const twice = () => identify()({}, [name, 'ab', 'host', 'x', name.toLowerCase(), 'ab']);
      expect(await refusalOf(twice)).toContain(`The header "${name.toLowerCase()}" came more than once`);
    }
    expect(await refusalOf(() => identify()({}, ['accept', 'a', 'accept', 'b', 'x-api-key', 'ab']))).toBe('accepted');
  });

  test.each([
    ['zero width', '%E2%80%8B', 'visible'],
    ['zero width within words', 'call%E2%80%8Bback', 'visible'],
    ['a byte order mark within words', 'call%EF%BB%BFback', 'visible'],
    ['soft hyphens', '%C2%AD%C2%AD', 'visible'],
    ['a turn of direction', 'call%E2%80%AEkcab', 'visible'],
    ['Hangul fillers, which are letters', '%E3%85%A4%E3%85%A4', 'visible'],
    ['a line separator', 'a%E2%80%A8b', 'visible'],
    ['private use', '%EE%80%80%EE%80%80', 'visible'],
    ['punctuation alone', '...!?', 'has 0 letters or digits; at least 2'],
    ['blanks of Braille', '%E2%A0%80%E2%A0%80', 'has 0 letters or digits; at least 2'],
    ['one letter', '-x-', 'has 1 letters or digits; at least 2'],
  ])('a purpose or matter that is %s is rejected', async (_, value, reason) => {
    for (const name of ['x-yiwang-purpose', 'x-yiwang-matter']) {
      const refusal = await refusalOf(() => identify()({ [name]: value }));
      expect(refusal).toMatch(/^BAD_USER_INPUT: /);
      expect(refusal).toContain(`The header "${name}"`);
      expect(refusal).toContain(reason);
    }
  });

  test.each(['回访', '\u845b\u{e0100}城', 'می\u200cخواهم', '12'])('the purpose %s is accepted', async (purpose) => {
    const headers = { 'x-yiwang-purpose': encodeURIComponent(purpose) };
    expect(await identify()(headers)).toMatchObject({ purpose });
  });

  test('a purpose may use any script', async () => {
    const bytes = Buffer.from('市民回访').toString('latin1');
    expect(await identify()({ 'x-yiwang-purpose': bytes })).toMatchObject({ purpose: '市民回访' });
    expect(await identify()({ 'x-yiwang-purpose': encodeURIComponent('市民回访') })).toMatchObject({
      purpose: '市民回访',
    });
    expect(await identify()({ 'x-yiwang-purpose': '100% of it', 'x-yiwang-matter': ' 12 ' })).toMatchObject({
      purpose: '100% of it',
      matter: '12',
    });
    for (const control of ['a%0Ab', 'a%00', '%1b[2J', 'a%C2%85b']) {
      expect(await refusalOf(() => identify()({ 'x-yiwang-purpose': control }))).toMatch(/^BAD_USER_INPUT: .*control/);
    }
    expect(await refusalOf(() => identify()({ 'x-yiwang-purpose': '\u00ff' }))).toMatch(/^BAD_USER_INPUT: .*UTF-8/);
    expect(await refusalOf(() => identify()({ 'x-yiwang-purpose': 'x'.repeat(257) }))).toMatch(
      /^BAD_USER_INPUT: .*257/,
    );
  });
});

test.each(['', 'wu\u0000han', 'x'.repeat(257), '\u200b'])(
  'an open gateway rejects a token with the unreadable subject %j',
  async (sub) => {
    const identify = createOpenIdentify({
      issuer: { issuer: DEVELOPMENT_ISSUER, audience: DEVELOPMENT_AUDIENCE, keys: { keys: [key.publicJwk] } },
      policiesClaim: undefined,
      throttle: createThrottle(DEFAULT_LIMITS),
      limits: DEFAULT_LIMITS,
    });
    const ask = async (subject: string) => {
      const token = await signToken(key, { ...HUBEI, sub: subject }, { lifeSeconds: 60, nowMs: Date.now() });
      return identify({ headers: { authorization: `Bearer ${token}` }, rawHeaders: [], address: '127.0.0.1' });
    };
    expect(await ask('hubei')).toMatchObject({ subject: 'hubei' });
    expect(await refusalOf(() => ask(sub))).toMatch(/^UNAUTHENTICATED: .*"sub"/);
  },
);

describe('an OIDC issuer', () => {
  let server: Server;
  let jwks: { keys: JWK[] } | undefined;
  let fetches = 0;

  beforeAll(async () => {
    server = createServer((_, response) => {
      fetches++;
      response.writeHead(jwks ? 200 : 503, { 'content-type': 'application/json' }).end(JSON.stringify(jwks ?? {}));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test('new keys are fetched, and a request is not anonymous if they are out of reach', async () => {
    const keys = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`);
    const limits = { ...DEFAULT_LIMITS, jwksCooldownMs: 0 };
    const verify = createTokenVerifier({ issuer: 'https://id.example', audience: 'yiwang', keys }, limits);
    const pair = async (kid: string) => {
      const { publicKey, privateKey } = await generateKeyPair('ES256');
      return { jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256' }, privateKey };
    };
    const sign = ({ jwk, privateKey }: Awaited<ReturnType<typeof pair>>) =>
      new SignJWT({ ...HUBEI })
        .setProtectedHeader({ alg: 'ES256', kid: jwk.kid })
        .setIssuer('https://id.example')
        .setAudience('yiwang')
        .setExpirationTime('1m')
        .sign(privateKey);
    const [first, second] = [await pair('one'), await pair('two')];
    const early = await sign(first);
    expect(await refusalOf(() => verify(early))).toContain("the issuer's keys cannot be read at present");
    jwks = { keys: [first.jwk] };
    expect(await verify(early)).toMatchObject({ subject: 'hubei' });
    const before = fetches;
    for (let i = 0; i < 5; i++) await verify(await sign(first));
    expect(fetches).toBe(before);
    jwks = { keys: [second.jwk] };
    expect(await verify(await sign(second))).toMatchObject({ subject: 'hubei' });
  });
});

describe('key files', () => {
  test('a key file is created once, for its owner only, however many callers read it at once', async () => {
    const file = join(folder, 'many/key.json');
    const pairs = await Promise.all(Array.from({ length: 8 }, () => readOrCreateKeyPair(file)));
    expect(new Set(pairs.map(({ kid }) => kid)).size).toBe(1);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(JSON.stringify(pairs[0]!.publicJwk)).not.toContain(JSON.parse(await readFile(file, 'utf8')).d);
  });

  test('a key file without a key throws an error that names it', async () => {
    const file = join(folder, 'bad.json');
    await writeFile(file, '{"kty":"RSA"}');
    await expect(readOrCreateKeyPair(file)).rejects.toThrow(`The key file ${file} is not a private Ed25519 key`);
  });

  test('a file of API keys holds digests', async () => {
    const file = join(folder, 'api-keys.json');
    await writeFile(file, JSON.stringify({ keys: [{ sha256: sha256('k'), subject: 'app' }] }));
    expect(await readApiKeys(file)).toEqual([{ sha256: sha256('k'), subject: 'app' }]);
    await writeFile(file, JSON.stringify({ keys: [{ sha256: 'k', subject: 'app' }] }));
    await expect(readApiKeys(file)).rejects.toThrow('"sha256" of entry 0');
    await expect(readApiKeys(join(folder, 'none.json'))).rejects.toThrow('cannot be read');
  });
});

test('a passport is signed with the key of the gateway for one platform and expires after a minute', async () => {
  const sign = createPassportSigner(key, 60_000, () => NOW);
  const claims = {
    sub: 'hubei',
    aud: 'municipal/420100',
    tier: 'PROVINCIAL' as const,
    division: '420000',
    roles: [],
    audience: 'supervisor',
    scope: ['42', '43'],
    classes: ['OPEN' as const],
    unmasked: false,
  };
  const { payload } = await jwtVerify(await sign(claims), key.publicJwk, {
    issuer: 'yiwang-gateway',
    audience: 'municipal/420100',
    currentDate: new Date(NOW),
  });
  expect(payload).toMatchObject(claims);
  expect(payload.exp! - payload.iat!).toBe(60);
});
