import { beforeEach, describe, expect, test } from '@jest/globals';
import { EVERYWHERE } from '@yiwang/schema';
import { PublicError, SubgraphError } from '../../model/errors.ts';
import type { PlatformFailure } from '../../model/platform/platform-failure.ts';
import type { Fault } from './call-record.ts';
import { type CoverageCollector, createCoverageCollector } from './coverage-collector.ts';

const PLATFORM = {
  id: 'toy/420100',
  name: 'toy',
  tier: 'MUNICIPAL',
  division: '420100',
  subgraphs: ['toy'],
  url: 'http://127.0.0.1',
} as const;
const LATE: Fault = { status: 'LATE', code: 'PLATFORM_LATE', reason: 'no answer within 80 ms' };

let collector: CoverageCollector;
let failures: PlatformFailure[];

beforeEach(() => {
  failures = [];
  const onFailure = (failure: PlatformFailure): void => void failures.push(failure);
  collector = createCoverageCollector({ errorsMax: 3, unservedMax: 1 }, { namesOf: () => [], onFailure });
});

describe('errors', () => {
  const foreign = (message: string, extensions: Record<string, unknown>, path = ['a']) =>
    new SubgraphError(message, { path, extensions });

  test('an error is added once; errors that differ in message, path or extensions are different ones', () => {
    for (const error of [foreign('m', {}), foreign('m', {}), foreign('m', { field: 'b' }), foreign('m', {}, ['b'])]) {
      collector.addError(error);
    }
    expect(collector.errors).toHaveLength(3);
  });

  test('an answer has no more errors than the limit', () => {
    for (const message of ['1', '2', '3', '4']) collector.addError(foreign(message, {}));
    expect(collector.errors.map(({ message }) => message)).toEqual(['1', '2', '3']);
  });
});

describe('failures for the log', () => {
  const call = () => collector.addCall({ platform: PLATFORM, owns: EVERYWHERE }, { path: () => ['a'] });

  test('a failure is logged once for each call, in the words of the platform', () => {
    const record = call();
    record.addElapsed(80);
    record.addFault({ ...LATE, inside: 'busy' }, ['a']);
    record.addFault(LATE, ['b']);
    expect(failures).toEqual([
      { platform: 'toy/420100', status: 'LATE', code: 'PLATFORM_LATE', reason: 'busy', path: ['a'], elapsedMs: 80 },
    ]);
    expect(JSON.stringify(collector.errors)).not.toContain('busy');
    call().addFault(LATE, ['a']);
    expect(failures).toHaveLength(2);
  });

  test('bad input of the caller and stale data are not logged', () => {
    call().addFault({ status: 'REFUSED', code: 'BAD_USER_INPUT', reason: 'no such group' }, ['a']);
    call().addFault({ status: 'STALE', code: 'INCOMPLETE', reason: 'before this page' }, ['a']);
    expect(failures).toEqual([]);
  });

  test('a value that breaks the standard is logged once', () => {
    const breach = () => new PublicError('STANDARD_BREACH', 'expected a value of type "Int"', { path: ['a', 0] });
    collector.addBreach(breach());
    collector.addBreach(breach());
    expect(failures).toMatchObject([{ platform: undefined, status: 'NONCONFORMING', path: ['a', 0] }]);
    expect(collector.isExplained(['a', 0])).toBe(true);
  });
});
