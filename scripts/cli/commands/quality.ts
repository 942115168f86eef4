/** `yiwang quality`: what platforms gave that breaks the standard, in a week or another period. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { readFindings } from '@yiwang/gateway/conform/index.ts';
import { divisions } from '@yiwang/schema';
import { dateAt } from '@yiwang/schema/time';
import { readFlags, UsageError } from '../../tools/flags.ts';
import type { Command, Terminal } from '../command.ts';
import { findDataFolder, recordUrlOf } from '../config.ts';
import { withGatewayDatabase } from '../gateway-database.ts';
import { callerOf } from '../quality/caller.ts';
import { writeGraphPage } from '../quality/graph-page.ts';
import { askReport } from '../quality/graph-report.ts';
import { writeGraphText } from '../quality/graph-text.ts';
import { changeOf, rateOf, writePage } from '../quality/page.ts';
import { createReport, type QualityReport } from '../quality/report.ts';

const FLAGS = {
  html: 'string',
  days: 'string',
  within: 'string',
  as: 'string',
  token: 'string',
  url: 'string',
  database: 'string',
  data: 'string',
} as const;
const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;
const DAYS_MAX = 400;

export const QUALITY: Command = {
  name: 'quality',
  usage:
    'quality [--html FILE] [--days N] [--within DIVISION] [--as NAME | --token TOKEN] [--url URL] [--database URL] [--data FOLDER]',
  about:
    'Says what broke the standard in the last seven days, and what to mend first, with examples: from the database of the record, or, with --as or --token, from the graph with the scores and ranks of the places below; --html writes the report as a page that prints.',
  async run(args, terminal) {
    const { flags } = readFlags(args, FLAGS);
    const days = flags.days === undefined ? WEEK_DAYS : Number(flags.days);
    if (!Number.isInteger(days) || days < 1 || days > DAYS_MAX)
      throw new UsageError(`--days is "${flags.days}"; expected a whole number from 1 to ${DAYS_MAX}.`);
    const caller = await callerOf(flags);
    const within = flags.within ?? caller?.division ?? '100000';
    if (divisions().get(within) === undefined)
      throw new UsageError(`--within is "${within}"; expected a canonical division code such as 420000.`);
    if (flags.html !== undefined && existsSync(flags.html))
      throw new UsageError(`The file ${flags.html} is there already; name another.`);
    const { folder } = await findDataFolder(flags.data);
    const dayBefore = (count: number) => dateAt(new Date(Date.now() - count * DAY_MS));
    const period = { from: dayBefore(days - 1), until: dayBefore(-1) };
    const to = dayBefore(0);
    if (caller) {
      const report = await askReport(caller.gateway, { ...period, to, within });
      return writeOut(flags.html, terminal, { page: () => writeGraphPage(report), text: () => writeGraphText(report) });
    }
    const source = { url: recordUrlOf(flags.database), folder, what: 'findings' } as const;
    const findings = await withGatewayDatabase(source, (database) => readFindings(database, period));
    const report = createReport(findings, { from: period.from, to, within });
    return writeOut(flags.html, terminal, { page: () => writePage(report), text: () => writeText(report) });
  },
};

interface Output {
  readonly page: () => string;
  readonly text: () => string;
}

async function writeOut(file: string | undefined, terminal: Terminal, { page, text }: Output): Promise<number> {
  if (file === undefined) terminal.out(text());
  else {
    await writeFile(file, page());
    terminal.out(`The report is in ${file}\n`);
  }
  return 0;
}

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
