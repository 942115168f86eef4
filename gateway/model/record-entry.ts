/** The entry of one operation in the record. */
import type { Rights } from './rights.ts';

export interface RecordEntry {
  readonly receivedAt: Date;
  readonly requestId: string;
  /** Undefined if the caller was not identified. */
  readonly rights: Rights | undefined;
  /** Undefined if no operation was admitted. */
  readonly operation: RecordedOperation | undefined;
  /** The beginning of the text, if no operation was admitted. */
  readonly refusedText: string | undefined;
  /** Network address of a caller that was not identified. */
  readonly address: string | undefined;
  /** Platforms that the operation was routed to. */
  readonly platforms: readonly string[];
  readonly rows: number;
  readonly outcome: 'answered' | 'partial' | 'refused' | 'failed';
  /** Distinct error codes of the response, sorted. */
  readonly codes: readonly string[];
  readonly durationMs: number;
  /** SHA-256 of the response. */
  readonly answerDigest: string;
}

/** The recorded part of an admitted operation. Longer operations are refused, so nothing is cut off. */
export interface MaskedOperation {
  /** Text without comments and padding; values that may identify persons are masked. */
  readonly text: string;
  /** SHA-256 of `text`. */
  readonly hash: string;
  /** JSON of the declared variables; values that may identify persons are masked. */
  readonly variables: string;
  /** Keyed digest of the text and the variables that the client sent. */
  readonly sentDigest: string;
}

export interface RecordedOperation extends MaskedOperation {
  readonly name: string | undefined;
  /** Coordinates of the selected fields, by data class. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
}
