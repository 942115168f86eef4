/**
 * Digests that hide a text: only the holder of the secret can compute them again, to prove that two texts are equal.
 */
import { hmacSha256 } from './digest.ts';

/** Returns the first 128 bits of the HMAC-SHA256, in hexadecimal. */
export type KeyedDigest = (text: string) => string;

export function createKeyedDigest(secret: string): KeyedDigest {
  return (text) => hmacSha256(secret, text).toString('hex', 0, 16);
}

/** What replaces a masked text. */
export function maskText(text: string, digest: KeyedDigest): string {
  return `masked:${digest(text)}`;
}
