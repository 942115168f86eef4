/** The report for build servers: a suite for each subgraph, a case for each type of the standard. */
import type { SchemaFinding } from '@yiwang/schema/sdl';
import type { CheckReport, SubgraphReport } from './report.ts';

/** Breaches fail a case, lacks skip it, notes stand in its output. */
export function printJunit({ source, subgraphs }: CheckReport): string {
  const suites = subgraphs.map(suiteOf);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeXml(`yiwang check ${source}`)}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteOf({ name, types, findings }: SubgraphReport): string {
  const byType = new Map<string, SchemaFinding[]>(types.map((type) => [type, []]));
  for (const finding of findings) {
    const [type = ''] = finding.coordinate.split('.');
    byType.set(type, [...(byType.get(type) ?? []), finding]);
  }
  const cases = [...byType].map(([type, own]) => caseOf(name, type, own));
  const failures = [...byType.values()].filter((own) => own.some(({ kind }) => kind === 'breach')).length;
  const skipped = [...byType.values()].filter(isSkipped).length;
  return [
    `  <testsuite name="${escapeXml(name)}" tests="${byType.size}" failures="${failures}" errors="0" skipped="${skipped}">`,
    ...cases,
    '  </testsuite>',
  ].join('\n');
}

function isSkipped(findings: readonly SchemaFinding[]): boolean {
  return findings.some(({ kind }) => kind === 'lack') && findings.every(({ kind }) => kind !== 'breach');
}

function caseOf(suite: string, type: string, findings: readonly SchemaFinding[]): string {
  const head = `    <testcase classname="${escapeXml(`yiwang.${suite}`)}" name="${escapeXml(type)}"`;
  if (findings.length === 0) return `${head}/>`;
  const breaches = findings.filter(({ kind }) => kind === 'breach');
  const lacks = findings.filter(({ kind }) => kind === 'lack');
  const rest = breaches.length > 0 ? findings.filter(({ kind }) => kind !== 'breach') : findings;
  const body = [
    ...breaches.map(
      (breach) =>
        `      <failure type="${breach.rule}" message="${escapeXml(sentence(breach))}">${escapeXml(breach.mend)}</failure>`,
    ),
    ...(isSkipped(findings) ? [`      <skipped message="${escapeXml(`lacks ${lacks.length}`)}"/>`] : []),
    ...(rest.length > 0 ? [`      <system-out>${escapeXml(rest.map(sentence).join('\n'))}</system-out>`] : []),
  ];
  return [`${head}>`, ...body, '    </testcase>'].join('\n');
}

function sentence({ coordinate, line, found, expected }: SchemaFinding): string {
  const place = line === undefined ? coordinate : `${coordinate} (line ${line})`;
  return `${place} ${found}${expected === null ? '' : `; expected ${expected}`}`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

/** Characters that XML 1.0 cannot hold are left out. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"\n]/g, (sign) => ESCAPES[sign]!);
}
