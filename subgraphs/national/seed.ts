/** The standard's data → the reference tables: each part once for each version of the standard. */
import { cityClusters, type DivisionTable, divisions } from '@yiwang/schema';
import { categories } from '@yiwang/schema/cases';
import { regulations, standards, standardVersion } from '@yiwang/schema/standard';
import { schemes } from '@yiwang/schema/statistics';

/** A connection of the database's owner, in or outside a transaction. */
export interface SeedConnection {
  query(sql: string, values: unknown[]): Promise<{ readonly rows: unknown[] }>;
}

interface ReferencePart {
  readonly name: string;
  /** Tables in the order in which they are filled, each with rows whose keys are its columns. */
  rows(): readonly (readonly [table: string, rows: readonly object[]])[];
}

const PARTS: readonly ReferencePart[] = [
  { name: 'divisions', rows: () => [['divisions', divisionRows(divisions())]] },
  { name: 'clusters', rows: () => [['city_clusters', clusterRows()]] },
  { name: 'categories', rows: categoryRows },
  { name: 'standards', rows: () => [['standards', standardRows()]] },
  { name: 'regulations', rows: () => [['regulations', regulationRows()]] },
  { name: 'schemes', rows: schemeRows },
];

/**
 * Resolves to the names of the loaded parts. A part of this version of the standard is not loaded again. Needs a
 * transaction around it, so that readers see all parts of one version.
 */
export async function seedReference(connection: SeedConnection, version = standardVersion()): Promise<string[]> {
  const { rows } = await connection.query('select part from reference_versions where version = $1', [version]);
  const loadedParts = new Set(rows.map((row) => (row as { part: string }).part));
  const missingParts = PARTS.filter(({ name }) => !loadedParts.has(name));
  for (const part of missingParts) {
    for (const [table, tableRows] of part.rows()) await replaceRows(connection, table, tableRows);
    await connection.query(
      `insert into reference_versions (part, version) values ($1, $2)
       on conflict (part) do update set version = excluded.version, loaded_at = now()`,
      [part.name, version],
    );
  }
  return missingParts.map(({ name }) => name);
}

async function replaceRows(connection: SeedConnection, table: string, rows: readonly object[]): Promise<void> {
  await connection.query(`delete from ${table}`, []);
  await connection.query(`insert into ${table} select * from json_populate_recordset(null::${table}, $1)`, [
    JSON.stringify(rows),
  ]);
}

function divisionRows(table: DivisionTable): object[] {
  const fullNames = new Map<string, string>();
  return [...table.all(), ...table.former()].map((row) => {
    const parent = table.ancestors(row.code).find((above) => !above.nominal);
    const above = fullNames.get(parent?.code ?? '') ?? '';
    const fullName = row.nominal && row.name === parent?.name ? above : above + row.name;
    if (row.level !== 'COUNTRY') fullNames.set(row.code, fullName);
    return {
      code: row.code,
      name: row.name,
      full_name: fullName,
      level: row.level,
      nominal: row.nominal,
      parent: parent?.code ?? null,
      valid_from: row.validFrom,
      valid_to: row.validTo,
      successors: row.successors,
      predecessors: row.predecessors,
    };
  });
}

function clusterRows(): object[] {
  return cityClusters().map((cluster, ordinal) => ({ note: null, ...cluster, ordinal }));
}

function categoryRows(): [string, object[]][] {
  const all = categories().all();
  const rows = all.map(({ code, kind, name, local, major, parent }) => ({
    code,
    kind,
    name,
    is_local: local,
    major,
    parent,
  }));
  const conditions = all.flatMap(({ code, conditions }) =>
    conditions.map(({ id, description, limit }, index) => ({
      id,
      category: code,
      ordinal: index + 1,
      description,
      ...limit,
    })),
  );
  const counterparts = all.flatMap(({ code, counterparts }) =>
    counterparts.map((counterpart) => ({ category: code, counterpart })),
  );
  return [
    ['categories', rows],
    ['filing_conditions', conditions],
    ['category_counterparts', counterparts],
  ];
}

function standardRows(): object[] {
  return standards().map(({ id, name, version, effectiveFrom, effectiveTo }, ordinal) => ({
    id,
    ordinal,
    name,
    version,
    effective_from: effectiveFrom,
    effective_to: effectiveTo,
  }));
}

function regulationRows(): object[] {
  return regulations().map(({ issuedOn, effectiveFrom, certainty: _, ...row }) => ({
    ...row,
    issued_on: issuedOn,
    effective_from: effectiveFrom,
  }));
}

function schemeRows(): [string, object[]][] {
  const rows = schemes().map(({ id, name, object, objectName }) => ({ id, name, object, object_name: objectName }));
  const indicators = schemes().flatMap(({ id, indicators }) =>
    indicators.map(({ weightPercent, ...indicator }, index) => ({
      scheme: id,
      ordinal: index + 1,
      weight_percent: weightPercent,
      ...indicator,
    })),
  );
  return [
    ['evaluation_schemes', rows],
    ['scheme_indicators', indicators],
  ];
}
