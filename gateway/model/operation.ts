/** One operation as the record keeps it: who, for whom, why, what, from where, and what became of it. */
import type { Rights } from './rights.ts';

export interface Operation {
  readonly at: Date;
  readonly requestId: string;
  /** Undefined where the caller was not identified. */
  readonly rights: Rights | undefined;
  /** Undefined where no operation could be read. */
  readonly asked: AskedOperation | undefined;
  /** Platforms that were to answer. */
  readonly platforms: readonly string[];
  readonly rows: number;
  readonly outcome: 'answered' | 'partial' | 'refused' | 'failed';
  /** Codes of the errors in the answer, each once, in order. */
  readonly codes: readonly string[];
  readonly durationMs: number;
  /** SHA-256 of the answer as sent. */
  readonly digest: string;
}

export interface AskedOperation {
  readonly name: string | undefined;
  /** SHA-256 of the text as sent. */
  readonly hash: string;
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Coordinates of the fields, by data class. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
}
