/** A batch of entities and what is kept of reference data → the entities that still have to be asked for. */
import type { Answer } from '../model/answer.ts';
import type { Batch, FetchProgram } from './batch.ts';
import type { Engine, Run } from './context.ts';
import { writeEntity } from './lookup.ts';
import type { Server } from './plain.ts';
import { readEntry, type Shelf } from './reference.ts';

/** The reference data of one fetch, as this caller may see it. */
export interface OpenShelf {
  /** Writes what is known and fresh; the rest is returned. */
  take(batch: Batch): Batch;
  /** Keeps what came, if it is reference data and nothing is wrong with it. */
  keep(batch: Batch, answer: Extract<Answer, { kind: 'answered' }>): void;
  /**
   * Writes what is known, however old, if that is all of it; false where something is not known. For a platform that is away: where
   * it denies its answer to this caller, what others were given says nothing of what this one may see.
   */
  standIn(batch: Batch): boolean;
}

export function openShelf(
  program: FetchProgram,
  { url }: Server,
  { asked, rawVariables }: Run,
  engine: Engine,
): OpenShelf {
  const { lookups, shelfName, variables } = program;
  const { view, rights } = asked;
  // A variable without a value is not one that is null: the first leaves it to the platform.
  const given = variables.map((name) => JSON.stringify(rawVariables[name])).join();
  const key = `${shelfName} ${view.name} ${rights.classes.join()} ${rights.unmasked} ${given}`;
  const cache = engine.reference;

  const writeKnown = (batch: Batch, shelf: Shelf): Batch => {
    let size = 0;
    const entities = batch.entities.map((list, i) => {
      const lookup = lookups[i]!;
      const isRewritten = lookup.plan.outputRewrites.length > 0;
      const unknown = list.filter((entity) => {
        const entry = shelf.entries.get(entryKey(i, entity.text));
        if (!entry) return true;
        const value = readEntry(entry, isRewritten);
        if (value) writeEntity(lookup, entity, value, engine);
        return false;
      });
      size += unknown.length;
      return unknown;
    });
    return { server: batch.server, entities, size };
  };
  return {
    take(batch) {
      const shelf = cache.find(url, key);
      return shelf && cache.isFresh(shelf) ? writeKnown(batch, shelf) : batch;
    },
    keep(batch, { reference, problems, data, sentAt }) {
      if (reference === undefined || problems.length > 0) return;
      const entities = lookups.flatMap(({ plan }, i) => {
        const values = data[plan.responseKey];
        const list = batch.entities[i]!;
        if (!Array.isArray(values) || values.length !== list.length) return [];
        return list.map(({ text }, at) => ({ text: entryKey(i, text), value: values[at] }));
      });
      cache.keep(url, key, { version: reference, sentAt, entities });
    },
    standIn(batch) {
      const shelf = cache.find(url, key);
      if (!shelf || !cache.isUsable(shelf)) return false;
      const isKnown = batch.entities.every((list, i) => list.every(({ text }) => shelf.entries.has(entryKey(i, text))));
      if (!isKnown) return false;
      writeKnown(batch, shelf);
      return true;
    },
  };
}

/** The lookups of one fetch ask for different fields of what may be the same entities. */
function entryKey(lookup: number, text: string): string {
  return lookup === 0 ? text : `${lookup}${text}`;
}
