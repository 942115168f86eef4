/** The report of a place → text for a terminal. */
import { printColumns } from '../columns.ts';
import { missingPlatforms } from './ask-graph.ts';
import { pointsText } from './graph-page.ts';
import { type GraphReport, nameOf } from './graph-report.ts';

export function writeGraphText(report: GraphReport): string {
  const { within, place, from, to, units, whole, mendings, findings, coverage } = report;
  const score = whole ? `${pointsText(whole.rates.score.value)} of 405 points, ${whole.counts.rows} cases` : 'no cases';
  const rows = units.map(({ rank, key, counts, rates }) => [
    String(rank),
    key.division?.code ?? '–',
    pointsText(rates.score.value),
    String(counts.rows),
    nameOf(key.division?.code ?? '') ?? '',
  ]);
  const lines = [`Quality of ${within} ${place}, ${from} to ${to}: ${score}`, ''];
  lines.push(printColumns(['RANK', 'DIVISION', 'POINTS', 'CASES', 'NAME'], rows));
  const missing = missingPlatforms(coverage);
  if (missing.length > 0) lines.push(`Gave no answer: ${missing.join(', ')}`, '');
  lines.push('What to mend first:');
  for (const { measure, broken, rows: of, points, mend, examples } of mendings) {
    lines.push(`  ${measure}: ${broken} of ${of} cases, ${points.toFixed(1)} points. ${mend}`);
    if (examples.length > 0) lines.push(`    ${examples.join(' ')}`);
  }
  if (mendings.length === 0) lines.push('  nothing');
  lines.push('', 'Breaches on the way out:');
  for (const { platform, rule, name, count, mend, examples } of findings ?? []) {
    lines.push(`  ${platform} ${rule} ${name}: ${count}. ${mend ?? ''}`.trimEnd());
    for (const { coordinate, id } of examples) lines.push(`    ${coordinate} ${id ?? ''}`.trimEnd());
  }
  if (findings === undefined) lines.push('  this gateway stores none');
  else if (findings.length === 0) lines.push('  none');
  return `${lines.join('\n')}\n`;
}
