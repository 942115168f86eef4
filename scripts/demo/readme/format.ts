/** Formats JSON for reading: a value that fits on a line stays on it. */
const WIDTH = 110;

export function formatJson(value: unknown, indent = ''): string {
  const flat = JSON.stringify(value, undefined, 1).replaceAll(/\n\s*/g, ' ');
  if (typeof value !== 'object' || value === null || indent.length + flat.length <= WIDTH) return flat;
  const inner = `${indent}  `;
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object'))
    return `[\n${fill(value, inner)}\n${indent}]`;
  const parts = Array.isArray(value)
    ? value.map((item) => `${inner}${formatJson(item, inner)}`)
    : Object.entries(value).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${formatJson(item, inner)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return `${open}\n${parts.join(',\n')}\n${indent}${close}`;
}

/** Puts as many values on a line as fit. */
function fill(items: readonly unknown[], indent: string): string {
  const lines: string[] = [];
  items.forEach((item, i) => {
    const text = `${JSON.stringify(item)}${i < items.length - 1 ? ',' : ''}`;
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + text.length <= WIDTH) lines[lines.length - 1] = `${last} ${text}`;
    else lines.push(`${indent}${text}`);
  });
  return lines.join('\n');
}
