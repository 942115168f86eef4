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

export function printGoals(goals: readonly GoalReport[]): string {
  return `\nGoals, distinct callers\n${table(['', 'goal', 'measured', ''], goals.map(goalCells))}`;
}

/** Functions of our engine by the time in them alone. */
export function printHottest(functions: readonly ProfiledFunction[]): string {
  const rows = functions.map(({ at, selfShare }) => [`${(selfShare * 100).toFixed(1)} %`, at]);
  return `\n${table(['self', 'function of our engine'], rows)}`;
}

const COLUMNS: readonly (readonly [name: string, read: (row: ResultRow) => string])[] = [
  ['callers', (row) => row.callers],
  ['target', (row) => row.target],
  ['req/s', (row) => rounded(row.requestsPerSecond)],
  ['of rounds', ({ samples }) => rangeOf(samples.map((sample) => sample.requestsPerSecond))],
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

function goalCells({ about, wanted, bound, unit, measured, reached }: GoalReport): string[] {
  const result = reached === undefined ? 'not measured' : reached ? 'reached' : 'NOT REACHED';
  return [
    about,
    `${wanted === 'least' ? '≥' : '≤'} ${bound} ${unit}`,
    measured === undefined ? '–' : `${rounded(measured)} ${unit}`,
    result,
  ];
}

const rangeOf = (values: readonly number[]): string =>
  `${rounded(Math.min(...values))}–${rounded(Math.max(...values))}`;
const megabytes = (bytes: number): string => String(Math.round(bytes / MEGABYTE));
const ratio = (value: number | undefined): string => (value === undefined ? '–' : value.toFixed(2));

/** Rounds to three significant digits. */
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
