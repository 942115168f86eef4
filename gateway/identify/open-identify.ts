/** Request headers → rights at an open gateway with an issuer, as the directives of Federation read its tokens. */
import type { JWTPayload } from 'jose';
import { PublicError } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import type { Rights } from '../model/rights.ts';
import { assertNotRepeated, type Identify, parseCredential } from './identify.ts';
import { createGrantedRights, createUnlimitedRights } from './rights.ts';
import type { Throttle } from './throttle.ts';
import { createTokenError, parseSubject } from './tokens/claims.ts';
import { createTokenParser, type IssuerOptions } from './tokens/token-verifier.ts';

export interface OpenIdentifyOptions {
  readonly issuer: IssuerOptions;
  /** The claim that lists policies; undefined if no supergraph may use `@policy`. */
  readonly policiesClaim: string | undefined;
  readonly throttle: Throttle;
  readonly limits: Limits;
}

/**
 * A request without a token is anonymous; a rejected token rejects the request. Scopes come from the claim `scope` (RFC
 * 8693, RFC 9068). Other headers, `x-api-key` among them, are for subgraphs.
 */
export function createOpenIdentify({ issuer, policiesClaim, throttle, limits }: OpenIdentifyOptions): Identify {
  const anonymousRights = createUnlimitedRights();
  const parseToken = createTokenParser(issuer, (claims) => rightsFromClaims(claims, policiesClaim), limits);
  return async ({ headers: { authorization }, rawHeaders, address }) => {
    if (authorization === undefined) return anonymousRights;
    assertNotRepeated(rawHeaders);
    const credential = parseCredential({ authorization }, limits);
    if (credential.kind !== 'token') {
      throw new PublicError('UNAUTHENTICATED', 'The header "authorization" must be "Bearer TOKEN".');
    }
    return throttle.run('token', address, () => parseToken(credential.value));
  };
}

function rightsFromClaims(claims: JWTPayload, policiesClaim: string | undefined): Rights {
  const policies = policiesClaim === undefined ? [] : parseNames(claims, policiesClaim);
  return createGrantedRights(parseSubject(claims.sub), { scopes: parseNames(claims, 'scope'), policies });
}

/** Accepts a list, or one text with spaces between the names. Throws `UNAUTHENTICATED` for anything else. */
function parseNames(claims: JWTPayload, claim: string): readonly string[] {
  const value = claims[claim];
  if (value === undefined) return [];
  const names: unknown = typeof value === 'string' ? value.split(' ') : value;
  if (Array.isArray(names) && names.every((name): name is string => typeof name === 'string')) {
    return names.filter((name) => name !== '').sort();
  }
  throw createTokenError(`its claim "${claim}" must be a list of names, or a text with spaces between them`);
}
