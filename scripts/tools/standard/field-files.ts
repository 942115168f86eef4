/** The types of the graph and the files of `schema/data/fields` → the same files with the fields that were missing. */
import { type FieldTermsRow, usualTerms } from '@yiwang/schema';
import type { GraphType } from './graph-types.ts';

export interface FieldFile {
  readonly name: string;
  readonly fields: Readonly<Record<string, FieldTermsRow>>;
}

/**
 * Keeps what stands in the file, adds fields with the usual properties of their class and without a name, and leaves
 * out fields that the graph does not have.
 */
export function completeFieldFile({ name: entity, fields }: GraphType, file: FieldFile | undefined): string {
  const lines = fields.map(({ name, dataClass }) => {
    const row = file?.fields[name] ?? { name: '', ...usualTerms(dataClass) };
    return `    ${JSON.stringify(name)}: ${printRow(row)}`;
  });
  const head = `{\n  "entity": ${JSON.stringify(entity)},\n  "name": ${JSON.stringify(file?.name ?? '')},\n  "fields": {\n`;
  return `${head}${lines.join(',\n')}\n  }\n}\n`;
}

function printRow(row: FieldTermsRow): string {
  return `{${Object.entries(row)
    .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    .join(', ')}}`;
}
