import { describe, expect, test } from '@jest/globals';
import { findLargeFolders } from './folders.ts';

const filesIn = (folder: string, count: number, ending = '.ts'): string[] =>
  Array.from({ length: count }, (_, i) => `${folder}/file-${i}${ending}`);

describe('the check of folders', () => {
  test('a folder may hold a dozen source files, and no more', () => {
    expect(findLargeFolders(filesIn('gateway/plan', 12), {})).toEqual([]);
    expect(findLargeFolders([...filesIn('gateway/plan', 13), ...filesIn('gateway/route', 3)], {})).toEqual([
      'gateway/plan/ holds 13 source files besides tests; 12 are allowed',
    ]);
  });

  test('files in subfolders, tests, declarations, cases and generated files do not count', () => {
    const others = [
      ...filesIn('gateway/plan/cache', 2),
      ...filesIn('gateway/plan', 5, '.test.ts'),
      ...filesIn('gateway/plan', 5, '.d.ts'),
      ...filesIn('gateway/plan/cases', 20),
      ...filesIn('gateway/plan/generated', 20),
    ];
    expect(findLargeFolders([...filesIn('gateway/plan', 12), ...others], {})).toEqual([]);
  });

  test('an allowed folder may be large, and must be', () => {
    const allowed = { 'gateway/plan': 'one file for each case of the specification' };
    expect(findLargeFolders(filesIn('gateway/plan', 13), allowed)).toEqual([]);
    expect(findLargeFolders(filesIn('gateway/plan', 12), allowed)).toEqual([
      'gateway/plan/ is allowed to be large and is not; remove it from the list',
    ]);
  });
});
