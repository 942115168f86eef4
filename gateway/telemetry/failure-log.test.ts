import { beforeEach, describe, expect, test } from '@jest/globals';
import type { PlatformFailure } from '../model/platform/platform-failure.ts';
import { createFailureLog } from './failure-log.ts';

const FAILURE: PlatformFailure = {
  platform: 'toy/420100',
  status: 'LATE',
  code: 'PLATFORM_LATE',
  reason: 'no answer within 80 ms',
  path: ['rows', 0, 'id'],
  elapsedMs: 80,
};

const lines: Record<string, unknown>[] = [];
let at = 0;

function start(limits: { readonly failureLogMs?: number; readonly failureLogPlatformsMax?: number } = {}) {
  const warn = (line: object): void => void lines.push(line as Record<string, unknown>);
  const tell = createFailureLog({
    log: { warn },
    limits: { failureLogMs: 1_000, failureLogPlatformsMax: 100, ...limits },
    now: () => at,
  });
  return (more: Partial<PlatformFailure> = {}, requestId = 'r'): void => tell({ ...FAILURE, ...more }, requestId);
}

beforeEach(() => {
  lines.length = 0;
  at = 0;
});

describe('the log of failures', () => {
  test('has platform, status, code, path, reason and the id of the request', () => {
    start()();
    expect(lines).toEqual([{ ...FAILURE, path: 'rows.0.id', requestId: 'r', alikeBefore: undefined }]);
  });

  test('logs the first of a kind at once, and counts the ones after it in a later line', () => {
    const tell = start();
    for (let i = 0; i < 5; i++) tell({}, `r${i}`);
    tell({ status: 'FAILED' });
    tell({ platform: 'toy/420500' });
    expect(lines.map(({ platform, status }) => [platform, status])).toEqual([
      ['toy/420100', 'LATE'],
      ['toy/420100', 'FAILED'],
      ['toy/420500', 'LATE'],
    ]);
    at = 999;
    tell();
    expect(lines).toHaveLength(3);
    at = 1_000;
    tell({}, 'later');
    expect(lines[3]).toMatchObject({ requestId: 'later', alikeBefore: 5 });
    at = 2_000;
    tell();
    expect(lines[4]).toMatchObject({ alikeBefore: undefined });
  });

  test('keeps failureLogPlatformsMax platforms, and truncates their reasons', () => {
    const tell = start({ failureLogPlatformsMax: 2 });
    for (const platform of ['a', 'b', 'b', 'c', 'a']) tell({ platform, reason: 'x'.repeat(1_000) });
    expect(lines.map(({ platform }) => platform)).toEqual(['a', 'b', 'c', 'a']);
    expect(lines.every(({ reason }) => String(reason).length === 500)).toBe(true);
  });
});
