/**
 * The key files of a data folder: the gateway's passport key, the development issuer's key, and the demo app's API key.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../kit/crypto/digest.ts';
import { type KeyPair, readOrCreateKeyPair, readOrCreateSecret } from '../kit/crypto/key-files.ts';
import { makeFolder } from '../kit/files/make-folder.ts';

export interface KeyFiles {
  /** Private Ed25519 JWK that signs passports. */
  readonly passport: string;
  /** Secret with which cursors are signed. */
  readonly cursor: string;
  /** Private Ed25519 JWK that signs heads and archives of the record. */
  readonly record: string;
  /** Secret of the digests that replace masked values in the record. */
  readonly recordDigest: string;
  /** Private Ed25519 JWK that signs versions of the registry. */
  readonly registry: string;
  /** Private Ed25519 JWK of the development issuer. */
  readonly identity: string;
  /** Digests of API keys. */
  readonly apiKeys: string;
  /** The demo app's API key in clear. */
  readonly demoApiKey: string;
}

export function keyFilesOf(dataFolder: string): KeyFiles {
  const folder = join(dataFolder, 'keys');
  return {
    passport: join(folder, 'passport.jwk.json'),
    cursor: join(folder, 'cursor.key'),
    record: join(folder, 'record.jwk.json'),
    recordDigest: join(folder, 'record.key'),
    registry: join(folder, 'registry.jwk.json'),
    identity: join(folder, 'identity.jwk.json'),
    apiKeys: join(folder, 'api-keys.json'),
    demoApiKey: join(folder, 'app.key'),
  };
}

/** The copy of the organisation directory as the gateway read it last. */
export function organisationsFileOf(dataFolder: string): string {
  return join(dataFolder, 'organisations.json');
}

/** The last signed head of the record. */
export function recordHeadFileOf(dataFolder: string): string {
  return join(dataFolder, 'record', 'head.jws');
}

/** The supergraph of the last version that the registry gave. */
export function promotedFileOf(dataFolder: string): string {
  return join(dataFolder, 'registry', 'supergraph.graphql');
}

export interface DemoKeys {
  readonly passport: KeyPair;
  readonly identity: KeyPair;
  /** The API key of the demo identity `app`. */
  readonly apiKey: string;
}

/** Creates missing keys and reads all of them. Writes the digest of the API key to the file that the gateway reads. */
export async function prepareDemoKeys(dataFolder: string): Promise<DemoKeys> {
  const files = keyFilesOf(dataFolder);
  const passport = await readOrCreateKeyPair(files.passport);
  const identity = await readOrCreateKeyPair(files.identity);
  const apiKey = await readOrCreateSecret(files.demoApiKey, 'yw_');
  await makeFolder(join(dataFolder, 'keys'), 0o700);
  const digests = { keys: [{ sha256: sha256(apiKey), subject: 'app' }] };
  await writeFile(files.apiKeys, `${JSON.stringify(digests, null, 2)}\n`, { mode: 0o600 });
  return { passport, identity, apiKey };
}
