/** Which generation is served, and those before it on their way out: each is closed when its last operation has left. */

import type { SchemaLease } from '../../http/index.ts';
import type { SchemaVersion } from './load-version.ts';

export interface SchemaVersions {
  readonly served: SchemaVersion;
  /** How many that are not served any more have operations at work. */
  readonly draining: number;
  /** Lets an operation into the one that is served. */
  acquire(): SchemaLease;
  /**
   * Serves this one from here on. Waits first where as many as may be are draining already. Those at work in the one before have
   * `drainMs` to leave.
   */
  replace(next: SchemaVersion): Promise<void>;
  /** Closes the one that is served, too. */
  stop(): Promise<void>;
}

export interface SchemaVersionsOptions {
  /** Milliseconds after which a generation is closed, whoever is at work in it. */
  readonly drainMs: number;
  readonly drainingMax: number;
  /** Told who is left whenever one comes or goes: the one that is served, and those that drain. */
  readonly onChange: (left: readonly SchemaVersion[]) => void;
}

interface ActiveVersion {
  readonly version: SchemaVersion;
  inFlight: number;
  /** Set when it is not served any more: settles it as empty. */
  onEmpty: (() => void) | undefined;
}

export function createSchemaVersions(first: SchemaVersion, options: SchemaVersionsOptions): SchemaVersions {
  let current = trackVersion(first);
  const draining = new Map<ActiveVersion, Promise<void>>();
  const remaining = () => [...draining.keys(), current].map((active) => active.version);
  first.serve();
  options.onChange(remaining());

  const close = async ({ version }: ActiveVersion): Promise<void> => {
    options.onChange(remaining());
    if (remaining().every(({ loaded }) => loaded !== version.loaded)) await version.loaded.close();
  };
  const drain = (active: ActiveVersion): void => {
    const closed = awaitEmpty(active, options.drainMs).then(() => {
      draining.delete(active);
      return close(active);
    });
    draining.set(active, closed);
  };
  return {
    get served() {
      return current.version;
    },
    get draining() {
      return draining.size;
    },
    acquire() {
      const active = current;
      active.inFlight++;
      return {
        server: active.version.loaded.server,
        release() {
          active.inFlight--;
          if (active.inFlight === 0) active.onEmpty?.();
        },
      };
    },
    async replace(next) {
      while (draining.size >= options.drainingMax) await Promise.race(draining.values());
      const before = current;
      current = trackVersion(next);
      next.serve();
      drain(before);
      options.onChange(remaining());
    },
    async stop() {
      await Promise.all(draining.values());
      await current.version.loaded.close();
    },
  };
}

function trackVersion(generation: SchemaVersion): ActiveVersion {
  return { version: generation, inFlight: 0, onEmpty: undefined };
}

function awaitEmpty(active: ActiveVersion, withinMs: number): Promise<void> {
  if (active.inFlight === 0) return Promise.resolve();
  return new Promise((resolve) => {
    const overdue = setTimeout(resolve, withinMs);
    overdue.unref();
    active.onEmpty = () => {
      clearTimeout(overdue);
      resolve();
    };
  });
}
