/** A batch of entities and the reference cache → the entities that still have to be asked for. */
import type { PresentAnswer } from '../call/fetch-call.ts';
import { claimEntities } from '../claims/claim-entities.ts';
import type { Claims } from '../claims/claims.ts';
import type { ExecutionEngine, Run } from '../context.ts';
import { type CacheBucket, readEntry } from '../reference-cache.ts';
import type { Batch } from './batches.ts';
import type { LookupProgram } from './lookup.ts';

/** The reference data of one fetch, as a run's caller may see it. */
export interface CachedEntities {
  /** Writes the entities that are cached and fresh; returns the batch of the others. */
  readFresh(batch: Batch, run: Run): Batch;
  /** Caches an answer that is reference data and has no problem. */
  store(batch: Batch, answer: PresentAnswer, run: Run): void;
  /**
   * Writes the entities however old they are, if all of them are cached; otherwise returns false. For a platform that
   * is away: if it denies its answer to this caller, data for other callers may not be shown.
   */
  readStale(batch: Batch, run: Run): boolean;
}

export interface CachedFetch {
  readonly lookups: readonly LookupProgram[];
  /** Stands for the query in cache keys. */
  readonly queryDigest: string;
  /** The client's variables that the query uses. */
  readonly variables: readonly string[];
}

export function compileCachedEntities(
  { lookups, queryDigest, variables }: CachedFetch,
  engine: ExecutionEngine,
): CachedEntities {
  const { referenceCache: cache } = engine;
  const cacheKeyOf = ({ operation, rawVariables }: Run): string => {
    const { view, rights } = operation;
    // A variable without a value is not one that is null: the first leaves it to the platform.
    const values = variables.map((name) => JSON.stringify(rawVariables[name])).join();
    return `${queryDigest} ${view.name} ${rights.classes.join()} ${rights.unmasked} ${values}`;
  };
  const find = ({ destination }: Batch, run: Run): CacheBucket | undefined =>
    cache.knowsVersionOf(destination.url) ? cache.find(destination.url, cacheKeyOf(run)) : undefined;
  const writeCached = (batch: Batch, bucket: CacheBucket, run: Run): Batch => {
    if (engine.isStandard) run.collector.addCached(new CachedBatch(lookups, batch, engine));
    let size = 0;
    const entities = batch.entities.map((list, i) => {
      const lookup = lookups[i]!;
      const isRewritten = lookup.plan.outputRewrites.length > 0;
      const missing = list.filter((entity) => {
        const entry = bucket.entries.get(entryKey(i, entity.text));
        if (!entry) return true;
        const value = readEntry(entry, isRewritten);
        if (value) lookup.write(entity, value);
        return false;
      });
      size += missing.length;
      return missing;
    });
    return { destination: batch.destination, entities, size };
  };
  return {
    readFresh(batch, run) {
      const bucket = find(batch, run);
      return bucket && cache.isFresh(bucket) ? writeCached(batch, bucket, run) : batch;
    },
    store(batch, { reference, problems, data, sentAt }, run) {
      if (reference === undefined || problems.length > 0) return;
      const entities = lookups.flatMap(({ plan }, i) => {
        const values = data[plan.responseKey];
        const list = batch.entities[i]!;
        if (!Array.isArray(values) || values.length !== list.length) return [];
        return list.map(({ text }, at) => ({ text: entryKey(i, text), value: values[at] }));
      });
      cache.store(batch.destination.url, cacheKeyOf(run), { version: reference, sentAt, entities });
    },
    readStale(batch, run) {
      const bucket = find(batch, run);
      if (!bucket || !cache.isUsable(bucket)) return false;
      const hasAll = batch.entities.every((list, i) => list.every(({ text }) => bucket.entries.has(entryKey(i, text))));
      if (hasAll) writeCached(batch, bucket, run);
      return hasAll;
    },
  };
}

/** What the cache gave was given by the platform of the batch. */
class CachedBatch {
  readonly #lookups: readonly LookupProgram[];
  readonly #batch: Batch;
  readonly #engine: ExecutionEngine;

  constructor(lookups: readonly LookupProgram[], batch: Batch, engine: ExecutionEngine) {
    this.#lookups = lookups;
    this.#batch = batch;
    this.#engine = engine;
  }

  addClaims(claims: Claims): void {
    const platform = this.#batch.destination.target?.platform.id;
    if (platform === undefined) return;
    const giver = { platform, giverOf: () => platform };
    claimEntities(claims, { lookups: this.#lookups, entities: this.#batch.entities, giver }, this.#engine.rules);
  }
}

/** Two lookups of one fetch may ask for different fields of the same entity. */
function entryKey(lookup: number, text: string): string {
  return lookup === 0 ? text : `${lookup}${text}`;
}
