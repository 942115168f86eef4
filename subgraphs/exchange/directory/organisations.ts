/** A file of organisations → the organisation directory in the exchange's database. */
import { readFileSync } from 'node:fs';
import { isObject, type Organisation, PLATFORM_TIERS, parseOrganisation, type Tier } from '@yiwang/schema';

export interface OrganisationRecord extends Organisation {
  readonly name: string;
  readonly tier: Tier;
  /** Code of the organisation that leads it. */
  readonly parent: string | null;
}

/** A connection of the database's owner. */
export interface OwnerConnection {
  query(sql: string, values: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

const FAULTS_MAX = 20;

/**
 * `YIWANG_ORGANISATIONS` names a JSON file `{ "organisations": [{ "code", "name", "division", "serves", "tier", "parent",
 * "validFrom", "validTo", "successor" }] }`; without it the directory stays as it is in the database. Throws an `Error`
 * that names the faults of the file, so that nothing half-valid is stored.
 */
export function readOrganisationsFile(
  env: Readonly<Record<string, string | undefined>>,
): readonly OrganisationRecord[] | undefined {
  const file = env.YIWANG_ORGANISATIONS;
  if (!file) return undefined;
  try {
    return parseOrganisations(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Error(`YIWANG_ORGANISATIONS is "${file}"; ${(cause as Error).message}`, { cause });
  }
}

export function parseOrganisations(content: unknown): readonly OrganisationRecord[] {
  const rows = isObject(content) ? content.organisations : undefined;
  if (!Array.isArray(rows)) throw new Error('expected a list of "organisations" in it');
  const faults: string[] = [];
  const records = rows.flatMap((row: unknown, index) => {
    const record = parseRecord(row);
    if (!Array.isArray(record)) return [record];
    faults.push(...record.map((fault) => `organisations[${index}]: ${fault}`));
    return [];
  });
  if (faults.length === 0) faults.push(...findContradictions(records));
  if (faults.length > 0) throw new Error(faults.slice(0, FAULTS_MAX).join('\n  '));
  return records;
}

/** The record, or what is wrong with the row. */
function parseRecord(row: unknown): OrganisationRecord | string[] {
  const parsed = parseOrganisation(row);
  const { name, tier, parent = null } = isObject(row) ? row : {};
  const faults = parsed.kind === 'invalid' ? [...parsed.faults] : [];
  const known = PLATFORM_TIERS.find((candidate) => candidate === tier);
  if (typeof name !== 'string' || name.trim() === '') faults.push('"name": expected its full name');
  if (known === undefined) faults.push(`"tier": expected one of ${PLATFORM_TIERS.join(', ')}`);
  if (parent !== null && typeof parent !== 'string') faults.push('"parent": expected the code of an organisation');
  if (parsed.kind === 'invalid' || known === undefined || faults.length > 0) return faults;
  return { ...parsed.organisation, name: String(name), tier: known, parent: parent === null ? null : String(parent) };
}

/** What only several rows together show. */
function findContradictions(records: readonly OrganisationRecord[]): string[] {
  const byCode = new Map(records.map((record) => [record.code, record]));
  const faults: string[] = [];
  if (byCode.size < records.length) {
    const twice = new Set(records.filter((record) => byCode.get(record.code) !== record).map(({ code }) => code));
    faults.push(...[...twice].map((code) => `${code} is listed more than once`));
  }
  for (const { code, parent, successor } of records) {
    for (const [field, other] of Object.entries({ parent, successor })) {
      if (other !== null && !byCode.has(other)) faults.push(`the ${field} of ${code}, ${other}, is not listed`);
    }
    if (isInCircle(code, byCode)) faults.push(`${code} leads itself, by way of its "parent"`);
  }
  return faults;
}

function isInCircle(code: string, byCode: ReadonlyMap<string, OrganisationRecord>): boolean {
  const seen = new Set<string>();
  for (let at = byCode.get(code)?.parent; at; at = byCode.get(at)?.parent) {
    if (at === code) return true;
    if (seen.has(at)) return false;
    seen.add(at);
  }
  return false;
}

const COLUMNS = ['name', 'division', 'serves', 'tier', 'parent', 'valid_from', 'valid_to', 'successor'];

/**
 * Adds and changes rows in one statement; none is deleted: an organisation ends by its day. The version of the directory
 * stays if nothing changes. Resolves to the number of rows that differ.
 */
export async function storeOrganisations(
  connection: OwnerConnection,
  records: readonly OrganisationRecord[],
): Promise<number> {
  const rows = records.map(({ validFrom, validTo, ...record }) => ({
    ...record,
    ...{ valid_from: validFrom, valid_to: validTo },
  }));
  const values = [JSON.stringify(rows)];
  const { rows: changed } = await connection.query(
    `select count(*)::int as count from json_populate_recordset(null::organisations, $1) as new
     left join organisations as old on old.code = new.code where old is distinct from new`,
    values,
  );
  const [difference] = changed;
  const count = isObject(difference) ? Number(difference.count) : 0;
  if (count === 0) return 0;
  await connection.query(
    `insert into organisations (code, ${COLUMNS.join(', ')})
     select code, ${COLUMNS.join(', ')} from json_populate_recordset(null::organisations, $1)
     on conflict (code) do update set ${COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')}`,
    values,
  );
  return count;
}
