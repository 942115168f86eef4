import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
  comparePositions,
  DEADLINE_HEADER,
  encodePosition,
  HOPS_HEADER,
  PASSPORT_HEADER,
  PASSPORT_ISSUER,
  PLATFORM_ERROR_CODES,
  parsePosition,
  REFERENCE_VERSION_HEADER,
  REQUEST_ID_HEADER,
  SUBGRAPH_HEADER,
} from '@yiwang/schema';

const PAGE = readFileSync(new URL('../../../docs/adding-a-platform.md', import.meta.url), 'utf8');

describe('the contract of platforms as docs/adding-a-platform.md has it', () => {
  test('names every header between gateway and platform, and the issuer of passports', () => {
    const requests = [PASSPORT_HEADER, DEADLINE_HEADER, REQUEST_ID_HEADER, SUBGRAPH_HEADER, HOPS_HEADER];
    for (const header of requests) expect(PAGE).toContain(`| \`${header}\` |`);
    expect(PAGE).toContain(`\`${REFERENCE_VERSION_HEADER}: VERSION\``);
    expect(PAGE).toContain(`\`iss\` = \`${PASSPORT_ISSUER}\``);
  });

  test('names every error code of a platform with its HTTP status', () => {
    const [, table = ''] = /\| code \| for \|[^\n]*\n([\s\S]*?)\n\n/.exec(PAGE) ?? [];
    for (const [code, status] of Object.entries(PLATFORM_ERROR_CODES)) {
      const row = table.split('\n').find((line) => line.split('|')[1]?.includes(`\`${code}\``));
      expect([code, row?.match(/\((?:HTTP )?(\d+)\)/)?.[1]]).toEqual([code, String(status)]);
    }
  });

  test('shows a cursor that the gateway reads, in the order that it merges by', () => {
    const [, example] = /^```json\n(\[.*\])\n```$/m.exec(PAGE) ?? [];
    const position = parsePosition(Buffer.from(example!).toString('base64url'));
    expect(position).toMatchObject({ order: 'REPORTED_AT:DESC', division: '420202006' });
    expect(parsePosition(encodePosition(position!))).toEqual(position);
    const later = { ...position!, value: '2026-10-31T15:59:00.000Z' };
    expect(comparePositions(later, position!)).toBeLessThan(0);
    expect(comparePositions({ ...position!, value: null }, position!)).toBeGreaterThan(0);
  });
});
