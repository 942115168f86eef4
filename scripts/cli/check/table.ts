/** The report for people: a table of findings with what was expected and what to do, then what it comes to. */
import type { FindingKind, SchemaFinding } from '@yiwang/schema/sdl';
import { type CheckReport, countOf, type PrintOptions } from './report.ts';

/** SGR codes of a terminal (ECMA-48): red, yellow, cyan; bold and dim. */
const COLORS = { breach: 31, lack: 33, note: 36 } as const;
const [BOLD, DIM] = [1, 2];
const HEAD = ['', 'RULE', 'PLACE', 'FOUND', 'EXPECTED'] as const;
/** Longer cells are not padded for: one long line must not push all others apart. */
const CELL_MAX = 44;

export function printTable(report: CheckReport, { color }: PrintOptions): string {
  const rows = report.findings.map(cellsOf);
  const widths = HEAD.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => row[column]!.length).filter((length) => length <= CELL_MAX)),
  );
  const line = (cells: readonly string[]): string =>
    cells.map((cell, column) => (column === cells.length - 1 ? cell : cell.padEnd(widths[column]!))).join('  ');
  const paint = (code: number, text: string): string => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  const indent = ' '.repeat(widths[0]! + 2);
  const lines = report.findings.flatMap((finding, index) => {
    const [kind, ...cells] = rows[index]!;
    const padded = paint(COLORS[finding.kind], kind!.padEnd(widths[0]!));
    const rest = line(['', ...cells]).slice(widths[0]!);
    return [`${padded}${rest}`.trimEnd(), paint(DIM, `${indent}→ ${finding.mend}`)];
  });
  const table = lines.length === 0 ? [] : [paint(BOLD, line(HEAD)), ...lines, ''];
  return `${[...table, ...summarize(report)].join('\n')}\n`;
}

function cellsOf({ kind, rule, coordinate, line, found, expected }: SchemaFinding): string[] {
  const place = line === undefined ? coordinate : `${coordinate} (line ${line})`;
  return [kind.toUpperCase(), rule, place, found, expected ?? ''];
}

function summarize(report: CheckReport): string[] {
  const { source, standard, subgraphs } = report;
  const names = subgraphs.map(({ name }) => name).join(', ');
  const [breaches, lacks, notes] = (['breach', 'lack', 'note'] as const).map((kind) => countOf(report, kind));
  const parts = subgraphs
    .map(({ name, rootFields, rootFieldsServed }) => `${name} (${rootFieldsServed} of ${rootFields} root fields)`)
    .join(', ');
  const noted = notes === 0 ? [] : [`${count(notes!, 'note')}: see above.`];
  if (breaches! > 0) {
    return [`${source}: ${count(breaches!, 'breach')} of ${parts}; it may not join the network with them.`, ...noted];
  }
  if (lacks === 0) return [`${source} conforms to version ${standard} of the standard: ${names}.`, ...noted];
  return [
    `${source} conforms in the part that it serves: ${parts}. It lacks ${count(lacks!, 'thing')}, listed above.`,
    'It may join the network with this part. If an operation asks it for something that it lacks, the fetch gets nothing from it:',
    'the answer has PLATFORM_FAILED at the fields of the fetch, and its coverage lists the platform as FAILED.',
    ...noted,
  ];
}

const PLURALS: Readonly<Record<string, string>> = { breach: 'breaches', thing: 'things', note: 'notes' };

function count(number: number, word: FindingKind | 'thing'): string {
  return `${number} ${number === 1 ? word : PLURALS[word]}`;
}
