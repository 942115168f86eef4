/** Rows as columns of a terminal. */

/** Does not pad the last column: the width of Chinese text on a terminal is not its length. */
export function printColumns(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column]!))).join('  ');
  return all.map((row) => `${line(row).trimEnd()}\n`).join('');
}
