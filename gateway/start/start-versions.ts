/** The schema version that is served, and those after it whenever the files change. */
import type { SchemaVersionHealth } from '../http/index.ts';
import { createSchemaReloader, type SchemaReloader } from '../supergraph/versions/schema-reloader.ts';
import { createSchemaVersions, type SchemaVersions } from '../supergraph/versions/schema-versions.ts';
import { loadSchemaVersion, type SchemaVersion, type SchemaVersionOptions } from './load-version.ts';

export interface StartedVersions {
  readonly versions: SchemaVersions<SchemaVersion>;
  readonly reloader: SchemaReloader;
  health(): SchemaVersionHealth;
  stop(): Promise<void>;
}

export interface VersionsOptions extends SchemaVersionOptions {
  /** Looks at a version before it serves. */
  readonly check: (version: SchemaVersion) => Promise<void>;
}

export async function startVersions(options: VersionsOptions): Promise<StartedVersions> {
  const { config, platformClient, log } = options;
  const { limits, supergraph, network } = config;
  const load = async (previous?: SchemaVersion) => {
    const version = await loadSchemaVersion(options, previous);
    if (version) await options.check(version);
    return version;
  };
  const first = (await load())!;
  const versions = createSchemaVersions(first, {
    drainMs: limits.operationDeadlineMs + limits.deadlineGraceMs,
    drainingMax: limits.generationsDrainingMax,
    onChange: (open) => platformClient.retain(open.flatMap(({ endpoints }) => endpoints)),
  });
  const files = network === undefined ? [supergraph] : [supergraph, network];
  const reloader = createSchemaReloader({ files, pollMs: limits.reloadPollMs, versions, load, log });
  return {
    versions,
    reloader,
    health: () => healthOf(versions, reloader),
    async stop() {
      await reloader.stop();
      await versions.stop();
    },
  };
}

function healthOf({ served, draining }: SchemaVersions<SchemaVersion>, { fault }: SchemaReloader): SchemaVersionHealth {
  const { number, supergraph, network, loadedAt, loaded } = served;
  return { number, supergraph, network, loadedAt, plansWarmed: loaded.plansWarmed, draining, fault };
}
