/** Mutations of several subgraphs, one after the other in the order asked, and entities below them. */
import type { Subgraphs } from '../../subgraph-server.ts';

interface Step {
  readonly name: string;
}

interface Account {
  readonly id: string;
}

/**
 * Each mutation takes longer than the next, so that a run side by side would be seen in the order of what each returns.
 */
function createLog() {
  let entries: string[] = [];
  return {
    async write(name: string, delayMs: number): Promise<{ id: string; log: string[] }> {
      if (name === 'start') entries = [];
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      entries.push(name);
      return { id: name, log: [...entries] };
    },
  };
}

const LOG = createLog();

export const SUBGRAPHS: Subgraphs = {
  accounts: {
    sdl: /* GraphQL */ `
      type Query { account: Account }
      type Mutation { open(name: String!): Account! fail: Account failWhereItMustNot: Account! }
      type Account @key(fields: "id") { id: ID! log: [String!]! @shareable }
    `,
    resolvers: {
      Query: { account: () => ({ id: '1', log: [] }) },
      Mutation: {
        open: (_: unknown, { name }: Step) => LOG.write(name, 40),
        fail: () => {
          throw new Error('no');
        },
        failWhereItMustNot: () => {
          throw new Error('never');
        },
      },
      Account: { __resolveReference: (key: Account) => ({ ...key, log: [] }) },
    },
  },
  postings: {
    sdl: /* GraphQL */ `
      type Query { postings: Int }
      type Mutation { post(name: String!): Account! }
      type Account @key(fields: "id") { id: ID! log: [String!]! @shareable balance: Int! }
    `,
    resolvers: {
      Mutation: { post: (_: unknown, { name }: Step) => LOG.write(name, 5) },
      Account: { __resolveReference: (key: Account) => ({ ...key, log: [] }), balance: ({ id }: Account) => id.length },
    },
  },
};
