/** A supergraph → the operations that can be asked of it: views, admission, engine and pipelines of one schema version. */
import { classesOfAudience, createGraphQLScalars, EVERYWHERE } from '@yiwang/schema';
import { validate } from 'graphql';
import type { Logger } from 'pino';
import { createAdmit } from '../admit/index.ts';
import type { PlatformClient } from '../fetch/index.ts';
import { AUDIENCES } from '../identify/index.ts';
import type { KeyedDigest } from '../kit/crypto/keyed-digest.ts';
import type { Limits } from '../model/limits.ts';
import type { PlatformEntry } from '../model/network.ts';
import type { OnPlatformFailure } from '../model/platform-failure.ts';
import type { Rights } from '../model/rights.ts';
import type { AccessRules } from '../model/supergraph/access-rules.ts';
import type { OperationRequest, View } from '../model/validated-operation.ts';
import type { FrequentOperation } from '../plan/index.ts';
import { createDirectory, type Directory } from '../route/index.ts';
import {
  createUpstreamViews,
  createViews,
  readSupergraph,
  type Supergraph,
  type ViewRule,
  type Views,
} from '../supergraph/index.ts';
import { createEngine, type Engine } from './engine/engine.ts';
import { createErrorMask } from './mask-errors.ts';
import { createQueryStages, type QueryResult } from './query.ts';
import { type Around, createOperationPipeline, type RunOperation } from './stages.ts';
import { createUpstreamStages, type UpstreamAnswer, type UpstreamRequest } from './upstream.ts';
import { toUpstreamLimits } from './upstream-limits.ts';

/** What can be asked of one schema version. */
export interface SchemaOperations {
  viewOf(rights: Rights): View;
  readonly views: readonly View[];
  readonly query: RunOperation<OperationRequest, QueryResult>;
  /** Undefined if no gateway above may ask. */
  readonly upstream: UpstreamOperations | undefined;
}

export interface UpstreamOperations {
  /** Undefined for a subgraph that is not served, or of which these classes show nothing. */
  viewOf(subgraph: string, classes: readonly string[]): View | undefined;
  readonly run: RunOperation<UpstreamRequest, UpstreamAnswer>;
}

export interface LoadedSchema extends Pick<Engine, 'locations' | 'frequentOperations' | 'close'> {
  readonly operations: SchemaOperations;
  /** Operations that were planned before the first was asked. */
  readonly plansWarmed: number;
  /** Throws if two platforms own a division. Operations that begin after a call of the result are routed to these platforms. */
  prepareDirectory(platforms: readonly PlatformEntry[]): () => void;
}

/** What a schema version has of the configuration. */
export interface SchemaConfig {
  readonly limits: Limits;
  /** File of the supergraph, which messages name. */
  readonly supergraph: string;
  /** No access policy and no record: a plain federation gateway. */
  readonly open: boolean;
  readonly identity: { readonly kind: 'development' | 'issuer' };
  readonly policiesClaim: string | undefined;
  /** True: `@defer` is followed for clients that take parts. */
  readonly incrementalDelivery: boolean;
  readonly overrideLabels: readonly string[];
  /** True: clients get messages of subgraphs as they were sent. */
  readonly showsSubgraphErrors: boolean;
  /** Undefined if no gateway above may ask. */
  readonly upstream: object | undefined;
}

export interface SchemaOptions {
  readonly config: SchemaConfig;
  readonly platformClient: PlatformClient;
  readonly cursorSecret: string;
  /** Of values that the record does not keep in clear; undefined if nothing is put on record. */
  readonly digest?: KeyedDigest | undefined;
  readonly onPlatformFailure: OnPlatformFailure;
  readonly log: Logger;
  /** Wraps stages. Default: nothing. */
  readonly around?: Around | undefined;
}

/** The name of the one view of a gateway without a policy. */
const EVERYTHING = 'all';

/** Plans `frequent` operations before it returns. Throws an `Error` that says why the supergraph cannot be used. */
export async function loadSchema(
  sdl: string,
  options: SchemaOptions,
  frequent: readonly FrequentOperation[] = [],
): Promise<LoadedSchema> {
  const { config, digest, log, around } = options;
  const { limits, open, showsSubgraphErrors, upstream } = config;
  const { supergraph, views } = await readChecked(sdl, config);
  let directory = createDirectory({ platforms: [] });
  const engine = await startEngine(supergraph, () => directory, options);
  const plansWarmed = await engine.warm(frequent, ({ view: name, document }) => {
    const view = views.view(name);
    return validate(view.schema, document).length === 0 ? view : undefined;
  });
  const { locations } = engine;
  const { classOf, dimensions } = views;
  const admission = { classOf, dimensions, digest };
  const validateQuery = createAdmit({ ...admission, limits, boundLists: !open });
  const mask = showsSubgraphErrors ? undefined : createErrorMask(log);
  const query = createQueryStages({ validate: validateQuery, engine: engine.query, mask });
  const validateFetch = createAdmit({ ...admission, limits: toUpstreamLimits(limits), boundLists: true });
  const graphNameOf = (subgraph: string) => supergraph.planning.types.graphNameOf(subgraph);
  const fetch = createUpstreamStages({ validate: validateFetch, engine: engine.upstream, limits });
  return {
    operations: {
      viewOf: (rights) => views.view(open ? EVERYTHING : rights.audience),
      views: views.all,
      query: createOperationPipeline(query, around),
      upstream: upstream && {
        viewOf: createUpstreamViews(supergraph.api, graphNameOf, createGraphQLScalars()),
        run: createOperationPipeline(fetch, around),
      },
    },
    locations,
    plansWarmed,
    frequentOperations: () => engine.frequentOperations(),
    prepareDirectory(platforms) {
      const next = createDirectory({ platforms }, limits);
      // A division with two owners is found here, before anybody is routed by it.
      for (const location of locations) if (location.kind === 'directory') next.cover(location, EVERYWHERE);
      return () => {
        directory = next;
      };
    },
    close: () => engine.close(),
  };
}

function startEngine(supergraph: Supergraph, directory: () => Directory, options: SchemaOptions): Promise<Engine> {
  const { config, platformClient, cursorSecret, onPlatformFailure, log, around } = options;
  return createEngine({
    supergraph,
    directory,
    platformClient,
    cursorSecret,
    limits: config.limits,
    incrementalDelivery: config.incrementalDelivery,
    planIn: 'process',
    onSlowPlan: (plan) => log.warn({ ...plan }, 'an operation took long to plan'),
    onPlannerFallback: (err) => log.info({ err }, "planned by Apollo's planner"),
    onPlatformFailure,
    onUnplannable: (err) => log.warn({ err }, 'no planner has a plan for an operation'),
    around,
  }).catch((error: unknown) => {
    throw toSupergraphError(config.supergraph, error);
  });
}

/** Throws an `Error` that names the file, for a supergraph that this gateway cannot serve as it is set up. */
async function readChecked(sdl: string, config: SchemaConfig): Promise<{ supergraph: Supergraph; views: Views }> {
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
function assertMayFollow({ directives }: AccessRules, { open, identity, policiesClaim }: SchemaConfig): void {
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

/** One view at a time, so that the operations in flight get their turns between them. */
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
