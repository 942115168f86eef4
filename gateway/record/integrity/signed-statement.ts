/** What a gateway says of its record under its own signature: how far it reached, and what an archive holds. */
import { CompactSign, compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import type { KeyPair } from '../../kit/crypto/key-files.ts';

/** So many entries there were. */
export interface HeadStatement {
  readonly record: string;
  readonly last: number;
  /** ISO 8601, as is `signedAt`. */
  readonly recordedAt: string;
  readonly signedAt: string;
}

/** These entries are in a file of this digest. */
export interface ArchiveStatement {
  readonly record: string;
  /** `2026-11` */
  readonly month: string;
  readonly first: number;
  readonly last: number;
  /** SHA-256 of the lines of the file that hold entries. */
  readonly digest: string;
  readonly signedAt: string;
}

const TYPES = { head: 'yiwang-record-head', archive: 'yiwang-record-archive' } as const;

interface StatementTypes {
  readonly head: HeadStatement;
  readonly archive: ArchiveStatement;
}

/** A compact JWS whose type keeps it from being taken for anything else. */
export function signStatement<Kind extends keyof StatementTypes>(
  kind: Kind,
  statement: StatementTypes[Kind],
  { kid, privateKey }: KeyPair,
): Promise<string> {
  return new CompactSign(Buffer.from(JSON.stringify(statement)))
    .setProtectedHeader({ alg: 'EdDSA', kid, typ: TYPES[kind] })
    .sign(privateKey);
}

/** Undefined if none of the keys signed it as a statement of this kind. */
export type VerifyStatement = <Kind extends keyof StatementTypes>(
  kind: Kind,
  text: string,
) => Promise<StatementTypes[Kind] | undefined>;

export function createStatementVerifier(keys: JSONWebKeySet): VerifyStatement {
  const keySet = createLocalJWKSet(keys);
  return async (kind, text) => {
    try {
      const { payload, protectedHeader } = await compactVerify(text, keySet, { algorithms: ['EdDSA'] });
      return protectedHeader.typ === TYPES[kind] ? JSON.parse(Buffer.from(payload).toString()) : undefined;
    } catch {
      return undefined;
    }
  };
}
