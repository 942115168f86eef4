/** Which generation is served, and those before it on their way out: each is closed when its last operation has left. */
import type { Generation } from './generation.ts';
import type { Stay } from './http/index.ts';

export interface Generations {
  readonly served: Generation;
  /** How many that are not served any more have operations at work. */
  readonly draining: number;
  /** Lets an operation into the one that is served. */
  enter(): Stay;
  /**
   * Serves this one from here on. Waits first where as many as may be are draining already. Those at work in the one before have
   * `drainMs` to leave.
   */
  replace(next: Generation): Promise<void>;
  /** Closes the one that is served, too. */
  stop(): Promise<void>;
}

export interface GenerationsOptions {
  /** Milliseconds after which a generation is closed, whoever is at work in it. */
  readonly drainMs: number;
  readonly drainingMax: number;
  /** Told who is left whenever one comes or goes: the one that is served, and those that drain. */
  readonly onChange: (left: readonly Generation[]) => void;
}

interface Place {
  readonly generation: Generation;
  atWork: number;
  /** Set when it is not served any more: settles it as empty. */
  onEmpty: (() => void) | undefined;
}

export function createGenerations(first: Generation, options: GenerationsOptions): Generations {
  let current = placeOf(first);
  const draining = new Map<Place, Promise<void>>();
  const left = () => [...draining.keys(), current].map((place) => place.generation);
  first.serve();
  options.onChange(left());

  const close = async ({ generation }: Place): Promise<void> => {
    options.onChange(left());
    if (left().every(({ loaded }) => loaded !== generation.loaded)) await generation.loaded.close();
  };
  const drain = (place: Place): void => {
    const closed = untilEmpty(place, options.drainMs).then(() => {
      draining.delete(place);
      return close(place);
    });
    draining.set(place, closed);
  };
  return {
    get served() {
      return current.generation;
    },
    get draining() {
      return draining.size;
    },
    enter() {
      const place = current;
      place.atWork++;
      return {
        graph: place.generation.loaded.graph,
        leave() {
          place.atWork--;
          if (place.atWork === 0) place.onEmpty?.();
        },
      };
    },
    async replace(next) {
      while (draining.size >= options.drainingMax) await Promise.race(draining.values());
      const before = current;
      current = placeOf(next);
      next.serve();
      drain(before);
      options.onChange(left());
    },
    async stop() {
      await Promise.all(draining.values());
      await current.generation.loaded.close();
    },
  };
}

function placeOf(generation: Generation): Place {
  return { generation, atWork: 0, onEmpty: undefined };
}

function untilEmpty(place: Place, withinMs: number): Promise<void> {
  if (place.atWork === 0) return Promise.resolve();
  return new Promise((resolve) => {
    const overdue = setTimeout(resolve, withinMs);
    overdue.unref();
    place.onEmpty = () => {
      clearTimeout(overdue);
      resolve();
    };
  });
}
