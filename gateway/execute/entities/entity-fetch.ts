/** An entity fetch: representations out of the tree, each routed by its key, asked for in batches, and written back. */
import type { SubgraphAddress } from '@yiwang/schema';
import { parse } from 'graphql';
import { inlineFragments } from '../../kit/graphql/inline-fragments.ts';
import type { EntityFetch } from '../../model/plan.ts';
import type { SubgraphLocation } from '../../model/supergraph/supergraph-rules.ts';
import { callPlatforms } from '../call/call-platform.ts';
import { findDestination } from '../call/destination.ts';
import type { FetchCall } from '../call/fetch-call.ts';
import { mayReturnLongNumbers } from '../call/long-numbers.ts';
import { createNoPlatformError } from '../call/report-problems.ts';
import { compileRequestBody, type WriteRequestBody } from '../call/request-body.ts';
import type { ExecutionEngine, PlanStep, Run } from '../context.ts';
import type { SharedPaths } from '../tree/prune.ts';
import { type Batch, Batches } from './batches.ts';
import { type CachedEntities, compileCachedEntities } from './cached-entities.ts';
import { type Entity, firstPathOf } from './collect-entities.ts';
import { createEntityReader } from './entity-reader.ts';
import { compileLookups, type LookupProgram } from './lookup.ts';
import { mergeEntities } from './merge-entities.ts';
import { routeEntity } from './route-entity.ts';

/** What stays the same from run to run of one fetch. */
interface EntityFetchProgram {
  readonly subgraph: string;
  readonly location: SubgraphLocation;
  readonly lookups: readonly LookupProgram[];
  readonly writeBody: WriteRequestBody;
  /** True if the answer may have numbers that a double cannot hold. */
  readonly isExact: boolean;
  /** Undefined if each entity is routed by its own key: reference data has one server. */
  readonly cached: CachedEntities | undefined;
}

/** `shared`: the paths that other fetches write to, too. */
export function compileEntityFetch(
  fetch: EntityFetch,
  location: SubgraphLocation,
  engine: ExecutionEngine,
  shared: SharedPaths,
): PlanStep {
  const { lookups, query, hidden } = compileLookups(fetch, location, engine, shared);
  const { subgraph, variables } = fetch;
  const partitioned = location.kind === 'directory' && location.partition !== 'none' ? location : undefined;
  const isRouted = partitioned !== undefined;
  const queryDigest = engine.referenceCache.queryDigest(query);
  const program: EntityFetchProgram = {
    subgraph,
    location,
    lookups,
    writeBody: compileRequestBody(query, variables, hidden),
    isExact: mayReturnLongNumbers(inlineFragments(parse(fetch.operation, { noLocation: true })), engine),
    cached: isRouted ? undefined : compileCachedEntities({ lookups, queryDigest, variables }, engine),
  };
  const reader = createEntityReader({ lookups, cached: program.cached, isRouted }, engine);
  return async (run) => {
    const entities = lookups.map(({ collect }) => collect(run.tree));
    const batches = partitioned
      ? createRoutedBatches(lookups, entities, partitioned, run, engine)
      : createBatches(program, entities, run, engine);
    await callPlatforms(openCalls(program, batches, run), reader, engine);
    if (!isRouted) return;
    for (const [i, lookup] of lookups.entries()) mergeEntities(lookup, entities[i]!, run, engine);
  };
}

/** All entities go to the one server. */
function createBatches(
  { lookups, location, subgraph }: EntityFetchProgram,
  entities: readonly Entity[][],
  run: Run,
  engine: ExecutionEngine,
): Batch[] {
  const destination = findDestination(location, run, engine);
  if (destination) {
    let size = 0;
    for (const list of entities) size += list.length;
    if (size === 0) return [];
    if (size <= engine.limits.entitiesPerCallMax) return [{ destination, entities, size }];
  }
  const batches = new Batches(lookups.length, engine);
  for (const [i, list] of entities.entries()) {
    for (const entity of list) {
      if (destination) batches.add(entity, i, destination);
      else run.collector.addNoPlatform(createNoPlatformError(subgraph, firstPathOf(entity)));
    }
  }
  return batches.all();
}

function createRoutedBatches(
  lookups: readonly LookupProgram[],
  entities: readonly Entity[][],
  address: SubgraphAddress,
  run: Run,
  engine: ExecutionEngine,
): Batch[] {
  const batches = new Batches(lookups.length, engine);
  for (const [i, list] of entities.entries()) {
    for (const entity of list) {
      const destinations = routeEntity(lookups[i]!, entity, address, run, engine);
      entity.asked = destinations.length;
      for (const destination of destinations) batches.add(entity, i, destination);
    }
  }
  return batches.all();
}

/** Entities of reference data that is cached are not asked for. */
function openCalls(program: EntityFetchProgram, batches: readonly Batch[], run: Run): FetchCall<Batch>[] {
  const { subgraph, lookups, writeBody, isExact, cached } = program;
  const calls: FetchCall<Batch>[] = [];
  for (const batch of batches) {
    const part = cached ? cached.readFresh(batch, run) : batch;
    if (part.size === 0) continue;
    const representations = lookups.map(({ plan }, i) => ({
      name: plan.variable,
      items: part.entities[i]!.map(({ text }) => text),
    }));
    calls.push({
      url: part.destination.url,
      target: part.destination.target,
      subgraph,
      body: writeBody(run.rawVariables, representations),
      isMutation: false,
      isExact,
      run,
      part,
      record: undefined,
    });
  }
  return calls;
}
