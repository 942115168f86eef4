/** The forms in which a report is printed. */
import { printJunit } from './junit.ts';
import { type CheckReport, countOf, KINDS, type PrintOptions } from './report.ts';
import { printTable } from './table.ts';

export const REPORT_FORMATS: Readonly<Record<string, (report: CheckReport, options: PrintOptions) => string>> = {
  table: printTable,
  json: printJson,
  junit: printJunit,
};

function printJson(report: CheckReport): string {
  const { source, standard, subgraphs, findings } = report;
  const [breaches, lacks, notes] = KINDS.map((kind) => countOf(report, kind));
  const parts = subgraphs.map(({ name, rootFields, rootFieldsServed }) => ({ name, rootFields, rootFieldsServed }));
  const summary = { mayJoin: breaches === 0, breaches, lacks, notes };
  return `${JSON.stringify({ source, standard, subgraphs: parts, summary, findings }, null, 2)}\n`;
}
