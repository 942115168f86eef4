/** The summary of a validation as a table for people or as JSON. */
import { formatNumber } from '../../tools/docs/markdown.ts';
import type { RuleSummary, ValidationSummary } from './validate-rows.ts';

export interface ValidationReport extends ValidationSummary {
  readonly type: string;
  /** The version of the standard. */
  readonly version: string;
  readonly file: string;
  /** Why the rest of the file was not read; null if all of it was. */
  readonly unread: string | null;
  readonly elapsedMs: number;
}

export const VALIDATION_FORMATS: Readonly<Record<string, (report: ValidationReport) => string>> = {
  table: printTable,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
};

function printTable(report: ValidationReport): string {
  const { type, version, file, rows, valid, faulty, warned, faults, unread, elapsedMs } = report;
  const lines = [
    `${file}: ${count(rows, 'row')} of ${type} against version ${version} of the standard in ${(elapsedMs / 1000).toFixed(1)} s`,
    `  ${formatNumber(valid)} valid${warned > 0 ? `, ${formatNumber(warned)} of them with a warning` : ''}`,
    `  ${formatNumber(faulty)} faulty`,
  ];
  if (faults.length > 0) lines.push('', ...faults.flatMap(printRule));
  if (unread !== null) lines.push('', `The file was not read to its end. ${unread}`);
  return `${lines.join('\n')}\n`;
}

function printRule({ rule, severity, name, count: times, examples }: RuleSummary): string[] {
  const warning = severity === 'WARNING' ? ' (warning)' : '';
  return [
    `${formatNumber(times)} × ${rule}${name === '' ? '' : ` ${name}`}${warning}`,
    ...examples.map(({ line, path, message }) => `    line ${line}${path === '' ? '' : `, ${path}`}: ${message}`),
  ];
}

function count(number: number, noun: string): string {
  return `${formatNumber(number)} ${noun}${number === 1 ? '' : 's'}`;
}
