/**
 * Archives of the record: lines of JSON. Each month begins with `{"month","record"}`, goes on with its entries in the order of their
 * numbers, and ends with `{"statement"}`, in which a gateway's key vouches for them.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { ArchiveStatement, ReadStatement } from './statements.ts';

export interface ArchiveReport {
  readonly months: readonly ArchiveStatement[];
  /** Plain sentences; empty for a file in order. */
  readonly findings: readonly string[];
}

/** Numbers and digest of the entries of a month, as they go by. */
export interface MonthDigest {
  add(line: string, id: number): void;
  /** Undefined if an entry does not follow the one before. */
  end(): { readonly first: number; readonly last: number; readonly digest: string } | undefined;
}

export function createMonthDigest(): MonthDigest {
  const hash = createHash('sha256');
  let first: number | undefined;
  let last = 0;
  let isWhole = true;
  return {
    add(line, id) {
      isWhole &&= first === undefined || id === last + 1;
      first ??= id;
      last = id;
      hash.update(`${line}\n`);
    },
    end: () => (first !== undefined && isWhole ? { first, last, digest: hash.digest('hex') } : undefined),
  };
}

/** Throws if the file cannot be read. */
export async function verifyArchive(file: string, read: ReadStatement): Promise<ArchiveReport> {
  const months: ArchiveStatement[] = [];
  const findings: string[] = [];
  let open: { readonly month: string; readonly record: string; readonly digest: MonthDigest } | undefined;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    const entry = parseLine(line);
    if (entry?.id !== undefined && open) {
      open.digest.add(line, entry.id);
    } else if (entry?.month !== undefined && entry.record !== undefined && !open) {
      open = { month: entry.month, record: entry.record, digest: createMonthDigest() };
    } else if (entry?.statement !== undefined && open) {
      const said = await read('archive', entry.statement);
      const found = open.digest.end();
      const fits =
        said?.month === open.month &&
        said.record === open.record &&
        said.first === found?.first &&
        said.last === found.last &&
        said.digest === found.digest;
      if (!said) findings.push(`The archive of ${open.month} is not signed by a key that is known here.`);
      else if (!fits) findings.push(`The entries of ${open.month} in the archive are not those that were signed.`);
      else months.push(said);
      open = undefined;
    } else {
      findings.push(`A line of the archive is not of its form: ${line.slice(0, 60)}`);
      return { months, findings };
    }
  }
  if (open) findings.push(`The archive of ${open.month} breaks off.`);
  return { months, findings };
}

interface Line {
  readonly id?: number | undefined;
  readonly month?: string | undefined;
  readonly record?: string | undefined;
  readonly statement?: string | undefined;
}

function parseLine(line: string): Line | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const member = (name: string): unknown => Object.entries(value).find(([key]) => key === name)?.[1];
  const text = (name: string): string | undefined => {
    const found = member(name);
    return typeof found === 'string' ? found : undefined;
  };
  const id = member('id');
  return {
    id: typeof id === 'number' ? id : undefined,
    month: text('month'),
    record: text('record'),
    statement: text('statement'),
  };
}
