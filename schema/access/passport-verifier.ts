/**
 * A passport's token → its claims: signature, issuer, recipient and life, checked alike by platforms and by gateways.
 */
import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { PASSPORT_ISSUER, type PassportClaims } from './passport.ts';
import { type PassportClock, parsePassportClaims } from './passport-claims.ts';

export interface PassportCheck extends PassportClock {
  /** The issuing gateways' public keys. */
  readonly keys: JWTVerifyGetKey;
  /** The platforms that the passport may be made out to. */
  readonly audience: string | string[];
}

export type VerifiedPassport =
  | { readonly kind: 'verified'; readonly claims: PassportClaims; readonly expiresAtMs: number }
  /** `reason` completes "the passport …". */
  | { readonly kind: 'refused'; readonly reason: string; readonly cause?: unknown }
  /** No gateway signed this text. */
  | { readonly kind: 'forged'; readonly cause: unknown }
  | { readonly kind: 'keys-unreachable'; readonly cause: unknown };

export async function verifyPassport(token: string, check: PassportCheck): Promise<VerifiedPassport> {
  const { keys, audience, nowMs } = check;
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['EdDSA'],
      issuer: PASSPORT_ISSUER,
      audience,
      requiredClaims: ['exp', 'iat', 'sub'],
      currentDate: new Date(nowMs),
    });
    const parsed = parsePassportClaims(payload, check);
    if (parsed.kind === 'refused') return parsed;
    return { kind: 'verified', claims: parsed.claims, expiresAtMs: payload.exp! * 1000 };
  } catch (cause) {
    return outcomeOf(cause);
  }
}

function outcomeOf(cause: unknown): VerifiedPassport {
  if (cause instanceof errors.JWTExpired) return { kind: 'refused', reason: 'has expired', cause };
  if (cause instanceof errors.JWKSTimeout || !(cause instanceof errors.JOSEError)) {
    return { kind: 'keys-unreachable', cause };
  }
  if (cause instanceof errors.JWTClaimValidationFailed) return { kind: 'refused', reason: 'is not valid here', cause };
  return { kind: 'forged', cause };
}
