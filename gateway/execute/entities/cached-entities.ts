/** A batch of entities and what is kept of reference data → the entities that still have to be asked for. */
import type { PlatformAnswer } from '../../model/platform-answer.ts';
import type { ExecutionEngine, Run } from '../context.ts';
import { type CacheBucket, readEntry } from '../reference-cache.ts';
import type { Destination } from '../single/single-server-fetch.ts';
import type { Batch, EntityFetchProgram } from './batch.ts';
import { writeEntity } from './lookup.ts';

/** The reference data of one fetch, as this caller may see it. */
export interface CachedEntities {
  /** Writes what is known and fresh; the rest is returned. */
  readFresh(batch: Batch): Batch;
  /** Keeps what came, if it is reference data and nothing is wrong with it. */
  store(batch: Batch, answer: Extract<PlatformAnswer, { kind: 'answered' }>): void;
  /**
   * Writes what is known, however old, if that is all of it; false where something is not known. For a platform that is away: where
   * it denies its answer to this caller, what others were given says nothing of what this one may see.
   */
  readStale(batch: Batch): boolean;
}

export function openCachedEntities(
  program: EntityFetchProgram,
  { url }: Destination,
  { asked, rawVariables }: Run,
  engine: ExecutionEngine,
): CachedEntities {
  const { lookups, queryDigest, variables } = program;
  const { view, rights } = asked;
  // A variable without a value is not one that is null: the first leaves it to the platform.
  const variablesText = variables.map((name) => JSON.stringify(rawVariables[name])).join();
  const key = `${queryDigest} ${view.name} ${rights.classes.join()} ${rights.unmasked} ${variablesText}`;
  const cache = engine.referenceCache;

  const writeCached = (batch: Batch, bucket: CacheBucket): Batch => {
    let size = 0;
    const entities = batch.entities.map((list, i) => {
      const lookup = lookups[i]!;
      const isRewritten = lookup.plan.outputRewrites.length > 0;
      const missing = list.filter((entity) => {
        const entry = bucket.entries.get(entryKey(i, entity.text));
        if (!entry) return true;
        const value = readEntry(entry, isRewritten);
        if (value) writeEntity(lookup, entity, value, engine);
        return false;
      });
      size += missing.length;
      return missing;
    });
    return { destination: batch.destination, entities, size };
  };
  return {
    readFresh(batch) {
      const bucket = cache.find(url, key);
      return bucket && cache.isFresh(bucket) ? writeCached(batch, bucket) : batch;
    },
    store(batch, { reference, problems, data, sentAt }) {
      if (reference === undefined || problems.length > 0) return;
      const entities = lookups.flatMap(({ plan }, i) => {
        const values = data[plan.responseKey];
        const list = batch.entities[i]!;
        if (!Array.isArray(values) || values.length !== list.length) return [];
        return list.map(({ text }, at) => ({ text: entryKey(i, text), value: values[at] }));
      });
      cache.store(url, key, { version: reference, sentAt, entities });
    },
    readStale(batch) {
      const bucket = cache.find(url, key);
      if (!bucket || !cache.isUsable(bucket)) return false;
      const hasAll = batch.entities.every((list, i) => list.every(({ text }) => bucket.entries.has(entryKey(i, text))));
      if (!hasAll) return false;
      writeCached(batch, bucket);
      return true;
    },
  };
}

/** The lookups of one fetch ask for different fields of what may be the same entities. */
function entryKey(lookup: number, text: string): string {
  return lookup === 0 ? text : `${lookup}${text}`;
}
