/**
 * The baselines: for each scenario, hand-written code that makes its fetches in the best order that the data allow, merges them
 * and writes the answer, and nothing else. A gateway that makes the same fetches and parses their answers cannot cost much less.
 */
import type { ScenarioName } from '../scenario.ts';
import type { Item, SubgraphClient } from './subgraph-client.ts';

/** Variables of the request → the body of the response. */
export type Baseline = (variables: Item) => Promise<string>;

const CASE = 'id number title address state urgent reportedAt';
const WHOLE_CASE = 'id number title description address state urgent longitude latitude reportedAt deadlineAt closedAt';

/** `parse` parses the answer and writes it again; `pipe` passes it through. */
export type BaselineKind = 'parse' | 'pipe';

/** Undefined if a scenario has no such baseline: a join cannot pass an answer through. */
export function createBaseline(
  scenario: ScenarioName,
  kind: BaselineKind,
  client: SubgraphClient,
): Baseline | undefined {
  switch (scenario) {
    case 'join':
    case 'join-cached':
      return kind === 'parse' ? serialized((variables) => join(client, variables)) : undefined;
    case 'deep':
      return kind === 'parse' ? serialized((variables) => deep(client, variables)) : undefined;
    case 'big-join':
      return kind === 'parse' ? serialized((variables) => bigJoin(client, variables)) : undefined;
    case 'flat':
      return oneFetch(client, kind, `query ($from: Int!) { cases(first: 500, from: $from) { ${CASE} } }`);
    case 'big':
      return oneFetch(client, kind, `query ($from: Int!) { cases(first: 18000, from: $from) { ${WHOLE_CASE} } }`);
  }
}

function serialized(fetchAll: (variables: Item) => Promise<Item>): Baseline {
  return async (variables) => JSON.stringify({ data: await fetchAll(variables) });
}

function oneFetch(client: SubgraphClient, kind: BaselineKind, query: string): Baseline {
  if (kind === 'pipe') return (variables) => client.text('cases', query, variables);
  return serialized((variables) => client.data('cases', query, variables));
}

const idOf = (entity: unknown): string => (entity as { id: string }).id;
const codeOf = (entity: unknown): string => (entity as { code: string }).code;

async function join(client: SubgraphClient, variables: Item): Promise<Item> {
  const query = `query ($from: Int!) { cases(first: 50, from: $from) { ${CASE} department { __typename id } } }`;
  const data = await client.data('cases', query, variables);
  const cases = data.cases as readonly Item[];
  const departments = await client.entities({
    subgraph: 'departments',
    type: 'Department',
    key: 'id',
    values: cases.map(({ department }) => idOf(department)),
    selection: 'id name phone division { __typename code }',
  });
  const divisions = await client.entities({
    subgraph: 'divisions',
    type: 'Division',
    key: 'code',
    values: [...departments.values()].map(({ division }) => codeOf(division)),
    selection: 'code name fullName',
  });
  for (const department of departments.values()) department.division = divisions.get(codeOf(department.division));
  for (const each of cases) each.department = departments.get(idOf(each.department));
  return data;
}

async function bigJoin(client: SubgraphClient, variables: Item): Promise<Item> {
  const query = `query ($from: Int!) { cases(first: 15000, from: $from) { ${WHOLE_CASE} department { __typename id } } }`;
  const data = await client.data('cases', query, variables);
  const cases = data.cases as readonly Item[];
  const departments = await client.entities({
    subgraph: 'departments',
    type: 'Department',
    key: 'id',
    values: cases.map(({ department }) => idOf(department)),
    selection: 'id name',
  });
  for (const each of cases) each.department = departments.get(idOf(each.department));
  return data;
}

async function deep(client: SubgraphClient, variables: Item): Promise<Item> {
  const query = 'query ($from: Int!) { divisions(first: 4, from: $from) { code name fullName tier population } }';
  const data = await client.data('divisions', query, variables);
  const divisions = data.divisions as readonly Item[];
  const parts = await client.entities({
    subgraph: 'grids',
    type: 'Division',
    key: 'code',
    values: divisions.map(codeOf),
    selection: 'grids { id name areaHectares manager { __typename id } }',
  });
  for (const division of divisions) division.grids = parts.get(codeOf(division))!.grids;
  const grids = divisions.flatMap((division) => division.grids as readonly Item[]);
  await Promise.all([joinManagers(client, grids), joinCases(client, grids)]);
  return data;
}

async function joinManagers(client: SubgraphClient, grids: readonly Item[]): Promise<void> {
  const managers = await client.entities({
    subgraph: 'staff',
    type: 'Person',
    key: 'id',
    values: grids.map(({ manager }) => idOf(manager)),
    selection: 'id name post phone',
  });
  for (const grid of grids) grid.manager = managers.get(idOf(grid.manager));
}

async function joinCases(client: SubgraphClient, grids: readonly Item[]): Promise<void> {
  const parts = await client.entities({
    subgraph: 'cases',
    type: 'Grid',
    key: 'id',
    values: grids.map(idOf),
    selection: `cases { ${WHOLE_CASE} category { __typename code } department { __typename id } }`,
  });
  for (const grid of grids) grid.cases = parts.get(idOf(grid))!.cases;
  const cases = grids.flatMap((grid) => grid.cases as readonly Item[]);
  const [categories, departments] = await Promise.all([
    client.entities({
      subgraph: 'catalogue',
      type: 'Category',
      key: 'code',
      values: cases.map(({ category }) => codeOf(category)),
      selection: 'code name kind hoursToClose',
    }),
    joinedDepartments(client, cases),
  ]);
  for (const each of cases) {
    each.category = categories.get(codeOf(each.category));
    each.department = departments.get(idOf(each.department));
  }
}

async function joinedDepartments(client: SubgraphClient, cases: readonly Item[]): Promise<ReadonlyMap<string, Item>> {
  const departments = await client.entities({
    subgraph: 'departments',
    type: 'Department',
    key: 'id',
    values: cases.map(({ department }) => idOf(department)),
    selection: 'id name phone leader { __typename id } division { __typename code }',
  });
  const all = [...departments.values()];
  const [leaders, divisions] = await Promise.all([
    client.entities({
      subgraph: 'staff',
      type: 'Person',
      key: 'id',
      values: all.map(({ leader }) => idOf(leader)),
      selection: 'id name post',
    }),
    client.entities({
      subgraph: 'divisions',
      type: 'Division',
      key: 'code',
      values: all.map(({ division }) => codeOf(division)),
      selection: 'code name',
    }),
  ]);
  for (const department of all) {
    department.leader = leaders.get(idOf(department.leader));
    department.division = divisions.get(codeOf(department.division));
  }
  return departments;
}
