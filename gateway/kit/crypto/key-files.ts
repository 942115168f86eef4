/**
 * Key files that only their owner may read: Ed25519 key pairs as JWK (RFC 8037), and secrets. Missing files are
 * created.
 */
import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { makeFolder } from '../files/make-folder.ts';

export interface KeyPair {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  /** The public half, ready for a JWKS. */
  readonly publicJwk: JWK;
}

/** Throws an `Error` that names the file if it cannot be read, written or parsed. */
export async function readOrCreateKeyPair(file: string): Promise<KeyPair> {
  const text = await readOrCreate(file, async () => {
    const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    return `${JSON.stringify(await exportJWK(privateKey))}\n`;
  });
  try {
    const jwk = JSON.parse(text) as JWK;
    if (jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519' || !jwk.d || !jwk.x) throw new Error('not a private Ed25519 JWK');
    const kid = await calculateJwkThumbprint(jwk);
    const privateKey = (await importJWK({ ...jwk, alg: 'EdDSA' })) as CryptoKey;
    return { kid, privateKey, publicJwk: { kty: 'OKP', crv: 'Ed25519', x: jwk.x, kid, alg: 'EdDSA', use: 'sig' } };
  } catch (error) {
    throw new Error(
      `The key file ${file} is not a private Ed25519 key in JWK form; remove it to have a new one made.`,
      {
        cause: error,
      },
    );
  }
}

/** Returns `prefix` and a random secret of 256 bits. Throws an `Error` that names the file. */
export async function readOrCreateSecret(file: string, prefix: string): Promise<string> {
  return (await readOrCreate(file, async () => `${prefix}${randomBytes(32).toString('base64url')}\n`)).trim();
}

/** If two processes start at once, the first to link its file wins, and both read that file. */
async function readOrCreate(file: string, create: () => Promise<string>): Promise<string> {
  const existing = await readFile(file, 'utf8').catch(unlessMissing);
  if (existing !== undefined) return existing;
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await makeFolder(dirname(file), 0o700);
    await writeFile(draft, await create(), { mode: 0o600, flag: 'wx' });
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`The key file ${file} cannot be made: ${(error as Error).message}.`, { cause: error });
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw new Error(`The key file cannot be read: ${error.message}.`, { cause: error });
}
