/** The supergraph and the directory, as read from their files → one generation of what answers operations. */
import { readFile } from 'node:fs/promises';
import { classesOfAudience, createGraphQLScalars, EVERYWHERE } from '@yiwang/schema';
import { validate } from 'graphql';
import type { Logger } from 'pino';
import { createAdmit } from '../admit/index.ts';
import type { GatewayConfig } from '../config/config.ts';
import { parseNetworkText } from '../config/network-file.ts';
import type { PlatformClient } from '../fetch/index.ts';
import { createOperationServer, type OperationServer } from '../http/index.ts';
import { AUDIENCES } from '../identify/index.ts';
import { sha256 } from '../kit/crypto/digest.ts';
import type { KeyedDigest } from '../kit/crypto/keyed-digest.ts';
import { fileFingerprint } from '../kit/files/watch-files.ts';
import type { PlatformEntry } from '../model/network.ts';
import type { OnPlatformFailure } from '../model/platform-failure.ts';
import type { AccessRules } from '../model/supergraph/access-rules.ts';
import type { SubgraphLocation } from '../model/supergraph/supergraph-rules.ts';
import { createEngine } from '../pipeline/engine.ts';
import { createUpstreamSteps } from '../pipeline/upstream-steps.ts';
import type { FrequentOperation } from '../plan/index.ts';
import { createDirectory, type Directory } from '../route/index.ts';
import { createViews, readSupergraph, type Supergraph, type ViewRule, type Views } from '../supergraph/index.ts';

export interface SchemaVersion {
  /** Counts from 1. */
  readonly number: number;
  /** Digest of the supergraph's file. */
  readonly supergraph: string;
  /** Digest of the directory's file; undefined for a gateway without one. */
  readonly network: string | undefined;
  readonly loadedAt: Date;
  readonly platforms: readonly PlatformEntry[];
  /** Every endpoint that its operations may call. */
  readonly endpoints: readonly string[];
  /** Shared with the generation before where only the directory changed: views, plans and servers stay warm. */
  readonly loaded: LoadedSchema;
  /** From here on, operations that begin go by this generation's directory. */
  serve(): void;
}

interface LoadedSchema {
  readonly server: OperationServer;
  readonly locations: readonly SubgraphLocation[];
  /** Operations that were planned before it served. */
  readonly plansWarmed: number;
  /** What was asked most, for the next graph to plan before it serves. */
  usedOperations(): readonly FrequentOperation[];
  useDirectory(directory: Directory): void;
  close(): Promise<void>;
}

/** What generations share and none of them owns. */
export interface SchemaVersionOptions {
  readonly config: GatewayConfig;
  readonly platformClient: PlatformClient;
  readonly cursorSecret: string;
  /** Of values that the record does not keep in clear; undefined if nothing is put on record. */
  readonly digest?: KeyedDigest | undefined;
  /** Platforms that this gateway serves itself, besides those of the network file. */
  readonly ownPlatforms?: readonly PlatformEntry[];
  readonly onPlatformFailure: OnPlatformFailure;
  readonly log: Logger;
}

/** The name of the one view of a gateway without a policy. */
const EVERYTHING = 'all';
/** Readings of a file that is being written. */
const READ_ATTEMPTS_MAX = 5;

interface SourceFile {
  readonly text: string;
  readonly digest: string;
}

/**
 * Reads the files; undefined where they hold what `previous` was loaded from. Throws an `Error` that says what is wrong with
 * them; nothing of a generation that could not be loaded is left then.
 */
export async function loadSchemaVersion(
  parts: SchemaVersionOptions,
  previous?: SchemaVersion | undefined,
): Promise<SchemaVersion | undefined> {
  const { config } = parts;
  const supergraph = await readStable(config.supergraph);
  const network = config.network === undefined ? undefined : await readStable(config.network);
  if (supergraph.digest === previous?.supergraph && network?.digest === previous.network) return undefined;

  const platforms = network === undefined ? [] : parseNetworkText(network.text, config.network!).platforms;
  const ownPlatforms = (parts.ownPlatforms ?? []).filter(({ id }) => !platforms.some((entry) => entry.id === id));
  const all = [...platforms, ...ownPlatforms];
  const directory = createDirectory({ platforms: all }, config.limits);
  const isSameSupergraph = supergraph.digest === previous?.supergraph;
  const loaded = isSameSupergraph ? previous!.loaded : await loadSchema(supergraph.text, parts, previous?.loaded);
  try {
    // A division with two owners is found here, before anybody is routed by it.
    for (const home of loaded.locations) if (home.kind === 'directory') directory.cover(home, EVERYWHERE);
  } catch (error) {
    if (!isSameSupergraph) await loaded.close();
    throw error;
  }
  return {
    number: (previous?.number ?? 0) + 1,
    supergraph: supergraph.digest,
    network: network?.digest,
    loadedAt: new Date(),
    platforms,
    endpoints: [...all.flatMap(endpointsOf), ...loaded.locations.flatMap(plainEndpointsOf)],
    loaded,
    serve: () => loaded.useDirectory(directory),
  };
}

/** Throws where the file changes at every reading: half of what is read may be of one writing and half of another. */
async function readStable(file: string): Promise<SourceFile> {
  for (let attempt = 0; attempt < READ_ATTEMPTS_MAX; attempt++) {
    const before = await fileFingerprint(file);
    const text = await readFile(file, 'utf8');
    if ((await fileFingerprint(file)) === before) return { text, digest: sha256(text) };
  }
  throw new Error(`The file ${file} is being written.`);
}

async function loadSchema(
  sdl: string,
  parts: SchemaVersionOptions,
  previous: LoadedSchema | undefined,
): Promise<LoadedSchema> {
  const { config, platformClient, cursorSecret, digest, onPlatformFailure, log } = parts;
  const { limits, open } = config;
  const { supergraph, views } = await readChecked(sdl, config);
  let directory = createDirectory({ platforms: [] });
  const engine = await createEngine({
    supergraph,
    directory: () => directory,
    platformClient,
    cursorSecret,
    limits,
    incrementalDelivery: config.incrementalDelivery,
    planIn: 'process',
    onSlowPlan: (plan) => log.warn({ ...plan }, 'an operation took long to plan'),
    onPlannerFallback: (err) => log.info({ err }, "planned by Apollo's planner"),
    onPlatformFailure,
    onUnplannable: (err) => log.warn({ err }, 'no planner has a plan for an operation'),
  }).catch((error: unknown) => {
    throw toSupergraphError(config.supergraph, error);
  });
  const plansWarmed = await engine.warm(previous?.usedOperations() ?? [], ({ view: name, document }) => {
    const view = views.view(name);
    return validate(view.schema, document).length === 0 ? view : undefined;
  });
  const graph = await createOperationServer({
    steps: {
      viewOf: (rights) => views.view(open ? EVERYTHING : rights.audience),
      views: views.all,
      admit: createAdmit({ limits, classOf: views.classOf, boundLists: !open, dimensions: views.dimensions, digest }),
      execute: (asked) => engine.execute(asked),
      upstream: config.upstream && createUpstreamSteps({ supergraph, views, engine, limits, digest }),
    },
    limits,
    log,
    showsSubgraphErrors: config.showsSubgraphErrors,
  }).catch((error: unknown) => {
    engine.close();
    throw error;
  });
  return {
    server: graph,
    locations: engine.locations,
    plansWarmed,
    usedOperations: () => engine.usedOperations(),
    useDirectory: (next) => {
      directory = next;
    },
    async close() {
      await graph.stop();
      engine.close();
    },
  };
}

function endpointsOf({ url, replicas = [] }: PlatformEntry): readonly string[] {
  return [url, ...replicas];
}

function plainEndpointsOf(home: SubgraphLocation): readonly string[] {
  return home.kind === 'address' ? [home.url] : [];
}

/** Throws an `Error` that names the file, for a supergraph that this gateway cannot serve as it is set up. */
async function readChecked(sdl: string, config: GatewayConfig): Promise<{ supergraph: Supergraph; views: Views }> {
  try {
    const { open, overrideLabels } = config;
    const supergraph = readSupergraph(sdl, { isStandard: !open, overrideLabels });
    const views = await createAudienceViews(supergraph, open);
    if (supergraph.access) assertMayFollow(supergraph.access, config);
    return { supergraph, views };
  } catch (error) {
    throw toSupergraphError(config.supergraph, error);
  }
}

/** Throws for what a supergraph demands of its gateway and this one is not set up for. */
function assertMayFollow({ directives }: AccessRules, { open, identity, policiesClaim }: GatewayConfig): void {
  const names = directives.join(', ');
  if (!open) throw new Error(`it uses ${names}: followed with --open alone`);
  if (identity.kind !== 'issuer') {
    throw new Error(
      `it uses ${names}, and nobody's tokens are known: set IDENTITY_JWKS_URL, IDENTITY_ISSUER and IDENTITY_AUDIENCE`,
    );
  }
  if (directives.includes('@policy') && policiesClaim === undefined) {
    throw new Error(
      'it uses @policy: set IDENTITY_POLICIES_CLAIM to the claim of a token that lists what its owner passes',
    );
  }
}

function toSupergraphError(file: string, cause: unknown): Error {
  return new Error(`The supergraph ${file} cannot be used: ${(cause as Error).message}`, { cause });
}

/** One view at a time, so that the operations at work get their turns between them. */
async function createAudienceViews({ api }: Supergraph, open: boolean): Promise<Views> {
  const rules: readonly ViewRule[] = open
    ? [{ name: EVERYTHING, classes: undefined }]
    : AUDIENCES.map((name) => ({ name, classes: classesOfAudience(name) }));
  const scalars = open ? {} : createGraphQLScalars();
  const byName = new Map<string, Views>();
  for (const rule of rules) {
    await new Promise((resolve) => setImmediate(resolve));
    byName.set(rule.name, createViews(api, [rule], scalars));
  }
  const parts = [...byName.values()];
  return {
    view: (name) => (byName.get(name) ?? parts[0]!).view(name),
    all: parts.flatMap(({ all }) => all),
    classOf: parts[0]!.classOf,
    dimensions: parts[0]!.dimensions,
  };
}
