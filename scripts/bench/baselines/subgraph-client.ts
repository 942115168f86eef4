/** The HTTP client of the baselines: a query to a subgraph → its answer, over a pool of persistent connections. */
import { Pool } from 'undici';
import type { SubgraphName } from '../subgraphs/subgraph.ts';

/** An object of an answer. Baselines add joined objects to it. */
export type Item = Record<string, unknown>;

export interface SubgraphClient {
  /** The text of the answer. */
  text(subgraph: SubgraphName, query: string, variables: Item): Promise<string>;
  data(subgraph: SubgraphName, query: string, variables: Item): Promise<Item>;
  /** Entities by key; each key is sent once. */
  entities(request: EntitiesRequest): Promise<ReadonlyMap<string, Item>>;
}

export interface EntitiesRequest {
  readonly subgraph: SubgraphName;
  readonly type: string;
  readonly key: string;
  readonly values: Iterable<string>;
  readonly selection: string;
}

const HEADERS = { 'content-type': 'application/json', accept: 'application/json' };
const CONNECTIONS = 128;

/** `subgraphsUrl`: origin of the subgraphs, such as `http://127.0.0.1:4001`. */
export function createSubgraphClient(subgraphsUrl: string): SubgraphClient {
  const pool = new Pool(subgraphsUrl, { connections: CONNECTIONS });
  const text: SubgraphClient['text'] = async (subgraph, query, variables) => {
    const body = JSON.stringify({ query, variables });
    const response = await pool.request({ path: `/${subgraph}`, method: 'POST', headers: HEADERS, body });
    return response.body.text();
  };
  const data: SubgraphClient['data'] = async (subgraph, query, variables) => {
    const answer = JSON.parse(await text(subgraph, query, variables)) as { data: Item };
    return answer.data;
  };
  return {
    text,
    data,
    async entities({ subgraph, type, key, values, selection }) {
      const keys = [...new Set(values)];
      const representations = keys.map((value) => ({ __typename: type, [key]: value }));
      const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${type} { ${selection} } } }`;
      const { _entities } = await data(subgraph, query, { representations });
      return new Map((_entities as readonly Item[]).map((entity, at) => [keys[at]!, entity]));
    },
  };
}
