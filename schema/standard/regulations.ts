/** The laws, regulations and standards that the standard rests on, and which supervisors look up. */
import { once, readData } from './data-file.ts';

export interface Regulation {
  readonly id: string;
  readonly title: string;
  /** `GB/T 30428.2`, `国务院令第809号`; null if it has none. */
  readonly number: string | null;
  readonly issuer: string;
  readonly kind: 'LAW' | 'REGULATION' | 'LOCAL_REGULATION' | 'STANDARD';
  /** `YYYY-MM-DD`; null if the date was not confirmed. */
  readonly issuedOn: string | null;
  readonly effectiveFrom: string | null;
  /** Null if it was not confirmed. */
  readonly status: 'IN_FORCE' | 'REPLACED' | 'REPEALED' | null;
  /** Id of the regulation that replaced it; null for one in force. */
  readonly successor: string | null;
  /** How sure dates, status and successor are: `sure` if read in a source, `memory` if not. */
  readonly certainty: 'sure' | 'memory';
  readonly summary: string | null;
}

export const regulations: () => readonly Regulation[] = once(
  () => readData<{ readonly regulations: readonly Regulation[] }>('regulations.json').regulations,
);
