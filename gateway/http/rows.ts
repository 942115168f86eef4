/** Answer → how many rows it holds: objects in lists, and objects that are fields of the root. */
export function countRows(data: unknown): number {
  if (typeof data !== 'object' || data === null) return 0;
  let rows = 0;
  for (const value of Object.values(data)) {
    if (
      !Array.isArray(value) &&
      typeof value === 'object' &&
      value !== null &&
      !('nodes' in value) &&
      !('edges' in value)
    )
      rows++;
    rows += countListed(value);
  }
  return rows;
}

function countListed(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let rows = 0;
  if (Array.isArray(value)) {
    for (const item of value) {
      if (typeof item === 'object' && item !== null && !Array.isArray(item)) rows++;
      rows += countListed(item);
    }
    return rows;
  }
  for (const member of Object.values(value)) rows += countListed(member);
  return rows;
}
