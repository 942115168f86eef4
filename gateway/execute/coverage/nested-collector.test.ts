/** A fetch inside the answer: its paths begin at each of the objects that take its fields. */
import { beforeEach, expect, test } from '@jest/globals';
import { EVERYWHERE } from '@yiwang/schema';
import { GraphQLError } from 'graphql';
import { type Path, PublicError } from '../../model/errors.ts';
import { type CoverageCollector, createCoverageCollector } from './coverage-collector.ts';
import { createNestedCollector } from './nested-collector.ts';

const PLATFORM = {
  id: 'toy/420100',
  name: 'toy',
  tier: 'MUNICIPAL',
  division: '420100',
  subgraphs: ['toy'],
  url: 'http://127.0.0.1',
} as const;

let outer: CoverageCollector;
let nested: CoverageCollector;
let failedPaths: Path[];

beforeEach(() => {
  failedPaths = [];
  const onFailure = ({ path }: { readonly path: Path }) => void failedPaths.push(path);
  outer = createCoverageCollector({ errorsMax: 10, unservedMax: 10 }, { namesOf: () => [], onFailure });
  nested = createNestedCollector(outer, [
    ['list', 0],
    ['other', 'of'],
  ]);
});

const errorPaths = () => outer.errors.map(({ path }) => path?.join('.'));

test('an error stands at each of the objects, and an error without a path at none', () => {
  nested.addError(new PublicError('PLATFORM_FAILED', 'oops', { path: ['a'] }));
  nested.addFieldError(new PublicError('PLATFORM_FAILED', 'field', { path: ['b', 1] }));
  nested.addError(new GraphQLError('nowhere'));
  expect(errorPaths()).toEqual(['list.0.a', 'other.of.a', 'list.0.b.1', 'other.of.b.1', undefined]);
  expect([outer.isExplained(['other', 'of', 'a']), nested.isExplained(['a'])]).toEqual([true, true]);
});

test('a path that is missing or out of scope is so at each of the objects', () => {
  nested.markMissing(['a']);
  nested.suppress(['b']);
  expect([outer.isMissing(['list', 3, 'a']), outer.isMissing(['other', 'of', 'a'])]).toEqual([true, true]);
  expect([outer.isExplained(['other', 'of', 'b']), nested.isMissing(['a'])]).toEqual([true, true]);
});

test('a call is one entry of coverage at the first object, and its fault is one failure for the log', () => {
  const record = nested.addCall({ platform: PLATFORM, owns: EVERYWHERE }, { path: () => ['a'] });
  record.addFault({ status: 'LATE', code: 'PLATFORM_LATE', reason: 'no answer' }, ['a']);
  expect(outer.toCoverage()?.platforms.map(({ path }) => path)).toEqual([['list', 0, 'a']]);
  expect(failedPaths).toEqual([['list', 0, 'a']]);
  expect(errorPaths()).toEqual(['list.0.a', 'other.of.a']);
});

test('the way in which a statistic is shown names the first object', () => {
  nested.addWithheld(['a'], { smallCount: 5, roundTo: 10 });
  expect(outer.withheldGroups).toEqual([{ path: ['list', 'a'], below: 5, roundedTo: 10 }]);
});
