/**
 * The three properties of each field: its sharing between departments, its opening to the public, and its grade. They
 * are the officer's judgement, with its legal basis; `@classified` is what is enforced, and both agree.
 */
import { readdirSync } from 'node:fs';
import { once, readData } from '../standard/data-file.ts';
import type { DataClass, DataClassRule, Sharing } from './data-classes.ts';

/** To the public: without a condition, with one, or not at all. */
export type Opening = 'OPEN' | 'CONDITIONAL' | 'NOT_OPEN';

/** A condition or the legal basis of a refusal. */
export interface Term {
  readonly text: string;
  readonly basis: string;
}

export interface FieldTerms {
  /** Chinese. */
  readonly name: string;
  readonly sharing: Sharing;
  /** The condition of sharing, or the basis for not sharing. */
  readonly sharingTerm: Term;
  readonly opening: Opening;
  /** The condition of opening; null unless there is one. */
  readonly openingTerm: Term | null;
  /** GB/T 43697-2024. */
  readonly grade: DataClassRule['grade'];
}

export interface EntityTerms {
  readonly entity: string;
  /** Chinese. */
  readonly name: string;
  /** In the order of the schema. */
  readonly fields: ReadonlyMap<string, FieldTerms>;
}

/** As the files have it: terms by their names. */
export interface FieldTermsRow {
  readonly name: string;
  readonly sharing: Sharing;
  readonly sharingTerm: string;
  readonly opening: Opening;
  readonly openingTerm?: string;
  readonly grade: DataClassRule['grade'];
}

export interface EntityTermsFile {
  readonly entity: string;
  readonly name: string;
  readonly fields: Readonly<Record<string, FieldTermsRow>>;
}

interface TermsFile {
  readonly terms: Readonly<Record<string, Term>>;
  readonly classes: Readonly<Record<DataClass, Omit<FieldTermsRow, 'name'>>>;
}

const terms = once(() => readData<TermsFile>('sharing-terms.json'));

/** By type, in the order of names. Throws an `Error` for a term that `sharing-terms.json` lacks. */
export const entityTerms: () => ReadonlyMap<string, EntityTerms> = once(() => {
  const files = readdirSync(new URL('../data/fields', import.meta.url)).sort();
  return new Map(
    files.map((file) => {
      const { entity, name, fields } = readData<EntityTermsFile>(`fields/${file}`);
      const rows = Object.entries(fields).map(([field, row]) => [field, resolveTerms(row)] as const);
      return [entity, { entity, name, fields: new Map(rows) }] as const;
    }),
  );
});

/** The properties that a field of a data class has unless somebody judged otherwise. */
export function usualTerms(dataClass: DataClass): Omit<FieldTermsRow, 'name'> {
  return terms().classes[dataClass];
}

/** True if what is enforced keeps the judgement: nothing is shared or opened that should not be, or kept back. */
export function agreesWithClass({ sharing, opening }: FieldTerms, dataClass: DataClass): boolean {
  if (sharing !== usualTerms(dataClass).sharing) return false;
  return (opening === 'NOT_OPEN') === (dataClass !== 'OPEN');
}

function resolveTerms({ sharingTerm, openingTerm, ...row }: FieldTermsRow): FieldTerms {
  return {
    ...row,
    sharingTerm: termOf(sharingTerm),
    openingTerm: openingTerm === undefined ? null : termOf(openingTerm),
  };
}

function termOf(name: string): Term {
  const term = terms().terms[name];
  if (term === undefined) throw new Error(`There is no term ${name} in schema/data/sharing-terms.json`);
  return term;
}
