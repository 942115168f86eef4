/** One operation as the record keeps it: who, for whom, why, what, from where, and what became of it. */
import type { Rights } from './rights.ts';

export interface RecordEntry {
  readonly receivedAt: Date;
  readonly requestId: string;
  /** Undefined where the caller was not identified. */
  readonly rights: Rights | undefined;
  /** Undefined if no operation was admitted. */
  readonly operation: RecordedOperation | undefined;
  /** The beginning of the text as sent, if no operation was admitted. */
  readonly refusedText: string | undefined;
  /** Network address of a client that was not identified. */
  readonly address: string | undefined;
  /** Platforms that were to answer. */
  readonly platforms: readonly string[];
  readonly rows: number;
  readonly outcome: 'answered' | 'partial' | 'refused' | 'failed';
  /** Codes of the errors in the answer, each once, in order. */
  readonly codes: readonly string[];
  readonly durationMs: number;
  /** SHA-256 of the answer as sent. */
  readonly answerDigest: string;
}

/** What the record keeps of an operation that was admitted, in full: what is longer is refused. */
export interface MaskedOperation {
  /** Without comments and padding; values that may tell of persons are masked. */
  readonly text: string;
  /** SHA-256 of `text`. */
  readonly hash: string;
  /** JSON of the variables that it declares; values that may tell of persons are masked. */
  readonly variables: string;
  /** Keyed digest of text and variables as sent. */
  readonly sentDigest: string;
}

export interface RecordedOperation extends MaskedOperation {
  readonly name: string | undefined;
  /** Coordinates of the fields, by data class. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
}
