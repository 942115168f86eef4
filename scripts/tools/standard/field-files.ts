/** The types of the graph and the files of `schema/data/fields` → the same files with the fields that were missing. */
import { type DataClass, type FieldTermsRow, usualTerms } from '@yiwang/schema';
import { metrics } from '@yiwang/schema/statistics';
import type { GraphType } from './graph-types.ts';

export interface FieldFile {
  readonly name: string;
  readonly fields: Readonly<Record<string, FieldTermsRow>>;
}

/**
 * Keeps what stands in the file, adds fields with the usual properties of their class, without a name unless they are
 * metrics, and leaves out fields that the graph does not have.
 */
export function completeFieldFile({ name: entity, fields }: GraphType, file: FieldFile | undefined): string {
  const lines = fields.map(({ name, dataClass }) => {
    const row = file?.fields[name] ?? { name: nameOfMetric(entity, name), ...termsOf(entity, dataClass) };
    return `    ${JSON.stringify(name)}: ${printRow(row)}`;
  });
  const head = `{\n  "entity": ${JSON.stringify(entity)},\n  "name": ${JSON.stringify(file?.name ?? '')},\n  "fields": {\n`;
  return `${head}${lines.join(',\n')}\n  }\n}\n`;
}

/** Open statistics are disclosed under a condition. */
function termsOf(entity: string, dataClass: DataClass): Omit<FieldTermsRow, 'name'> {
  const usual = usualTerms(dataClass);
  const isStatistic = /(?:Counts|Rates|Statistics)$/.test(entity) && usual.opening === 'OPEN';
  return isStatistic ? { ...usual, opening: 'CONDITIONAL', openingTerm: 'DISCLOSURE' } : usual;
}

/** Counts and rates bear the names of their metrics; '' for what is none. */
function nameOfMetric(entity: string, field: string): string {
  if (!/(?:Counts|Rates)$/.test(entity)) return '';
  return metrics().find(({ key }) => key === field)?.name ?? '';
}

function printRow(row: FieldTermsRow): string {
  return `{${Object.entries(row)
    .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    .join(', ')}}`;
}
