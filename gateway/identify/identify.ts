/** Request headers → rights: who asks, and what for. */
import { PublicError } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import type { Rights } from '../model/rights.ts';
import type { VerifyApiKey } from './api-keys.ts';
import type { VerifyToken } from './bearer.ts';
import { ANYBODY, type Identity } from './identity.ts';
import { type Justification, rightsOf } from './rights.ts';
import type { Throttle } from './throttle.ts';
import { countLetters, hasHiddenCharacters } from './visible-text.ts';

/** Header values by lower-case name; a list where a header came more than once. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What identifies the caller of a request. */
export interface Incoming {
  readonly headers: Headers;
  /** Names and values in turns, as they came: Node drops or joins what came more than once. */
  readonly rawHeaders: readonly string[];
  /** Network address of the client. */
  readonly address: string;
}

/**
 * A request without a credential gets the open audience's rights; a credential that is not accepted never does. Throws
 * `UNAUTHENTICATED`, `QUOTA_EXCEEDED` after too many wrong credentials, and `BAD_USER_INPUT` for a purpose that cannot be read.
 */
export type Identify = (request: Incoming) => Promise<Rights>;

export interface IdentifyOptions {
  readonly verifyToken: VerifyToken;
  readonly verifyApiKey: VerifyApiKey;
  readonly throttle: Throttle;
  readonly limits: Limits;
}

type Credential = { readonly kind: 'none' } | { readonly kind: 'token' | 'key'; readonly value: string };

export function createIdentify({ verifyToken, verifyApiKey, throttle, limits }: IdentifyOptions): Identify {
  const identityOf = async (credential: Credential, address: string): Promise<Identity> => {
    switch (credential.kind) {
      case 'none':
        return ANYBODY;
      case 'token':
        return throttle.watch('token', address, () => verifyToken(credential.value));
      case 'key':
        return throttle.watch('key', address, () => verifyApiKey(credential.value));
    }
  };
  return async ({ headers, rawHeaders, address }) => {
    refuseRepeated(rawHeaders);
    const identity = await identityOf(readCredential(headers, limits), address);
    return rightsOf(identity, readJustification(headers, limits));
  };
}

/** Headers that say who asks and why: each of them at most once. */
const ONCE: ReadonlyMap<string, 'UNAUTHENTICATED' | 'BAD_USER_INPUT'> = new Map([
  ['authorization', 'UNAUTHENTICATED'],
  ['x-api-key', 'UNAUTHENTICATED'],
  ['x-yiwang-purpose', 'BAD_USER_INPUT'],
  ['x-yiwang-matter', 'BAD_USER_INPUT'],
]);

/** Node keeps the first of two `authorization` headers and joins others, so that the second would be lost silently. */
export function refuseRepeated(rawHeaders: readonly string[]): void {
  let seen: Set<string> | undefined;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!.toLowerCase();
    const code = ONCE.get(name);
    if (code === undefined) continue;
    if (seen?.has(name)) throw new PublicError(code, `The header "${name}" came more than once; send it once.`);
    seen = (seen ?? new Set<string>()).add(name);
  }
}

export function readCredential(headers: Headers, limits: Limits): Credential {
  const authorization = headers.authorization;
  const apiKey = headers['x-api-key'];
  if (authorization !== undefined && apiKey !== undefined) {
    throw refused('Two credentials came, in "authorization" and in "x-api-key"; send one.');
  }
  if (apiKey !== undefined) return credential('key', apiKey, limits);
  if (authorization === undefined) return { kind: 'none' };
  if (typeof authorization !== 'string') throw refused('The header "authorization" came more than once.');
  const [scheme = '', value = '', ...rest] = authorization.trim().split(/ +/);
  if (rest.length > 0) throw refused('The header "authorization" must be "Bearer TOKEN" or "ApiKey KEY".');
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return credential('token', value, limits);
    case 'apikey':
      return credential('key', value, limits);
    default:
      throw refused('The header "authorization" must be "Bearer TOKEN" or "ApiKey KEY".');
  }
}

function credential(kind: 'token' | 'key', value: string | readonly string[], limits: Limits): Credential {
  const name = kind === 'token' ? 'bearer token' : 'API key';
  if (typeof value !== 'string') throw refused(`The ${name} came more than once.`);
  const trimmed = value.trim();
  if (trimmed === '') throw refused(`The ${name} is empty.`);
  if (Buffer.byteLength(trimmed) > limits.tokenBytesMax) {
    throw refused(`The ${name} is longer than ${limits.tokenBytesMax} bytes.`);
  }
  return { kind, value: trimmed };
}

function readJustification(headers: Headers, limits: Limits): Justification {
  const purpose = readText('x-yiwang-purpose', headers, limits);
  const matter = readText('x-yiwang-matter', headers, limits);
  return { ...(purpose === undefined ? {} : { purpose }), ...(matter === undefined ? {} : { matter }) };
}

/** Header values are bytes: text beyond ASCII comes percent-encoded, as fetch demands it, or as plain UTF-8. */
function readText(name: string, headers: Headers, limits: Limits): string | undefined {
  const value = headers[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw new PublicError('BAD_USER_INPUT', `The header "${name}" came more than once.`);
  let text: string;
  try {
    const bytes = Buffer.from(value, 'latin1');
    text = decodePercents(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).trim();
  } catch {
    throw new PublicError('BAD_USER_INPUT', `The header "${name}" must be UTF-8 text, plain or percent-encoded.`);
  }
  if (text === '') return undefined;
  if (hasHiddenCharacters(text)) {
    throw new PublicError(
      'BAD_USER_INPUT',
      `The header "${name}" must be one line of visible text, without control or invisible characters.`,
    );
  }
  if (text.length > limits.purposeLengthMax) {
    throw new PublicError(
      'BAD_USER_INPUT',
      `The header "${name}" has ${text.length} characters; at most ${limits.purposeLengthMax} are read.`,
    );
  }
  const letters = countLetters(text);
  if (letters < limits.purposeLettersMin) {
    throw new PublicError(
      'BAD_USER_INPUT',
      `The header "${name}" has ${letters} letters or digits; at least ${limits.purposeLettersMin} are needed to say what for.`,
    );
  }
  return text;
}

/** A percent sign in plain text is a percent sign. */
function decodePercents(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function refused(message: string): PublicError {
  return new PublicError('UNAUTHENTICATED', message);
}
