import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { comparePositions, parsePosition } from '@yiwang/schema';
import { startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import fc from 'fast-check';
import { notes } from '../fixtures/notes/module.ts';

const ORDERS = ['WRITTEN_AT', 'WEIGHT', 'TITLE'] as const;
const DIRECTIONS = ['ASC', 'DESC'] as const;
const QUERY = `query ($within: DivisionCode, $order: NoteOrder, $direction: Direction, $first: Int, $after: String) {
  notes(within: $within, order: $order, direction: $direction, first: $first, after: $after) {
    totalCount edges { cursor node { id } } pageInfo { hasNextPage endCursor }
  }
}`;

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform({ modules: [notes] });
  // Few distinct values, so that ties and nulls meet the ends of pages; microseconds that a JavaScript date would lose.
  await platform.seed(`insert into note (id, division, title, written_at, weight)
    select division || '-N-' || i, division, 'title ' || i % 7,
      case when i % 5 > 0 then timestamptz '2026-01-01' + (i % 11) * interval '1 microsecond' end,
      case when i % 4 > 0 then (i % 6) / 7.0 - 0.4 end
    from (select i, '42010' || i % 3 + 2 || '00' || i % 4 as division from generate_series(1, 157) i) x`);
});

afterAll(() => platform.close());

interface Edge {
  readonly cursor: string;
  readonly node: { readonly id: string };
}

async function walk(variables: Readonly<Record<string, unknown>>): Promise<Edge[]> {
  const edges: Edge[] = [];
  for (let after: string | null = null; ; ) {
    const { data, errors } = await platform.ask(QUERY, { variables: { ...variables, after } });
    expect(errors).toEqual([]);
    edges.push(...data.notes.edges);
    expect(data.notes.pageInfo.endCursor).toBe(data.notes.edges.at(-1)?.cursor ?? null);
    if (!data.notes.pageInfo.hasNextPage) return edges;
    after = data.notes.pageInfo.endCursor;
  }
}

describe('pages', () => {
  test('pages of a connection of any size, one after the other, give every row once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ORDERS),
        fc.constantFrom(...DIRECTIONS),
        fc.integer({ min: 1, max: 200 }),
        fc.constantFrom(null, '420102', '420103'),
        async (order, direction, first, within) => {
          const edges = await walk({ order, direction, first, within });
          const total = { null: 157, 420102: 52, 420103: 53 }[String(within)];
          expect(new Set(edges.map(({ node }) => node.id)).size).toBe(total);
          expect(edges).toHaveLength(total!);
          const positions = edges.map(({ cursor }) => parsePosition(cursor)!);
          const sorted = [...positions].sort(comparePositions);
          expect(positions).toEqual(sorted);
          expect(positions.every((position) => position.order === `${order}:${direction}`)).toBe(true);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('pages of a connection put nulls last in either direction', async () => {
    for (const direction of DIRECTIONS) {
      const values = (await walk({ order: 'WEIGHT', direction, first: 50 })).map(
        ({ cursor }) => parsePosition(cursor)!.value,
      );
      expect(values.filter((value) => value === null)).toHaveLength(39);
      expect(values.slice(-39).every((value) => value === null)).toBe(true);
    }
  });

  test('pages of a connection count all rows, not those after the cursor, also if none is asked for', async () => {
    const { data } = await platform.ask(QUERY, { variables: { first: 0 } });
    expect(data.notes).toEqual({ totalCount: 157, edges: [], pageInfo: { hasNextPage: true, endCursor: null } });
  });

  test('pages of a connection go on after a row that is gone', async () => {
    const before = await walk({ order: 'TITLE', direction: 'ASC', first: 100 });
    const gone = before[10]!;
    await platform.seed('create table kept as select * from note');
    await platform.seed('delete from note where id = $1', [gone.node.id]);
    const { data } = await platform.ask(QUERY, {
      variables: { order: 'TITLE', direction: 'ASC', first: 1, after: gone.cursor },
    });
    await platform.seed('insert into note select * from kept where id = $1', [gone.node.id]);
    await platform.seed('drop table kept');
    expect(data.notes.edges[0].node.id).toBe(before[11]!.node.id);
  });

  test.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
    ['a size below zero', { first: -1 }, /"first" is -1; expected 0 to 500/],
    ['a size above the limit', { first: 501 }, /"first" is 501; expected 0 to 500/],
    ['a cursor that is none', { after: 'garbage' }, /"after" is no cursor/],
    ['a cursor of another shape', { after: cursorOf(['WRITTEN_AT:DESC', 1]) }, /"after" is no cursor/],
    ['a cursor of another order', { after: cursorOf(['TITLE:ASC', 'a', '420101', 'x']) }, /of the order TITLE:ASC/],
    ['a cursor of the other direction', { after: cursorOf(['WRITTEN_AT:ASC', null, '420101', 'x']) }, /WRITTEN_AT:ASC/],
    ['a value that is no instant', { after: cursorOf(['WRITTEN_AT:DESC', 'soon', '420101', 'x']) }, /is no cursor/],
    [
      'a value with SQL in it',
      { after: cursorOf(['WRITTEN_AT:DESC', "'; drop table note", '1', 'x']) },
      /is no cursor/,
    ],
  ])('pages of a connection refuse %s', async (_what, variables, message) => {
    const { data, errors } = await platform.ask(QUERY, { variables });
    expect(data).toBeNull();
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({
      message: expect.stringMatching(message),
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(errors[0]!.path?.[0]).toBe('notes');
  });
});

function cursorOf(parts: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}
