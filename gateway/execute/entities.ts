/** An entity fetch: representations out of the tree, each routed by its key, asked for in batches, and written back. */
import { parse } from 'graphql';
import { inlineFragments } from '../kit/inline-fragments.ts';
import type { Answer } from '../model/answer.ts';
import type { Path } from '../model/errors.ts';
import type { EntityFetch } from '../model/plan.ts';
import type { Home } from '../model/supergraph.ts';
import type { Batch, FetchProgram } from './batch.ts';
import { compileBody } from './call-body.ts';
import type { Engine, Run } from './context.ts';
import { type Entity, firstPathOf } from './entity.ts';
import {
  type AskedLookup,
  askedLookups,
  firstPathIn,
  reportEntityProblems,
  reportMissingEntities,
} from './entity-problems.ts';
import { openShelf } from './known.ts';
import { mayGiveLongNumbers } from './long-numbers.ts';
import { compileLookups, type LookupProgram, settleEntities, writeEntity } from './lookup.ts';
import { type Server, serverOf } from './plain.ts';
import type { SharedPlaces } from './prune.ts';
import { foldRelayed } from './relayed.ts';
import { noPlatform, type Reporting } from './report.ts';
import { routeEntity } from './route-entity.ts';
import { isObject, renamedPath } from './tree.ts';

export interface EntityProgram {
  run(run: Run): Promise<void>;
}

/** `shared`: the places that other fetches write to, too. */
export function compileEntities(fetch: EntityFetch, home: Home, engine: Engine, shared: SharedPlaces): EntityProgram {
  const { lookups, query, hidden } = compileLookups(fetch, home, engine, shared);
  const program: FetchProgram = {
    subgraph: fetch.subgraph,
    lookups,
    shelfName: engine.reference.nameOf(query),
    variables: fetch.variables,
    writeBody: compileBody(query, fetch.variables, hidden),
    home,
    isRouted: home.kind === 'directory' && home.partition !== 'none',
    isExact: mayGiveLongNumbers(inlineFragments(parse(fetch.operation, { noLocation: true })), engine),
  };
  return {
    run: async (run) => {
      const entities = lookups.map(({ collect }) => collect(run.tree));
      const batches = createBatches(program, entities, run, engine);
      if (batches.length === 1) await callBatch(program, batches[0]!, run, engine);
      else await Promise.all(batches.map((batch) => callBatch(program, batch, run, engine)));
      if (program.isRouted) {
        for (const [i, lookup] of lookups.entries()) settleEntities(lookup, entities[i]!, run, engine);
      }
    },
  };
}

function createBatches(program: FetchProgram, entities: readonly Entity[][], run: Run, engine: Engine): Batch[] {
  const { lookups, home, subgraph, isRouted } = program;
  const open = new Map<string, Batch>();
  const full: Batch[] = [];
  const put = (server: Server, entity: Entity, i: number): void => {
    const key = server.target?.platform.id ?? server.url;
    let batch = open.get(key);
    if (!batch || batch.size >= engine.limits.entitiesPerCallMax) {
      if (batch) full.push(batch);
      batch = { server, entities: lookups.map(() => []), size: 0 };
      open.set(key, batch);
    }
    batch.entities[i]!.push(entity);
    batch.size++;
  };
  const only = isRouted ? undefined : serverOf(home, run, engine);
  entities.forEach((list, i) => {
    for (const entity of list) {
      const servers = isRouted ? routeEntity(lookups[i]!, entity, home, run, engine) : only && [only];
      if (servers === undefined) run.ledger.noPlatform(noPlatform(subgraph, firstPathOf(entity)));
      else for (const server of servers) put(server, entity, i);
    }
  });
  return [...full, ...open.values()];
}

/** Entities of reference data that is at hand are not asked for. */
async function callBatch(program: FetchProgram, batch: Batch, run: Run, engine: Engine): Promise<void> {
  const shelf = program.isRouted ? undefined : openShelf(program, batch.server, run, engine);
  const unknown = shelf ? shelf.take(batch) : batch;
  if (unknown.size === 0) return;
  const { subgraph, lookups, writeBody, isExact } = program;
  const { url, target } = unknown.server;
  const firstPath = (): Path => firstPathIn(askedLookups(lookups, unknown));
  const record = target && run.ledger.call(target, firstPath);
  const body = writeBody(
    run.rawVariables,
    lookups.map(({ plan }, i) => ({ name: plan.variable, items: unknown.entities[i]!.map(({ text }) => text) })),
  );
  const answer = await engine.steps.call({ url, target, subgraph, body, isMutation: false, isExact }, run);
  record?.took(answer.elapsedMs);
  if (answer.kind === 'answered') shelf?.keep(unknown, answer);
  else if (record && !answer.isDenied && shelf?.standIn(unknown)) return record.stale(answer.reason);
  const toPath = (path: Path): Path => placeOf(path, unknown, lookups) ?? firstPath();
  const told = answer.kind === 'missing' ? answer : foldRelayed(answer, { target, record, toPath }, run).answer;
  readBatch(program, unknown, told, { record, subgraph, run, engine });
}

/** A place in what was answered → the first place of its entity. */
function placeOf([key, index, ...below]: Path, batch: Batch, lookups: readonly LookupProgram[]): Path | undefined {
  const at = lookups.findIndex(({ plan }) => plan.responseKey === key);
  const entity = batch.entities[at]?.[Number(index)];
  return entity && [...firstPathOf(entity), ...renamedPath(below, lookups[at]!.plan.outputRewrites)];
}

function readBatch(program: FetchProgram, batch: Batch, answer: Answer, reporting: Reporting): void {
  const { lookups } = program;
  if (answer.kind === 'missing') {
    reportMissingEntities(answer, askedLookups(lookups, batch), reporting);
    return;
  }
  if (answer.problems.length > 0) reportEntityProblems(answer, askedLookups(lookups, batch), reporting);
  for (const [i, lookup] of lookups.entries()) {
    const entities = batch.entities[i]!;
    if (entities.length > 0) readLookup(program, { lookup, entities }, batch.server, answer, reporting);
  }
}

function readLookup(
  { isRouted }: FetchProgram,
  asked: AskedLookup,
  server: Server,
  answer: Extract<Answer, { kind: 'answered' }>,
  reporting: Reporting,
): void {
  const { lookup, entities } = asked;
  const { record, engine } = reporting;
  const values = answer.data[lookup.plan.responseKey];
  if (!Array.isArray(values) || values.length !== entities.length) {
    if (answer.problems.length === 0) reportMissingEntities(garbage(answer), [asked], reporting);
    return;
  }
  const unread: Entity[] = [];
  for (let i = 0; i < entities.length; i++) {
    const value: unknown = values[i];
    if (value !== null && !isObject(value)) unread.push(entities[i]!);
    if (isRouted) entities[i]!.shares.push({ target: server.target, record, value: isObject(value) ? value : null });
    else if (isObject(value)) writeEntity(lookup, entities[i]!, value, engine);
  }
  if (unread.length > 0) reportMissingEntities(garbage(answer), [{ lookup, entities: unread }], reporting);
}

function garbage({ elapsedMs }: Answer): Extract<Answer, { kind: 'missing' }> {
  const reason = 'the answer does not have one entry for each entity asked for';
  return { kind: 'missing', status: 'NONCONFORMING', code: 'PLATFORM_FAILED', reason, problems: [], elapsedMs };
}
