/** The types of the graph and the files of `schema/data/fields` → the same files with the fields that were missing. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type DataClass, type FieldTermsRow, usualTerms } from '@yiwang/schema';
import { metrics } from '@yiwang/schema/statistics';
import { type GraphType, graphTypes } from './graph-types.ts';

export interface FieldFile {
  readonly name: string;
  readonly fields: Readonly<Record<string, FieldTermsRow>>;
}

const FOLDER = new URL('../../../schema/data/fields/', import.meta.url);

/** Writes the files. Returns the coordinates of fields that need a Chinese name. */
export function completeFieldFiles(): readonly string[] {
  const types = graphTypes();
  const nameless: string[] = [];
  for (const type of types) {
    const url = new URL(`${type.name}.json`, FOLDER);
    const file = existsSync(url) ? (JSON.parse(readFileSync(url, 'utf8')) as FieldFile) : undefined;
    const text = completeFieldFile(type, file);
    if (file === undefined || readFileSync(url, 'utf8') !== text) writeFileSync(url, text);
    for (const [, field] of text.matchAll(/^ {4}"([^"]+)": \{"name": ""/gm)) nameless.push(`${type.name}.${field}`);
  }
  for (const name of readdirSync(FOLDER)) {
    if (!types.some((type) => `${type.name}.json` === name)) rmSync(new URL(name, FOLDER));
  }
  return nameless;
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
