/** Signs and verifies a version of the registry: who published which texts, and when. */
import { CompactSign, compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { sha256 } from '../kit/crypto/digest.ts';
import type { KeyPair } from '../kit/crypto/key-files.ts';

/** What a publisher signs. */
export interface VersionStatement {
  readonly number: number;
  readonly digest: string;
  /** SHA-256 of the text of each subgraph, by name. */
  readonly subgraphs: Readonly<Record<string, string>>;
  readonly standard: string;
  readonly publishedBy: string;
  /** ISO 8601. */
  readonly publishedAt: string;
}

/** The parts of a version that its statement speaks of. */
export interface SignedTexts {
  readonly number: number;
  readonly supergraph: string;
  readonly subgraphs: Readonly<Record<string, string>>;
  readonly standard: string;
  readonly publishedBy: string;
  readonly publishedAt: Date;
}

const TYPE = 'yiwang-schema-version';

/** Returns a compact JWS (RFC 7515). */
export function signVersion(version: SignedTexts, { kid, privateKey }: KeyPair): Promise<string> {
  return new CompactSign(Buffer.from(JSON.stringify(statementOf(version))))
    .setProtectedHeader({ alg: 'EdDSA', kid, typ: TYPE })
    .sign(privateKey);
}

/** Throws an `Error` if none of the keys signed exactly these texts. */
export async function verifyVersion(version: SignedTexts, signature: string, keys: JSONWebKeySet): Promise<void> {
  const signed = await compactVerify(signature, createLocalJWKSet(keys), { algorithms: ['EdDSA'] }).catch(
    () => undefined,
  );
  const isOurs = signed?.protectedHeader.typ === TYPE;
  if (!isOurs || Buffer.from(signed.payload).toString() !== JSON.stringify(statementOf(version))) {
    throw new Error(`version ${version.number} of the registry is not signed by a publisher that this gateway trusts`);
  }
}

function statementOf({ supergraph, subgraphs, publishedAt, ...rest }: SignedTexts): VersionStatement {
  const names = Object.keys(subgraphs).sort();
  return {
    number: rest.number,
    digest: sha256(supergraph),
    subgraphs: Object.fromEntries(names.map((name) => [name, sha256(subgraphs[name]!)])),
    standard: rest.standard,
    publishedBy: rest.publishedBy,
    publishedAt: publishedAt.toISOString(),
  };
}
