/** The values of a row at the paths of rules: rows come flat (`division.code`), nested, or with a reference as its code. */

export type Row = Readonly<Record<string, unknown>>;
export type ReadPath = (row: Row) => unknown;

/**
 * Compiles the reading of a path. `division.code` finds `{ "division.code": … }`, `{ division: { code: … } }` and
 * `{ division: "…" }`, the way in which inputs and tables refer to a row by its key.
 */
export function compilePath(path: string): ReadPath {
  const dot = path.indexOf('.');
  if (dot < 0) return (row) => row[path];
  const head = path.slice(0, dot);
  const rest = path.slice(dot + 1);
  const isKey = rest === 'code' || rest === 'id';
  const readRest = compilePath(rest);
  return (row) => {
    const value = row[head];
    if (value === undefined) return row[path];
    if (value === null) return null;
    if (typeof value === 'object') return readRest(value as Row);
    return isKey ? value : undefined;
  };
}
