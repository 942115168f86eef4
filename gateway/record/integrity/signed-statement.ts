/** Statements that a gateway signs about its record: its head, and the content of an archive. */
import { CompactSign, compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import type { KeyPair } from '../../kit/crypto/key-files.ts';

/** The record had `last` entries. */
export interface HeadStatement {
  readonly record: string;
  readonly last: number;
  /** ISO 8601, as is `signedAt`. */
  readonly recordedAt: string;
  readonly signedAt: string;
}

/** The entries `first` to `last` are in a file with this digest. */
export interface ArchiveStatement {
  readonly record: string;
  /** `2026-11` */
  readonly month: string;
  readonly first: number;
  readonly last: number;
  /** SHA-256 of the lines with entries. */
  readonly digest: string;
  readonly signedAt: string;
}

const TYPES = { head: 'yiwang-record-head', archive: 'yiwang-record-archive' } as const;

interface StatementTypes {
  readonly head: HeadStatement;
  readonly archive: ArchiveStatement;
}

/** Returns a compact JWS (RFC 7515) whose `typ` names the kind of statement. */
export function signStatement<Kind extends keyof StatementTypes>(
  kind: Kind,
  statement: StatementTypes[Kind],
  { kid, privateKey }: KeyPair,
): Promise<string> {
  return new CompactSign(Buffer.from(JSON.stringify(statement)))
    .setProtectedHeader({ alg: 'EdDSA', kid, typ: TYPES[kind] })
    .sign(privateKey);
}

/** Returns undefined if no key signed the text as a statement of this kind. */
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
