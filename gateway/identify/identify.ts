/** Request headers → rights of the caller. */
import { PublicError } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import { NO_ORGANISATIONS, type OrganisationDirectory } from '../model/organisations/organisation-directory.ts';
import type { Rights } from '../model/rights.ts';
import type { VerifyApiKey } from './api-keys/api-keys.ts';
import { ANONYMOUS_IDENTITY, type Identity } from './identity.ts';
import { computeRights, type Justification } from './rights.ts';
import type { Throttle } from './throttle.ts';
import { placeDepartment } from './tokens/place-department.ts';
import type { VerifyToken } from './tokens/token-verifier.ts';
import { countLetters, hasHiddenCharacters } from './visible-text.ts';

/** Header values by lower-case name; a list if a header came more than once. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The parts of a request that identify its caller. */
export interface ClientRequest {
  readonly headers: RequestHeaders;
  /** Names and values alternate, as Node received them: in `headers` it drops or joins repeated ones. */
  readonly rawHeaders: readonly string[];
  /** Network address of the client. */
  readonly address: string;
}

/**
 * A request without a credential gets the rights of the open audience; a rejected credential does not. Throws
 * `UNAUTHENTICATED`, `QUOTA_EXCEEDED` after too many wrong credentials, and `BAD_USER_INPUT` for an unreadable purpose
 * or matter.
 */
export type Identify = (request: ClientRequest) => Promise<Rights>;

export interface IdentifyOptions {
  readonly verifyToken: VerifyToken;
  readonly verifyApiKey: VerifyApiKey;
  /** The organisation directory, by which a department's jurisdiction is checked. Default: none was read. */
  readonly organisations?: (() => OrganisationDirectory) | undefined;
  readonly throttle: Throttle;
  readonly limits: Limits;
}

type Credential = { readonly kind: 'none' } | { readonly kind: 'token' | 'key'; readonly value: string };

export function createIdentify(options: IdentifyOptions): Identify {
  const { verifyToken, verifyApiKey, organisations = () => NO_ORGANISATIONS, throttle, limits } = options;
  const verifyCredential = async (credential: Credential, address: string): Promise<Identity> => {
    switch (credential.kind) {
      case 'none':
        return ANONYMOUS_IDENTITY;
      case 'token':
        return placeDepartment(
          await throttle.run('token', address, () => verifyToken(credential.value)),
          organisations(),
        );
      case 'key':
        return throttle.run('key', address, () => verifyApiKey(credential.value));
    }
  };
  return async ({ headers, rawHeaders, address }) => {
    assertNotRepeated(rawHeaders);
    const identity = await verifyCredential(parseCredential(headers, limits), address);
    return computeRights(identity, parseJustification(headers, limits));
  };
}

/** Headers that identify the caller or justify the request, with the code of the error if one is repeated. */
const UNREPEATABLE: ReadonlyMap<string, 'UNAUTHENTICATED' | 'BAD_USER_INPUT'> = new Map([
  ['authorization', 'UNAUTHENTICATED'],
  ['x-api-key', 'UNAUTHENTICATED'],
  ['x-yiwang-purpose', 'BAD_USER_INPUT'],
  ['x-yiwang-matter', 'BAD_USER_INPUT'],
]);

/** Node keeps the first of two `authorization` headers and joins others: the second would be lost silently. */
export function assertNotRepeated(rawHeaders: readonly string[]): void {
  let seen: Set<string> | undefined;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!.toLowerCase();
    const code = UNREPEATABLE.get(name);
    if (code === undefined) continue;
    if (seen?.has(name)) throw new PublicError(code, `The header "${name}" came more than once; send it once.`);
    seen = (seen ?? new Set<string>()).add(name);
  }
}

export function parseCredential(headers: RequestHeaders, limits: Limits): Credential {
  const authorization = headers.authorization;
  const apiKey = headers['x-api-key'];
  if (authorization !== undefined && apiKey !== undefined) {
    throw createCredentialError('Two credentials came, in "authorization" and in "x-api-key"; send one.');
  }
  if (apiKey !== undefined) return parseSecret('key', apiKey, limits);
  if (authorization === undefined) return { kind: 'none' };
  if (typeof authorization !== 'string') throw createCredentialError('The header "authorization" came more than once.');
  const [scheme = '', value = '', ...rest] = authorization.trim().split(/ +/);
  if (rest.length > 0)
    throw createCredentialError('The header "authorization" must be "Bearer TOKEN" or "ApiKey KEY".');
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return parseSecret('token', value, limits);
    case 'apikey':
      return parseSecret('key', value, limits);
    default:
      throw createCredentialError('The header "authorization" must be "Bearer TOKEN" or "ApiKey KEY".');
  }
}

function parseSecret(kind: 'token' | 'key', value: string | readonly string[], limits: Limits): Credential {
  const name = kind === 'token' ? 'bearer token' : 'API key';
  if (typeof value !== 'string') throw createCredentialError(`The ${name} came more than once.`);
  const trimmed = value.trim();
  if (trimmed === '') throw createCredentialError(`The ${name} is empty.`);
  if (Buffer.byteLength(trimmed) > limits.tokenBytesMax) {
    throw createCredentialError(`The ${name} is longer than ${limits.tokenBytesMax} bytes.`);
  }
  return { kind, value: trimmed };
}

function parseJustification(headers: RequestHeaders, limits: Limits): Justification {
  const purpose = parseHeaderText('x-yiwang-purpose', headers, limits);
  const matter = parseHeaderText('x-yiwang-matter', headers, limits);
  return { ...(purpose === undefined ? {} : { purpose }), ...(matter === undefined ? {} : { matter }) };
}

/** Header values are bytes: text beyond ASCII is percent-encoded, as `fetch` requires, or plain UTF-8. */
function parseHeaderText(name: string, headers: RequestHeaders, limits: Limits): string | undefined {
  const value = headers[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw new PublicError('BAD_USER_INPUT', `The header "${name}" came more than once.`);
  let text: string;
  try {
    const bytes = Buffer.from(value, 'latin1');
    text = decodePercentEncoding(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).trim();
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

/** Returns the text itself if its percent signs encode nothing. */
function decodePercentEncoding(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function createCredentialError(message: string): PublicError {
  return new PublicError('UNAUTHENTICATED', message);
}
