/** Entities → batches: the entities of one call each. */

import type { Destination } from '../call/destination.ts';
import type { ExecutionEngine } from '../context.ts';
import type { Entity } from './collect-entities.ts';

/** The entities of one call. */
export interface Batch {
  readonly destination: Destination;
  /** For each lookup of the fetch. */
  readonly entities: readonly Entity[][];
  /** How many entities there are in all. */
  size: number;
}

/** Batches that fill up: at most `entitiesPerCallMax` entities each. */
export class Batches {
  readonly #full: Batch[] = [];
  readonly #open = new Map<string, Batch>();
  readonly #lookups: number;
  readonly #sizeMax: number;

  constructor(lookups: number, { limits }: ExecutionEngine) {
    this.#lookups = lookups;
    this.#sizeMax = limits.entitiesPerCallMax;
  }

  /** `lookup`: the index of the lookup that asks for the entity. */
  add(entity: Entity, lookup: number, destination: Destination): void {
    const key = destination.target?.platform.id ?? destination.url;
    let batch = this.#open.get(key);
    if (!batch || batch.size >= this.#sizeMax) {
      if (batch) this.#full.push(batch);
      batch = { destination, entities: Array.from({ length: this.#lookups }, () => []), size: 0 };
      this.#open.set(key, batch);
    }
    batch.entities[lookup]!.push(entity);
    batch.size++;
  }

  all(): Batch[] {
    return this.#full.length === 0 ? [...this.#open.values()] : [...this.#full, ...this.#open.values()];
  }
}
