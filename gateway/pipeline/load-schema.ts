/** A supergraph → views, admission, engine and pipelines of one schema version. */
import { createGraphQLScalars, EVERYWHERE } from '@yiwang/schema';
import { validate } from 'graphql';
import type { Logger } from 'pino';
import { createAdmit } from '../admit/index.ts';
import type { PlatformClient } from '../fetch/index.ts';
import type { KeyedDigest } from '../kit/crypto/keyed-digest.ts';
import type { OrganisationDirectory } from '../model/organisations/organisation-directory.ts';
import type { PlatformEntry } from '../model/platform/network.ts';
import type { OnPlatformFailure } from '../model/platform/platform-failure.ts';
import type { Rights } from '../model/rights.ts';
import type { OperationRequest, View } from '../model/validated-operation.ts';
import type { FrequentOperation } from '../plan/index.ts';
import { createDirectory, type Directory } from '../route/index.ts';
import { createUpstreamViews, type Supergraph } from '../supergraph/index.ts';
import type { Conformance } from './engine/breach-collector.ts';
import { createEngine, type Engine } from './engine/engine.ts';
import { createErrorMask } from './mask-errors.ts';
import { type CountUsage, createQueryStages, type QueryResult } from './query.ts';
import { OPEN_VIEW, readServedSupergraph, type SchemaConfig, toSupergraphError } from './served-supergraph.ts';
import { type Around, createOperationPipeline, type RunOperation } from './stages.ts';
import { createUpstreamStages, type UpstreamAnswer, type UpstreamRequest } from './upstream.ts';
import { toUpstreamLimits } from './upstream-limits.ts';

/** The operations of one schema version. */
export interface SchemaOperations {
  viewOf(rights: Rights): View;
  readonly views: readonly View[];
  readonly query: RunOperation<OperationRequest, QueryResult>;
  /** Undefined if no upstream gateway may ask. */
  readonly upstream: UpstreamOperations | undefined;
}

export interface UpstreamOperations {
  /** Undefined for a subgraph that is not served, or of which these classes show nothing. */
  viewOf(subgraph: string, classes: readonly string[]): View | undefined;
  readonly run: RunOperation<UpstreamRequest, UpstreamAnswer>;
}

export interface LoadedSchema extends Pick<Engine, 'locations' | 'frequentOperations' | 'close'> {
  readonly operations: SchemaOperations;
  /** Operations that were planned in advance. */
  readonly plansWarmed: number;
  /**
   * Throws if two platforms own a division. The result routes operations that begin from then on to these platforms.
   */
  prepareDirectory(platforms: readonly PlatformEntry[]): () => void;
}

export interface SchemaOptions {
  readonly config: SchemaConfig;
  readonly platformClient: PlatformClient;
  readonly cursorSecret: string;
  /** The organisation directory as it was read last. Default: no organisation is known. */
  readonly organisations?: (() => OrganisationDirectory) | undefined;
  /** Masks values of the record; undefined if nothing is put on record. */
  readonly digest?: KeyedDigest | undefined;
  readonly onPlatformFailure: OnPlatformFailure;
  /** Undefined if usage is not counted. */
  readonly countUsage?: CountUsage | undefined;
  /** The rules of the standard for values on their way out. Undefined: types alone are checked. */
  readonly conformance?: Conformance | undefined;
  readonly log: Logger;
  /** Wraps stages. Default: nothing. */
  readonly around?: Around | undefined;
}

/** Plans `frequent` operations before it returns. Throws an `Error` that says why the supergraph cannot be used. */
export async function loadSchema(
  sdl: string,
  options: SchemaOptions,
  frequent: readonly FrequentOperation[] = [],
): Promise<LoadedSchema> {
  const { config, digest, log, around, countUsage } = options;
  const { limits, open, showsSubgraphErrors, upstream } = config;
  const { supergraph, views } = await readServedSupergraph(sdl, config);
  let directory = createDirectory({ platforms: [] });
  const engine = await startEngine(supergraph, () => directory, options);
  const plansWarmed = await engine.warm(frequent, ({ view: name, document }) => {
    const view = views.view(name);
    return validate(view.schema, document).length === 0 ? view : undefined;
  });
  const { locations } = engine;
  const { classOf, dimensions } = views;
  const admission = { classOf, dimensions, digest };
  const validateQuery = createAdmit({ ...admission, limits, boundLists: !open, countsUsage: countUsage !== undefined });
  const mask = showsSubgraphErrors ? undefined : createErrorMask(log);
  const query = createQueryStages({ validate: validateQuery, engine: engine.query, mask, countUsage });
  const validateFetch = createAdmit({ ...admission, limits: toUpstreamLimits(limits), boundLists: true });
  const graphNameOf = (subgraph: string) => supergraph.planning.types.graphNameOf(subgraph);
  const fetch = createUpstreamStages({ validate: validateFetch, engine: engine.upstream, limits });
  return {
    operations: {
      viewOf: (rights) => views.view(open ? OPEN_VIEW : rights.audience),
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
      // A division with two owners throws here, before any operation is routed by it.
      for (const location of locations) if (location.kind === 'directory') next.cover(location, EVERYWHERE);
      return () => {
        directory = next;
      };
    },
    close: () => engine.close(),
  };
}

function startEngine(supergraph: Supergraph, directory: () => Directory, options: SchemaOptions): Promise<Engine> {
  const { config, platformClient, organisations, cursorSecret, onPlatformFailure, conformance, log, around } = options;
  return createEngine({
    supergraph,
    directory,
    organisations,
    platformClient,
    cursorSecret,
    limits: config.limits,
    incrementalDelivery: config.incrementalDelivery,
    planIn: 'process',
    onSlowPlan: (plan) => log.warn({ ...plan }, 'an operation was slow to plan'),
    onPlannerFallback: (err) => log.info({ err }, "planned by Apollo's planner"),
    onPlatformFailure,
    conformance,
    onUnplannable: (err) => log.warn({ err }, 'no planner has a plan for an operation'),
    around,
  }).catch((error: unknown) => {
    throw toSupergraphError(config.supergraph, error);
  });
}
