/** Divisions of the past: rows for codes that are no longer in force, and what a code was on a day. */
import type { Division } from './division.ts';
import { divisionHistory, lifeOf } from './division-history.ts';
import { COUNTRY, levelOf } from './division-level.ts';
import { succession } from './succession.ts';

export interface FormerDivisions {
  /** Provinces, cities and counties, in the order of codes. */
  readonly rows: readonly Division[];
  /** One of the rows, or what lay below one; undefined for a code that is in force or was never. */
  get(code: string): Division | undefined;
  /** What the code was on a day; undefined if it was not in force. */
  on(code: string, day: string): Division | undefined;
}

const NO_CODES: readonly string[] = [];

/** `table` holds the divisions in force. */
export function createFormerDivisions(table: ReadonlyMap<string, Division>): FormerDivisions {
  const history = divisionHistory();
  const rows = history.allFormer.map(({ code, name, validTo, successors }): Division => {
    const validFrom = history.validFrom(code);
    const parent = parentOf(code, (above) => table.has(above) || history.former(above) !== undefined);
    const predecessors = history.predecessors(code);
    return { code, name, level: levelOf(code), parent, nominal: false, validFrom, validTo, successors, predecessors };
  });
  const byCode = new Map(rows.map((row) => [row.code, row]));
  const get = (code: string): Division | undefined => byCode.get(code) ?? formerStreet(code, table);

  const on = (code: string, day: string): Division | undefined => {
    const row = table.get(code) ?? get(code);
    if (!row) return undefined;
    const parent = parentOf(code, (above) => on(above, day) !== undefined);
    const periods = history.periodsOf(code);
    if (periods.length === 0) {
      const county = code.slice(0, 6);
      const isInForce = (row.validTo === null || day < row.validTo) && (code === county || on(county, day));
      return isInForce ? { ...row, parent: row.parent === null ? null : parent } : undefined;
    }
    const index = periods.findIndex(({ from, to }) => (from ?? '') <= day && (to === null || day < to));
    const period = periods[index];
    if (!period) return undefined;
    const { from, to } = lifeOf(periods, index)!;
    const successors = to === row.validTo ? row.successors : NO_CODES;
    return { ...row, name: period.name, parent, validFrom: from, validTo: to, successors };
  };
  return { rows, get, on };
}

/** The division above by the digits, the first that `exists`. */
function parentOf(code: string, exists: (code: string) => boolean): string | null {
  if (code === COUNTRY) return null;
  const above = [code.slice(0, 9), code.slice(0, 6), `${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`];
  return (
    above.find((each) => each.length < code.length || (each !== code && code.length === 6 && exists(each))) ?? COUNTRY
  );
}

/**
 * A street or community below a former county. No table names them: it bears the name of the street of today that has
 * its place, otherwise that of its county with its last digits.
 */
function formerStreet(code: string, table: ReadonlyMap<string, Division>): Division | undefined {
  if (!/^\d{9}(\d{3})?$/.test(code) || code.endsWith('000')) return undefined;
  const { endOf, heirsOf } = succession();
  const end = endOf(code);
  const county = code.slice(0, 6);
  const above = divisionHistory().former(county)?.name ?? table.get(county)?.name;
  if (!end || above === undefined) return undefined;
  const [heir = ''] = heirsOf(code);
  const sameLevel = heir.length === code.length ? table.get(heir) : undefined;
  return {
    code,
    name: sameLevel?.name ?? above + code.slice(6),
    level: levelOf(code),
    parent: code.length === 12 ? code.slice(0, 9) : county,
    nominal: false,
    validFrom: null,
    validTo: end.validTo,
    successors: end.successors,
    predecessors: NO_CODES,
  };
}
