/** `yiwang quality`: what platforms gave that breaks the standard, in a week or another period. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { readFindings } from '@yiwang/gateway/conform/index.ts';
import { divisions } from '@yiwang/schema';
import { dateAt } from '@yiwang/schema/time';
import { readFlags, UsageError } from '../../tools/flags.ts';
import type { Command } from '../command.ts';
import { findDataFolder, recordUrlOf } from '../config.ts';
import { withGatewayDatabase } from '../gateway-database.ts';
import { changeOf, rateOf, writePage } from '../quality/page.ts';
import { createReport, type QualityReport } from '../quality/report.ts';

const FLAGS = { html: 'string', days: 'string', within: 'string', database: 'string', data: 'string' } as const;
const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;
const DAYS_MAX = 400;

export const QUALITY: Command = {
  name: 'quality',
  usage: 'quality [--html FILE] [--days N] [--within DIVISION] [--database URL] [--data FOLDER]',
  about:
    'Ranks platforms by the values that broke the standard in the last seven days, and says what to mend first, with examples; --html writes the report as a page that prints.',
  async run(args, terminal) {
    const { flags } = readFlags(args, FLAGS);
    const days = flags.days === undefined ? WEEK_DAYS : Number(flags.days);
    if (!Number.isInteger(days) || days < 1 || days > DAYS_MAX)
      throw new UsageError(`--days is "${flags.days}"; expected a whole number from 1 to ${DAYS_MAX}.`);
    const within = flags.within ?? '100000';
    if (divisions().get(within) === undefined)
      throw new UsageError(`--within is "${within}"; expected a canonical division code such as 420000.`);
    if (flags.html !== undefined && existsSync(flags.html))
      throw new UsageError(`The file ${flags.html} is there already; name another.`);
    const { folder } = await findDataFolder(flags.data);
    const dayBefore = (count: number) => dateAt(new Date(Date.now() - count * DAY_MS));
    const period = { from: dayBefore(days - 1), until: dayBefore(-1) };
    const source = { url: recordUrlOf(flags.database), folder, what: 'findings' } as const;
    const findings = await withGatewayDatabase(source, (database) => readFindings(database, period));
    const report = createReport(findings, { from: period.from, to: dayBefore(0), within });
    if (flags.html === undefined) terminal.out(writeText(report));
    else {
      await writeFile(flags.html, writePage(report));
      terminal.out(`The report is in ${flags.html}\n`);
    }
    return 0;
  },
};

function writeText({ from, to, platforms, clean }: QualityReport): string {
  const lines = [`Breaches of the standard, ${from} to ${to}`];
  for (const { platform, breaches, operations, before, rules } of platforms) {
    const share = `${breaches} in ${operations} operations, ${rateOf(breaches, operations)} in a thousand`;
    lines.push('', `${platform}: ${share} (${changeOf(breaches, before)})`);
    for (const { rule, name, message, count, before: earlier, samples } of rules) {
      lines.push(`  ${rule} ${name}: ${count} (${changeOf(count, earlier)}). ${message}.`);
      for (const { coordinate, id } of samples) lines.push(`    ${coordinate} ${id}`.trimEnd());
    }
  }
  if (platforms.length === 0) lines.push('', 'Nothing was found.');
  if (clean.length > 0) lines.push('', `Called, and nothing found: ${clean.join(', ')}`);
  return `${lines.join('\n')}\n`;
}
