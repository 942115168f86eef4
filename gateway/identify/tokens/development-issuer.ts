/** The built-in development issuer signs tokens with its own key, for the demo and for tests. */
import { SignJWT } from 'jose';
import type { KeyPair } from '../../kit/crypto/key-files.ts';

export const DEVELOPMENT_ISSUER = 'yiwang-development';
export const DEVELOPMENT_AUDIENCE = 'yiwang';

/** Claims as an OIDC issuer puts them into an access token. */
export interface TokenClaims {
  readonly sub: string;
  readonly tier: string;
  readonly division?: string;
  readonly department?: string;
  readonly roles?: readonly string[];
  readonly clearance?: string;
}

/** The token expires `lifeSeconds` after `nowMs`; a negative life makes an expired token. */
export async function signToken(
  key: KeyPair,
  claims: TokenClaims,
  { lifeSeconds, nowMs }: { lifeSeconds: number; nowMs: number },
): Promise<string> {
  const seconds = Math.floor(nowMs / 1_000);
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: 'JWT' })
    .setIssuer(DEVELOPMENT_ISSUER)
    .setAudience(DEVELOPMENT_AUDIENCE)
    .setIssuedAt(Math.min(seconds, seconds + lifeSeconds))
    .setExpirationTime(seconds + lifeSeconds)
    .sign(key.privateKey);
}
