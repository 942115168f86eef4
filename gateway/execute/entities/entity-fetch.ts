/** An entity fetch: representations out of the tree, each routed by its key, asked for in batches, and written back. */
import { parse } from 'graphql';
import { inlineFragments } from '../../kit/graphql/inline-fragments.ts';
import type { Path } from '../../model/errors.ts';
import type { EntityFetch } from '../../model/plan.ts';
import type { PlatformAnswer } from '../../model/platform-answer.ts';
import type { SubgraphLocation } from '../../model/supergraph.ts';
import { mayReturnLongNumbers } from '../call/long-numbers.ts';
import { mergeRelayCoverage } from '../call/merge-relay-coverage.ts';
import { createNoPlatformError, type Reporting } from '../call/report-problems.ts';
import { compileRequestBody } from '../call/request-body.ts';
import type { ExecutionEngine, Run } from '../context.ts';
import { type Destination, findDestination } from '../single/single-server-fetch.ts';
import type { SharedPaths } from '../tree/prune.ts';
import { isObject, renamePath } from '../tree/tree.ts';
import type { Batch, EntityFetchProgram } from './batch.ts';
import { openCachedEntities } from './cached-entities.ts';
import { type Entity, firstPathOf } from './collect-entities.ts';
import {
  firstPathIn,
  type LookupBatch,
  reportEntityProblems,
  reportMissingEntities,
  toLookupBatches,
} from './entity-problems.ts';
import { compileLookups, type LookupProgram, mergeEntities, writeEntity } from './lookup.ts';
import { routeEntity } from './route-entity.ts';

export interface EntityStep {
  run(run: Run): Promise<void>;
}

/** `shared`: the places that other fetches write to, too. */
export function compileEntityFetch(
  fetch: EntityFetch,
  home: SubgraphLocation,
  engine: ExecutionEngine,
  shared: SharedPaths,
): EntityStep {
  const { lookups, query, hidden } = compileLookups(fetch, home, engine, shared);
  const program: EntityFetchProgram = {
    subgraph: fetch.subgraph,
    lookups,
    queryDigest: engine.referenceCache.queryDigest(query),
    variables: fetch.variables,
    writeBody: compileRequestBody(query, fetch.variables, hidden),
    home,
    isRouted: home.kind === 'directory' && home.partition !== 'none',
    isExact: mayReturnLongNumbers(inlineFragments(parse(fetch.operation, { noLocation: true })), engine),
  };
  return {
    run: async (run) => {
      const entities = lookups.map(({ collect }) => collect(run.tree));
      const batches = createBatches(program, entities, run, engine);
      if (batches.length === 1) await callBatch(program, batches[0]!, run, engine);
      else await Promise.all(batches.map((batch) => callBatch(program, batch, run, engine)));
      if (program.isRouted) {
        for (const [i, lookup] of lookups.entries()) mergeEntities(lookup, entities[i]!, run, engine);
      }
    },
  };
}

function createBatches(
  program: EntityFetchProgram,
  entities: readonly Entity[][],
  run: Run,
  engine: ExecutionEngine,
): Batch[] {
  const { lookups, home, subgraph, isRouted } = program;
  const open = new Map<string, Batch>();
  const full: Batch[] = [];
  const put = (destination: Destination, entity: Entity, i: number): void => {
    const key = destination.target?.platform.id ?? destination.url;
    let batch = open.get(key);
    if (!batch || batch.size >= engine.limits.entitiesPerCallMax) {
      if (batch) full.push(batch);
      batch = { destination, entities: lookups.map(() => []), size: 0 };
      open.set(key, batch);
    }
    batch.entities[i]!.push(entity);
    batch.size++;
  };
  const soleDestination = isRouted ? undefined : findDestination(home, run, engine);
  entities.forEach((list, i) => {
    for (const entity of list) {
      const destinations = isRouted
        ? routeEntity(lookups[i]!, entity, home, run, engine)
        : soleDestination && [soleDestination];
      if (destinations === undefined) run.ledger.addNoPlatform(createNoPlatformError(subgraph, firstPathOf(entity)));
      else for (const destination of destinations) put(destination, entity, i);
    }
  });
  return [...full, ...open.values()];
}

/** Entities of reference data that is at hand are not asked for. */
async function callBatch(program: EntityFetchProgram, batch: Batch, run: Run, engine: ExecutionEngine): Promise<void> {
  const cached = program.isRouted ? undefined : openCachedEntities(program, batch.destination, run, engine);
  const unknown = cached ? cached.readFresh(batch) : batch;
  if (unknown.size === 0) return;
  const { subgraph, lookups, writeBody, isExact } = program;
  const { url, target } = unknown.destination;
  const firstPath = (): Path => firstPathIn(toLookupBatches(lookups, unknown));
  const record = target && run.ledger.call(target, firstPath);
  const body = writeBody(
    run.rawVariables,
    lookups.map(({ plan }, i) => ({ name: plan.variable, items: unknown.entities[i]!.map(({ text }) => text) })),
  );
  const answer = await engine.steps.call({ url, target, subgraph, body, isMutation: false, isExact }, run);
  record?.addElapsed(answer.elapsedMs);
  if (answer.kind === 'answered') cached?.store(unknown, answer);
  else if (record && !answer.isDenied && cached?.readStale(unknown)) return record.markStale(answer.reason);
  const toPath = (path: Path): Path => toClientPath(path, unknown, lookups) ?? firstPath();
  const ownAnswer =
    answer.kind === 'missing' ? answer : mergeRelayCoverage(answer, { target, record, toPath }, run).answer;
  readBatch(program, unknown, ownAnswer, { record, subgraph, run, engine });
}

/** A place in what was answered → the first place of its entity. */
function toClientPath([key, index, ...below]: Path, batch: Batch, lookups: readonly LookupProgram[]): Path | undefined {
  const at = lookups.findIndex(({ plan }) => plan.responseKey === key);
  const entity = batch.entities[at]?.[Number(index)];
  return entity && [...firstPathOf(entity), ...renamePath(below, lookups[at]!.plan.outputRewrites)];
}

function readBatch(program: EntityFetchProgram, batch: Batch, answer: PlatformAnswer, reporting: Reporting): void {
  const { lookups } = program;
  if (answer.kind === 'missing') {
    reportMissingEntities(answer, toLookupBatches(lookups, batch), reporting);
    return;
  }
  if (answer.problems.length > 0) reportEntityProblems(answer, toLookupBatches(lookups, batch), reporting);
  for (const [i, lookup] of lookups.entries()) {
    const entities = batch.entities[i]!;
    if (entities.length > 0) readLookup(program, { lookup, entities }, batch.destination, answer, reporting);
  }
}

function readLookup(
  { isRouted }: EntityFetchProgram,
  lookupBatch: LookupBatch,
  server: Destination,
  answer: Extract<PlatformAnswer, { kind: 'answered' }>,
  reporting: Reporting,
): void {
  const { lookup, entities } = lookupBatch;
  const { record, engine } = reporting;
  const values = answer.data[lookup.plan.responseKey];
  if (!Array.isArray(values) || values.length !== entities.length) {
    if (answer.problems.length === 0) reportMissingEntities(createMalformedAnswer(answer), [lookupBatch], reporting);
    return;
  }
  const unread: Entity[] = [];
  for (let i = 0; i < entities.length; i++) {
    const value: unknown = values[i];
    if (value !== null && !isObject(value)) unread.push(entities[i]!);
    if (isRouted) entities[i]!.results.push({ target: server.target, record, value: isObject(value) ? value : null });
    else if (isObject(value)) writeEntity(lookup, entities[i]!, value, engine);
  }
  if (unread.length > 0)
    reportMissingEntities(createMalformedAnswer(answer), [{ lookup, entities: unread }], reporting);
}

function createMalformedAnswer({ elapsedMs }: PlatformAnswer): Extract<PlatformAnswer, { kind: 'missing' }> {
  const reason = 'the answer does not have one entry for each entity asked for';
  return { kind: 'missing', status: 'NONCONFORMING', code: 'PLATFORM_FAILED', reason, problems: [], elapsedMs };
}
