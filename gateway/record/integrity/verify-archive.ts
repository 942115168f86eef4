/**
 * Verifies archives of the record. An archive is lines of JSON: each month starts with `{"month","record"}`, lists its
 * entries by number, and ends with `{"statement"}`, which the gateway signed.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { isObject } from '@yiwang/schema';
import { createRunningDigest } from '../../kit/crypto/digest.ts';
import type { ArchiveStatement, VerifyStatement } from './signed-statement.ts';

export interface ArchiveReport {
  readonly months: readonly ArchiveStatement[];
  /** Sentences; empty if the file is in order. */
  readonly findings: readonly string[];
}

/** Collects numbers and digest of the entries of a month. */
export interface MonthDigest {
  add(line: string, id: number): void;
  /** Returns undefined if the numbers have a gap. */
  finish(): { readonly first: number; readonly last: number; readonly digest: string } | undefined;
}

export function createMonthDigest(): MonthDigest {
  const running = createRunningDigest();
  let first: number | undefined;
  let last = 0;
  let isWhole = true;
  return {
    add(line, id) {
      isWhole &&= first === undefined || id === last + 1;
      first ??= id;
      last = id;
      running.update(`${line}\n`);
    },
    finish: () => (first !== undefined && isWhole ? { first, last, digest: running.finish() } : undefined),
  };
}

/** Throws if the file cannot be read. */
export async function verifyArchive(file: string, verifyStatement: VerifyStatement): Promise<ArchiveReport> {
  const months: ArchiveStatement[] = [];
  const findings: string[] = [];
  let currentMonth: { readonly month: string; readonly record: string; readonly digest: MonthDigest } | undefined;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    const entry = parseLine(line);
    if (entry?.id !== undefined && currentMonth) {
      currentMonth.digest.add(line, entry.id);
    } else if (entry?.month !== undefined && entry.record !== undefined && !currentMonth) {
      currentMonth = { month: entry.month, record: entry.record, digest: createMonthDigest() };
    } else if (entry?.statement !== undefined && currentMonth) {
      const statement = await verifyStatement('archive', entry.statement);
      const actual = currentMonth.digest.finish();
      const isMatch =
        statement?.month === currentMonth.month &&
        statement.record === currentMonth.record &&
        statement.first === actual?.first &&
        statement.last === actual.last &&
        statement.digest === actual.digest;
      if (!statement) findings.push(`The archive of ${currentMonth.month} is not signed by a key that is known here.`);
      else if (!isMatch)
        findings.push(`The entries of ${currentMonth.month} in the archive are not those that were signed.`);
      else months.push(statement);
      currentMonth = undefined;
    } else {
      findings.push(`A line of the archive is not of its form: ${line.slice(0, 60)}`);
      return { months, findings };
    }
  }
  if (currentMonth) findings.push(`The archive of ${currentMonth.month} breaks off.`);
  return { months, findings };
}

interface ArchiveLine {
  readonly id?: number | undefined;
  readonly month?: string | undefined;
  readonly record?: string | undefined;
  readonly statement?: string | undefined;
}

function parseLine(line: string): ArchiveLine | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const { id, month, record, statement } = value;
  return {
    id: typeof id === 'number' ? id : undefined,
    month: textOrUndefined(month),
    record: textOrUndefined(record),
    statement: textOrUndefined(statement),
  };
}

function textOrUndefined(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
