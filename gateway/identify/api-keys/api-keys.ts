/** API key → identity. The gateway holds only SHA-256 digests of keys. */
import { readFile } from 'node:fs/promises';
import { sha256 } from '../../kit/crypto/digest.ts';
import type { Identity } from '../identity.ts';
import { WrongCredentialError } from '../throttle.ts';
import { countLetters, hasHiddenCharacters } from '../visible-text.ts';

export interface ApiKey {
  /** SHA-256 of the key, in hexadecimal. */
  readonly sha256: string;
  /** The app that holds the key. */
  readonly subject: string;
}

/** Throws `UNAUTHENTICATED`. */
export type VerifyApiKey = (key: string) => Identity;

/** Looks the digest up, not the key, so that the time of the look-up tells nothing about a key. */
export function createApiKeyVerifier(keys: readonly ApiKey[]): VerifyApiKey {
  const subjects = new Map(keys.map((key) => [key.sha256, key.subject]));
  return (key) => {
    const subject = subjects.get(sha256(key));
    if (subject === undefined) throw new WrongCredentialError('The API key is not known.');
    return { subject, tier: 'PUBLIC', division: '100000', roles: [], clearance: 'OPEN' };
  };
}

/** Reads a key file, `{ "keys": [{ "sha256": "…", "subject": "app" }] }`. Throws an `Error` that names the fault. */
export async function readApiKeys(file: string): Promise<readonly ApiKey[]> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Error(`The API key file ${file} cannot be read: ${(error as Error).message}.`, { cause: error });
  }
  const keys = typeof content === 'object' && content !== null && 'keys' in content ? content.keys : undefined;
  if (!Array.isArray(keys))
    throw new Error(`The API key file ${file} must hold { "keys": [{ "sha256", "subject" }] }.`);
  return keys.map((key: Partial<ApiKey>, index) => {
    if (typeof key?.sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(key.sha256)) {
      throw new Error(`The API key file ${file}: "sha256" of entry ${index} must be 64 hexadecimal digits.`);
    }
    if (typeof key.subject !== 'string' || countLetters(key.subject) === 0 || hasHiddenCharacters(key.subject)) {
      throw new Error(`The API key file ${file}: "subject" of entry ${index} must name the app in visible text.`);
    }
    return { sha256: key.sha256, subject: key.subject };
  });
}
