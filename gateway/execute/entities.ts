/** An entity fetch: representations out of the tree, each routed by its key, asked for in batches, and written back. */
import type { Answer, Problem } from '../model/answer.ts';
import type { Path } from '../model/errors.ts';
import type { EntityFetch } from '../model/plan.ts';
import type { Home } from '../model/supergraph.ts';
import { bodyOf } from './call-body.ts';
import type { Engine, PlatformCall, Run } from './context.ts';
import { collectEntities, type Entity } from './entity.ts';
import type { CallRecord } from './ledger.ts';
import { compileLookups, type LookupProgram, settleEntities } from './lookup.ts';
import { noPlatform, reportMissing, reportProblem, type Server } from './plain.ts';
import { foldRelayed } from './relayed.ts';
import { routeEntity } from './route-entity.ts';
import { isObject, renamedPath } from './tree.ts';

export interface EntityProgram {
  run(run: Run): Promise<void>;
}

/** The entities of one call, for each lookup of the fetch. */
interface Batch {
  readonly server: Server;
  readonly entities: readonly Entity[][];
}

export function compileEntities(fetch: EntityFetch, home: Home, engine: Engine): EntityProgram {
  const { lookups, query, hidden } = compileLookups(fetch, home, engine);
  return {
    run: async (run) => {
      const entities = lookups.map((lookup) => collectEntities(lookup.plan, run.tree, engine.isType));
      const batches = createBatches(lookups, entities, home, fetch.subgraph, run, engine);
      await Promise.all(
        batches.map(async (batch) => {
          const variables: Record<string, unknown> = {};
          for (const name of fetch.variables) variables[name] = run.rawVariables[name];
          for (const name of hidden) variables[name] = null;
          lookups.forEach((lookup, i) => {
            variables[lookup.plan.variable] = batch.entities[i]!.map(({ representation }) => representation);
          });
          const { url, target } = batch.server;
          await callBatch(
            { url, target, subgraph: fetch.subgraph, body: bodyOf(query, variables) },
            lookups,
            batch,
            run,
            engine,
          );
        }),
      );
      lookups.forEach((lookup, i) => {
        settleEntities(lookup, entities[i]!, run, engine);
      });
    },
  };
}

function createBatches(
  lookups: readonly LookupProgram[],
  entities: readonly Entity[][],
  home: Home,
  subgraph: string,
  run: Run,
  engine: Engine,
): Batch[] {
  const open = new Map<string, { server: Server; entities: Entity[][]; size: number }>();
  const full: Batch[] = [];
  entities.forEach((list, i) => {
    for (const entity of list) {
      const servers = routeEntity(lookups[i]!, entity, home, run, engine);
      if (servers === undefined) run.ledger.error(noPlatform(subgraph, entity.places[0]!.path));
      for (const server of servers ?? []) {
        const key = server.target?.platform.id ?? server.url;
        let batch = open.get(key);
        if (!batch || batch.size >= engine.limits.entitiesPerCallMax) {
          if (batch) full.push(batch);
          batch = { server, entities: lookups.map(() => []), size: 0 };
          open.set(key, batch);
        }
        batch.entities[i]!.push(entity);
        batch.size++;
      }
    }
  });
  return [...full, ...open.values()];
}

async function callBatch(
  call: PlatformCall,
  lookups: readonly LookupProgram[],
  batch: Batch,
  run: Run,
  engine: Engine,
): Promise<void> {
  const asked = lookups.filter((_, i) => batch.entities[i]!.length > 0);
  const record = call.target && run.ledger.call(call.target, pathOf(asked[0]!, batch, lookups));
  const answer = await engine.steps.call(call, run);
  record?.took(answer.elapsedMs);
  const toPath = (path: Path): Path => {
    const lookup = asked.find(({ plan }) => plan.responseKey === path[0]) ?? asked[0]!;
    return placeOf(path, lookup, batch.entities[lookups.indexOf(lookup)]!) ?? pathOf(lookup, batch, lookups);
  };
  const told =
    answer.kind === 'missing' ? [] : foldRelayed(answer, { target: call.target, record, toPath }, run).problems;
  for (const lookup of asked) {
    const entities = batch.entities[lookups.indexOf(lookup)]!;
    const path = pathOf(lookup, batch, lookups);
    if (answer.kind === 'missing') {
      for (const at of lanesOf(lookup, entities)) reportMissing(answer, at, record, run);
      continue;
    }
    const values = answer.data[lookup.plan.responseKey];
    const problems = told.filter((problem) => isOf(lookup, problem));
    for (const problem of problems) {
      for (const at of pathsOf(problem, lookup, entities, record) ?? [path]) reportProblem(problem, at, record, run);
    }
    if (!Array.isArray(values) || values.length !== entities.length) {
      if (answer.problems.length > 0) continue;
      for (const at of lanesOf(lookup, entities)) reportMissing(garbage(answer), at, record, run);
      continue;
    }
    entities.forEach((entity, i) => {
      const value: unknown = values[i];
      entity.shares.push({ target: call.target, record, value: isObject(value) ? value : null });
    });
  }
  for (const problem of told) {
    if (asked.some((lookup) => isOf(lookup, problem))) continue;
    reportProblem({ ...problem, path: undefined }, pathOf(asked[0]!, batch, lookups), record, run);
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
  const places = entities[Number(index)]?.places;
  const within = renamedPath(below, plan.outputRewrites);
  return (record ? places?.slice(0, 1) : places)?.map((place) => [...place.path, ...within]);
}

/** A place in what was answered → the first place of its entity. */
function placeOf([, index, ...below]: Path, { plan }: LookupProgram, entities: readonly Entity[]): Path | undefined {
  const place = entities[Number(index)]?.places[0];
  return place && [...place.path, ...renamedPath(below, plan.outputRewrites)];
}

function garbage(answer: Answer): Extract<Answer, { kind: 'missing' }> {
  const reason = 'the answer does not have one entry for each entity asked for';
  const { elapsedMs } = answer;
  return { kind: 'missing', status: 'NONCONFORMING', code: 'PLATFORM_FAILED', reason, problems: [], elapsedMs };
}

/** One place for each way that leads to the entities. */
function lanesOf(lookup: LookupProgram, entities: readonly Entity[]): Path[] {
  const lanes = new Map<number, Path>();
  for (const { lane, path } of entities.flatMap(({ places }) => places)) if (!lanes.has(lane)) lanes.set(lane, path);
  return [...lanes.values()].map((path) => [...path, ...lookup.soleField]);
}

function pathOf(lookup: LookupProgram, batch: Batch, lookups: readonly LookupProgram[]): readonly (string | number)[] {
  const place = batch.entities[lookups.indexOf(lookup)]?.[0]?.places[0];
  return [...(place?.path ?? []), ...lookup.soleField];
}
