/** Texts that must not stand in clear → digests that only the holder of a secret can compute again, to prove that two are equal. */
import { createHmac } from 'node:crypto';

/** HMAC-SHA256, its first 128 bits in hexadecimal. */
export type KeyedDigest = (text: string) => string;

export function createKeyedDigest(secret: string): KeyedDigest {
  return (text) => createHmac('sha256', secret).update(text).digest('hex').slice(0, 32);
}

/** What stands in the record in place of a value. */
export function maskedDigest(text: string, digest: KeyedDigest): string {
  return `masked:${digest(text)}`;
}
