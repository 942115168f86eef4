/** The schema version that is served, and earlier ones until their last operation has left. */

/** What is known here of a version: how operations get to it. */
export interface SchemaVersionParts<Server = unknown> {
  /** Counts from 1. */
  readonly number: number;
  readonly platforms: readonly unknown[];
  /** Versions may share it; it is closed with the last of them. */
  readonly loaded: { readonly server: Server; close(): Promise<void> };
  /** Called when operations start to use this version. */
  serve(): void;
}

type ServerOf<Version extends SchemaVersionParts> = Version['loaded']['server'];

export interface SchemaVersions<Version extends SchemaVersionParts> {
  readonly served: Version;
  /** Number of earlier versions with operations in flight. */
  readonly draining: number;
  /** Lets an operation into the version that is served. That version stays open until the lease is released. */
  acquire(): SchemaLease<ServerOf<Version>>;
  /**
   * Serves this version from here on. Waits first if `drainingMax` versions are draining. Operations in the version
   * before have `drainMs` to leave.
   */
  replace(next: Version): Promise<void>;
  /** Waits for the versions that drain, and closes the version that is served. */
  stop(): Promise<void>;
}

export interface SchemaVersionsOptions<Version> {
  /** Milliseconds after which an earlier version is closed, whatever is in flight. */
  readonly drainMs: number;
  readonly drainingMax: number;
  /** Called with all open versions whenever one comes or goes. */
  readonly onChange: (open: readonly Version[]) => void;
}

interface SchemaLease<Server> {
  readonly server: Server;
  release(): void;
}

class OpenVersion<Version extends SchemaVersionParts> {
  readonly version: Version;
  #inFlight = 0;
  /** Set when the version is not served any more. */
  #onEmpty: (() => void) | undefined;

  constructor(version: Version) {
    this.version = version;
  }

  enter(): void {
    this.#inFlight++;
  }

  leave(): void {
    this.#inFlight--;
    if (this.#inFlight === 0) this.#onEmpty?.();
  }

  /** Resolves when nothing is in flight, or after `withinMs`. */
  untilEmpty(withinMs: number): Promise<void> {
    if (this.#inFlight === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const overdue = setTimeout(resolve, withinMs);
      overdue.unref();
      this.#onEmpty = () => {
        clearTimeout(overdue);
        resolve();
      };
    });
  }
}

export function createSchemaVersions<Version extends SchemaVersionParts>(
  first: Version,
  { drainMs, drainingMax, onChange }: SchemaVersionsOptions<Version>,
): SchemaVersions<Version> {
  let current = new OpenVersion(first);
  const draining = new Map<OpenVersion<Version>, Promise<void>>();
  const openVersions = () => [...draining.keys(), current].map(({ version }) => version);
  first.serve();
  onChange(openVersions());

  const drain = async (open: OpenVersion<Version>): Promise<void> => {
    await open.untilEmpty(drainMs);
    draining.delete(open);
    onChange(openVersions());
    const { loaded } = open.version;
    if (openVersions().every((version) => version.loaded !== loaded)) await loaded.close();
  };
  return {
    get served() {
      return current.version;
    },
    get draining() {
      return draining.size;
    },
    acquire() {
      const open = current;
      open.enter();
      return { server: open.version.loaded.server, release: () => open.leave() };
    },
    async replace(next) {
      while (draining.size >= drainingMax) await Promise.race(draining.values());
      const before = current;
      current = new OpenVersion(next);
      next.serve();
      draining.set(before, drain(before));
      onChange(openVersions());
    },
    async stop() {
      await Promise.all(draining.values());
      await current.version.loaded.close();
    },
  };
}
