/** Nulls and errors: where they may be, where they may not, and what subgraphs say of them. */
import { GraphQLError } from 'graphql';
import type { Subgraphs } from '../../subgraph-server.ts';

interface Row {
  readonly id: string;
}

function fail(message: string, extensions: Record<string, unknown> = {}): never {
  throw new GraphQLError(message, { extensions });
}

export const SUBGRAPHS: Subgraphs = {
  rows: {
    sdl: /* GraphQL */ `
      type Query {
        rows: [Row]!
        strictRows: [Row!]
        strictest: [Row!]!
        row: Row
        must: Row!
        loud: String
        name(wide: Boolean): String
        twice: [Row!]!
        items: [Item]
      }
      type Row @key(fields: "id") { id: ID! inner: Inner note: String loud: String grid: [[Int!]] }
      union Item = Track | Clip
      type Track @key(fields: "code") { code: Int! }
      type Clip @key(fields: "code") { code: String! }
      type Inner { row: Row! must: Int! maybe: Int }
    `,
    resolvers: {
      Query: {
        rows: () => [{ id: '1' }, { id: '2' }, null, { id: '3' }],
        strictRows: () => [{ id: '1' }, { id: '2' }],
        strictest: () => [{ id: '1' }, { id: '3' }],
        row: () => ({ id: '1' }),
        must: () => null,
        loud: () => fail('loud at the root', { code: 'LOUD', hint: { say: 'less' } }),
        name: () => 'name',
        twice: () => [{ id: '1' }, { id: '2' }, { id: '1' }],
        items: () => [
          { __typename: 'Track', code: 7 },
          { __typename: 'Clip', code: 'seven' },
          { __typename: 'Clip', code: () => fail('a clip without a code') },
        ],
      },
      Row: {
        inner: ({ id }: Row) => ({ row: { id }, must: id === '2' ? null : 1, maybe: null }),
        note: ({ id }: Row) => (id === '3' ? fail(`no note for ${id}`) : `note ${id}`),
        loud: ({ id }: Row) => fail(`loud ${id}`, { code: 'LOUD' }),
        grid: ({ id }: Row) => [[1, 2], [id === '2' ? null : 3], null],
      },
    },
  },
  details: {
    sdl: /* GraphQL */ `
      type Query { other: Int }
      type Row @key(fields: "id") {
        id: ID!
        maybe: String
        must: String!
        fails: String
        failsHard: String!
        list: [Detail!]
        best: Detail!
      }
      type Detail { value: Int! of: Row }
      type Track @key(fields: "code") { code: Int! seconds: Int }
      type Clip @key(fields: "code") { code: String! seconds: Int }
    `,
    resolvers: {
      Query: { other: () => fail('nothing else') },
      Track: { seconds: ({ code }: { code: number }) => code * 60 },
      Clip: { seconds: ({ code }: { code: string }) => code.length },
      Row: {
        __resolveReference: ({ id }: Row) => (id === '3' ? null : { id }),
        maybe: () => null,
        must: ({ id }: Row) => (id === '2' ? null : `must ${id}`),
        fails: ({ id }: Row) => fail(`fails for ${id}`, { code: 'DETAIL_GONE', id }),
        failsHard: ({ id }: Row) => fail(`fails hard for ${id}`),
        list: ({ id }: Row) => [
          { value: 1, of: { id } },
          { value: id === '2' ? null : 2, of: null },
        ],
        best: ({ id }: Row) => ({ value: Number(id), of: { id: '1' } }),
      },
    },
  },
  refusals: {
    sdl: /* GraphQL */ `
      type Query { refused: String refusedRow: Row alsoRefused: Int! }
      type Row @key(fields: "id") { id: ID! secret: String }
    `,
    respond: () => ({
      status: 200,
      body: JSON.stringify({ errors: [{ message: 'not today', extensions: { code: 'CLOSED' } }] }),
    }),
  },
  ruins: {
    sdl: /* GraphQL */ `
      type Query { ruined: String }
      type Row @key(fields: "id") { id: ID! ruined: String }
    `,
    respond: () => ({ status: 500, body: 'it fell down' }),
  },
};
