/** Where the committed table of divisions comes from, and the digest of what was made of it. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export const TARGET = new URL('../../../schema/data/divisions.txt', import.meta.url);
export const SOURCE_FILE = new URL('./divisions-source.json', import.meta.url);

export interface DivisionsSource {
  readonly package: string;
  readonly version: string;
  /** Of the package's archive, as npm has it. */
  readonly integrity: string;
  /** SHA-256 of the table. */
  readonly made: string;
}

export function readDivisionsSource(): DivisionsSource {
  return JSON.parse(readFileSync(SOURCE_FILE, 'utf8')) as DivisionsSource;
}

/** The committed table. Throws if it is not what was made of the source: it was edited by hand. */
export function readCommittedDivisions(): string {
  const text = readFileSync(TARGET, 'utf8');
  const digest = createHash('sha256').update(text).digest('hex');
  if (digest !== readDivisionsSource().made) throw new Error('it is not what was made of its source');
  return text;
}
