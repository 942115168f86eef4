/** The JSON of an answer's data → its rows: objects in lists, and objects at the root that are not pages. */
import { isObject } from '@yiwang/schema';
import { decodeUtf8 } from '../../kit/json/decode-utf8.ts';

export function countRows(bytes: Buffer | undefined): number {
  if (bytes === undefined) return 0;
  const data: unknown = JSON.parse(decodeUtf8(bytes));
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
      if (isObject(item)) rows++;
      rows += countListed(item);
    }
    return rows;
  }
  for (const member of Object.values(value)) rows += countListed(member);
  return rows;
}
