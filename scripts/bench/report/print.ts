/** The report → tables for a terminal. */
import type { ProfiledFunction } from '../targets/profile.ts';
import type { GoalReport } from './goals.ts';
import type { ResultRow, ScenarioReport } from './report.ts';

const MEGABYTE = 1_000_000;

export function printScenario(report: ScenarioReport): string {
  const { scenario, about, answerBytes, connections, fetches, rows } = report;
  const head = `\n${scenario}: ${about}; fetches: ${fetches}, answers of ${Math.round(answerBytes / 1_000)} kB, over ${connections} connections\n`;
  return (
    head +
    table(
      COLUMNS.map(([name]) => name),
      rows.map((row) => COLUMNS.map(([, read]) => read(row))),
    )
  );
}

export function printGoals(targets: readonly GoalReport[]): string {
  return `\nTargets, distinct callers\n${table(['', 'wanted', 'found', ''], targets.map(goalCells))}`;
}

/** Functions of our engine by the time in them alone. */
export function printHottest(functions: readonly ProfiledFunction[]): string {
  const rows = functions.map(({ at, selfShare }) => [`${(selfShare * 100).toFixed(1)} %`, at]);
  return `\n${table(['self', 'function of our engine'], rows)}`;
}

const COLUMNS: readonly (readonly [name: string, read: (row: ResultRow) => string])[] = [
  ['callers', (row) => row.callers],
  ['contestant', (row) => row.contestant],
  ['req/s', (row) => rounded(row.requestsPerSecond)],
  ['of rounds', ({ turns }) => rangeOf(turns.map((turn) => turn.requestsPerSecond))],
  ['ours ×', (row) => ratio(row.oursByRate)],
  ['p50 ms', (row) => rounded(row.p50Ms)],
  ['p99 ms', (row) => rounded(row.p99Ms)],
  ['CPU ms', (row) => rounded(row.cpuMsPerRequest)],
  ['ours × by CPU', (row) => ratio(row.oursByCpu)],
  ['core %', (row) => String(Math.round(row.cpuShare * 100))],
  ['calls', (row) => rounded(row.callsPerRequest)],
  ['peak MB', (row) => (row.rssPeakBytes === undefined ? '?' : megabytes(row.rssPeakBytes))],
  ['MB after', (row) => megabytes(row.rssBytes)],
  ['beside p99 ms', (row) => rounded(row.besideP99Ms)],
  ['max', (row) => rounded(row.besideMaxMs)],
];

function goalCells({ about, wanted, bound, unit, found, met }: GoalReport): string[] {
  const result = met === undefined ? 'not measured' : met ? 'met' : 'NOT MET';
  return [
    about,
    `${wanted === 'least' ? '≥' : '≤'} ${bound} ${unit}`,
    found === undefined ? '–' : `${rounded(found)} ${unit}`,
    result,
  ];
}

const rangeOf = (values: readonly number[]): string =>
  `${rounded(Math.min(...values))}–${rounded(Math.max(...values))}`;
const megabytes = (bytes: number): string => String(Math.round(bytes / MEGABYTE));
const ratio = (value: number | undefined): string => (value === undefined ? '–' : value.toFixed(2));

/** Three digits that count, and no more after the point than needed. */
function rounded(value: number): string {
  if (value >= 100) return String(Math.round(value));
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (/^[\d–?]/.test(cell) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ');
  return all.map((row) => `  ${line(row).trimEnd()}\n`).join('');
}
