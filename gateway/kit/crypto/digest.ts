/** SHA-256 and HMAC-SHA256, and the canonical form of JSON that digests are taken of. */
import { createHash, createHmac } from 'node:crypto';

/** The SHA-256 digest of a text or of bytes, in hexadecimal. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** A SHA-256 digest of data that comes piece by piece. */
export interface RunningDigest {
  update(data: string | Uint8Array): void;
  /** In hexadecimal; to be called once. */
  finish(): string;
}

export function createRunningDigest(): RunningDigest {
  const hash = createHash('sha256');
  return {
    update: (data) => void hash.update(data),
    finish: () => hash.digest('hex'),
  };
}

/** The HMAC-SHA256 of a text (RFC 2104). */
export function hmacSha256(secret: string, text: string): Buffer {
  return createHmac('sha256', secret).update(text).digest();
}

/** JSON with sorted keys, as RFC 8785 writes values made of strings, integers, lists and objects. */
export function toCanonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toCanonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${toCanonicalJson(member)}`);
  return `{${entries.join(',')}}`;
}
