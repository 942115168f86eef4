/** The source of the committed table of divisions, and the table's digest. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export const TARGET = new URL('../../../schema/data/divisions.txt', import.meta.url);
export const SOURCE_FILE = new URL('./divisions-source.json', import.meta.url);

export interface DivisionsSource {
  readonly package: string;
  readonly version: string;
  /** Integrity of the package's archive, as npm has it. */
  readonly integrity: string;
  /** SHA-256 of the table. */
  readonly made: string;
}

export function readDivisionsSource(): DivisionsSource {
  return JSON.parse(readFileSync(SOURCE_FILE, 'utf8')) as DivisionsSource;
}

/** Returns the committed table. Throws if it was edited by hand. */
export function readCommittedDivisions(): string {
  const text = readFileSync(TARGET, 'utf8');
  const digest = createHash('sha256').update(text).digest('hex');
  if (digest !== readDivisionsSource().made) throw new Error('it is not what its source gives');
  return text;
}
