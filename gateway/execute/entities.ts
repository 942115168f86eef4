/** An entity fetch: representations out of the tree, each routed by its key, asked for in batches, and written back. */
import type { Answer, Problem } from '../model/answer.ts';
import type { Path } from '../model/errors.ts';
import type { EntityFetch } from '../model/plan.ts';
import type { Home } from '../model/supergraph.ts';
import type { Batch, FetchProgram } from './batch.ts';
import { compileBody } from './call-body.ts';
import type { Engine, Run } from './context.ts';
import { type Entity, firstPathOf, placesOf } from './entity.ts';
import { openShelf } from './known.ts';
import type { CallRecord } from './ledger-call.ts';
import { compileLookups, type LookupProgram, settleEntities, writeEntity } from './lookup.ts';
import { noPlatform, reportMissing, reportProblem, type Server, serverOf } from './plain.ts';
import { foldRelayed } from './relayed.ts';
import { routeEntity } from './route-entity.ts';
import { isObject, renamedPath } from './tree.ts';

export interface EntityProgram {
  run(run: Run): Promise<void>;
}

export function compileEntities(fetch: EntityFetch, home: Home, engine: Engine): EntityProgram {
  const { lookups, query, hidden } = compileLookups(fetch, home, engine);
  const program: FetchProgram = {
    subgraph: fetch.subgraph,
    lookups,
    shelfName: engine.reference.nameOf(query),
    variables: fetch.variables,
    writeBody: compileBody(query, fetch.variables, hidden),
    home,
    isRouted: home.kind === 'directory' && home.partition !== 'none',
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
  const { subgraph, lookups, writeBody } = program;
  const { url, target } = unknown.server;
  const record = target && run.ledger.call(target, () => firstPathIn(unknown, lookups));
  const body = writeBody(
    run.rawVariables,
    lookups.map(({ plan }, i) => ({ name: plan.variable, items: unknown.entities[i]!.map(({ text }) => text) })),
  );
  const answer = await engine.steps.call({ url, target, subgraph, body, isMutation: false }, run);
  record?.took(answer.elapsedMs);
  if (answer.kind === 'answered') shelf?.keep(unknown, answer);
  else if (record && !answer.isDenied && shelf?.standIn(unknown)) return record.stale(answer.reason);
  const toPath = (path: Path): Path => placeOf(path, unknown, lookups) ?? firstPathIn(unknown, lookups);
  const told = answer.kind === 'missing' ? answer : foldRelayed(answer, { target, record, toPath }, run).answer;
  readBatch(program, unknown, told, record, run, engine);
}

/** A place in what was answered → the first place of its entity. */
function placeOf([key, index, ...below]: Path, batch: Batch, lookups: readonly LookupProgram[]): Path | undefined {
  const at = lookups.findIndex(({ plan }) => plan.responseKey === key);
  const entity = batch.entities[at]?.[Number(index)];
  return entity && [...firstPathOf(entity), ...renamedPath(below, lookups[at]!.plan.outputRewrites)];
}

function readBatch(
  program: FetchProgram,
  batch: Batch,
  answer: Answer,
  record: CallRecord | undefined,
  run: Run,
  engine: Engine,
): void {
  const { lookups } = program;
  for (const [i, lookup] of lookups.entries()) {
    const entities = batch.entities[i]!;
    if (entities.length > 0)
      readLookup(program, lookup, entities, answer, { server: batch.server, record }, run, engine);
  }
  if (answer.kind === 'missing' || answer.problems.length === 0) return;
  const path = firstPathIn(batch, lookups);
  for (const problem of answer.problems) {
    const isForLookup = lookups.some((lookup, i) => batch.entities[i]!.length > 0 && isOf(lookup, problem));
    if (!isForLookup) reportProblem({ ...problem, path: undefined }, path, record, run);
  }
}

/** Where an answer came from. */
interface Source {
  readonly server: Server;
  readonly record: CallRecord | undefined;
}

function readLookup(
  { isRouted }: FetchProgram,
  lookup: LookupProgram,
  entities: readonly Entity[],
  answer: Answer,
  { server, record }: Source,
  run: Run,
  engine: Engine,
): void {
  if (answer.kind === 'missing') {
    for (const at of lanesOf(lookup, entities)) reportMissing(answer, at, record, run);
    return;
  }
  for (const problem of answer.problems) {
    if (!isOf(lookup, problem)) continue;
    const paths = pathsOf(problem, lookup, entities, record) ?? [[...firstPathOf(entities[0]!), ...lookup.soleField]];
    for (const at of paths) reportProblem(problem, at, record, run);
  }
  const values = answer.data[lookup.plan.responseKey];
  if (!Array.isArray(values) || values.length !== entities.length) {
    if (answer.problems.length > 0) return;
    for (const at of lanesOf(lookup, entities)) reportMissing(garbage(answer), at, record, run);
    return;
  }
  for (let i = 0; i < entities.length; i++) {
    const value: unknown = values[i];
    if (isRouted) entities[i]!.shares.push({ target: server.target, record, value: isObject(value) ? value : null });
    else if (isObject(value)) writeEntity(lookup, entities[i]!, value, engine);
  }
}

function isOf(lookup: LookupProgram, problem: Problem): boolean {
  return problem.path?.[0] === lookup.plan.responseKey;
}

/** Where the client sees the problem: at every place of its entity, of which a platform's fault names the first. */
function pathsOf(
  { path = [] }: Problem,
  { plan }: LookupProgram,
  entities: readonly Entity[],
  record: CallRecord | undefined,
): Path[] | undefined {
  const [, index, ...below] = path;
  const entity = entities[Number(index)];
  const places = entity && placesOf(entity);
  const within = renamedPath(below, plan.outputRewrites);
  return (record ? places?.slice(0, 1) : places)?.map((place) => [...place.path, ...within]);
}

function garbage(answer: Answer): Extract<Answer, { kind: 'missing' }> {
  const reason = 'the answer does not have one entry for each entity asked for';
  const { elapsedMs } = answer;
  return { kind: 'missing', status: 'NONCONFORMING', code: 'PLATFORM_FAILED', reason, problems: [], elapsedMs };
}

/** One place for each way that leads to the entities. */
function lanesOf(lookup: LookupProgram, entities: readonly Entity[]): Path[] {
  const lanes = new Map<number, Path>();
  for (const { lane, path } of entities.flatMap(placesOf)) if (!lanes.has(lane)) lanes.set(lane, path);
  return [...lanes.values()].map((path) => [...path, ...lookup.soleField]);
}

function firstPathIn(batch: Batch, lookups: readonly LookupProgram[]): Path {
  const i = batch.entities.findIndex((entities) => entities.length > 0);
  return [...firstPathOf(batch.entities[i]![0]!), ...lookups[i]!.soleField];
}
