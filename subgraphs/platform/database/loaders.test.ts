import { describe, expect, test } from '@jest/globals';
import { createBatchLoader, createGroupLoader } from './loaders.ts';

interface Row {
  readonly id: string;
  readonly parent: string;
}

const ROWS: readonly Row[] = [
  { id: 'b', parent: 'x' },
  { id: 'a', parent: 'x' },
  { id: 'c', parent: 'y' },
];

describe('a loader', () => {
  test('a loader asks once for all keys of a turn, and gives the rows in the order of the keys', async () => {
    const asked: (readonly string[])[] = [];
    const loader = createBatchLoader<string, Row>(
      async (ids) => {
        asked.push(ids);
        return ROWS.filter(({ id }) => ids.includes(id));
      },
      (row) => row.id,
    );
    const rows = await Promise.all(['c', 'a', 'missing', 'c'].map((id) => loader.load(id)));
    expect(rows.map((row) => row?.id ?? null)).toEqual(['c', 'a', null, 'c']);
    expect(asked).toEqual([['c', 'a', 'missing']]);
  });

  test('a loader gives groups in the order of the rows, an empty one if there are none', async () => {
    const loader = createGroupLoader<string, Row>(
      async (parents) => ROWS.filter(({ parent }) => parents.includes(parent)),
      (row) => row.parent,
    );
    const groups = await Promise.all(['y', 'z', 'x'].map((parent) => loader.load(parent)));
    expect(groups.map((group) => group.map(({ id }) => id))).toEqual([['c'], [], ['b', 'a']]);
  });

  test('a loader gives the fault of a batch to each of its keys', async () => {
    const loader = createBatchLoader<string, Row>(
      async () => {
        throw new Error('no database');
      },
      (row) => row.id,
    );
    const outcomes = await Promise.allSettled([loader.load('a'), loader.load('b')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
