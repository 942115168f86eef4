/** Tables and numbers in Markdown. */

export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heads, heads.map(() => '---'), ...rows.map((row) => row.map(cellText))];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A pipe would end its cell. */
function cellText(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** `262144` → `262,144` */
export function formatNumber(value: number): string {
  return value.toLocaleString('en-US');
}
