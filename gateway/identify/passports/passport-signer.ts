/** Claims → passport: a signed token that vouches for a caller to one platform. */
import { PASSPORT_ISSUER, type PassportClaims } from '@yiwang/schema';
import { SignJWT } from 'jose';
import type { KeyPair } from '../../kit/crypto/key-files.ts';

export type SignPassport = (claims: PassportClaims) => Promise<string>;

/** A passport expires after `lifeMs`, rounded down to whole seconds, at least one. */
export function createPassportSigner(key: KeyPair, lifeMs: number, now: () => number = Date.now): SignPassport {
  const lifeSeconds = Math.max(1, Math.floor(lifeMs / 1_000));
  return (claims) => {
    const seconds = Math.floor(now() / 1_000);
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: 'JWT' })
      .setIssuer(PASSPORT_ISSUER)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + lifeSeconds)
      .sign(key.privateKey);
  };
}
