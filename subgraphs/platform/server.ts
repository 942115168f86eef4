/** A platform server: the modules of one process over one database, with GraphQL, health and graceful stop. */

import { randomUUID } from 'node:crypto';
import { REQUEST_ID_HEADER } from '@yiwang/schema';
import { standardVersion } from '@yiwang/schema/standard';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { GraphQLError } from 'graphql';
import type { JSONWebKeySet } from 'jose';
import mercurius from 'mercurius';
import { PlatformConfigError } from './config.ts';
import { connectDatabase, type PlatformDatabase } from './database/database.ts';
import { migrate } from './database/migrate.ts';
import { createReferenceVersionReader } from './database/reference-version.ts';
import { createExecutableSchema } from './graphql/executable-schema.ts';
import { registerEndpoint } from './http/endpoint.ts';
import { registerHealth } from './http/health.ts';
import { createPassportVerifier } from './http/passport.ts';
import { DEFAULT_LIMITS, type PlatformLimits } from './limits.ts';
import type { PlatformIdentity, PlatformModule } from './module.ts';

export interface PlatformOptions {
  readonly identity: PlatformIdentity;
  readonly modules: readonly PlatformModule[];
  /** Connects as the owner of the database, which is migrated first. Queries run as a role that owns nothing. */
  readonly databaseUrl: string;
  /** The role of queries, which is created if it is missing. Default: `yiwang_platform`. */
  readonly databaseRole?: string | undefined;
  /** The gateway's public keys, or their URL. */
  readonly passportKeys: JSONWebKeySet | URL;
  /** The version of the standard that it states in its health. Default: the newest. */
  readonly standardVersion?: string | undefined;
  /** The clock of answers. Default: the wall clock. */
  readonly now?: () => Date;
  /** The clock that passports are checked by. Default: `new Date()`. */
  readonly wallClock?: () => Date;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default: any free one. */
  readonly port?: number;
  readonly limits?: Partial<PlatformLimits>;
  /** Default: none. */
  readonly logger?: FastifyBaseLogger;
}

export interface Platform {
  /** The GraphQL endpoint. */
  readonly url: string;
  readonly port: number;
  /** Refuses new requests, finishes running ones, and closes the database. */
  close(): Promise<void>;
}

/**
 * Throws `PlatformConfigError` if the database is unreachable or the port is busy, an `Error` for a fault of a
 * module.
 */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const { identity, modules, databaseUrl, host = '127.0.0.1' } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  await migrate(databaseUrl, modules, options.databaseRole);
  const app = fastify({
    bodyLimit: limits.bodyBytesMax,
    forceCloseConnections: 'idle',
    logController: new LogController({ requestIdLogLabel: 'requestId' }),
    genReqId: ({ headers }) => requestIdOf(headers[REQUEST_ID_HEADER]),
    ...(options.logger ? { loggerInstance: options.logger } : {}),
  });
  const database = connectDatabase({
    url: databaseUrl,
    ...(options.databaseRole === undefined ? {} : { role: options.databaseRole }),
    limits,
    onIdleError: (error) => app.log.warn({ err: error }),
  });
  endConnectionsOnStop(app);
  try {
    await registerAll(app, { options, database, limits });
    await app.listen({ host, port: options.port ?? 0 });
  } catch (error) {
    await app.close();
    await database.close();
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error;
    throw new PlatformConfigError([`Port ${options.port} is busy; free it, or set PORT to another`], { cause: error });
  }
  const port = (app.server.address() as { port: number }).port;
  app.log.info(`${identity.id} serves ${modules.map(({ name }) => name).join(', ')} on port ${port}`);
  return {
    url: `http://${host}:${port}/graphql`,
    port,
    close: () => stop(app, database, limits.stopMsMax),
  };
}

const REQUEST_ID = /^[\w.:-]{1,128}$/;

interface ServerParts {
  readonly options: PlatformOptions;
  readonly database: PlatformDatabase;
  readonly limits: PlatformLimits;
}

async function registerAll(app: FastifyInstance, { options, database, limits }: ServerParts): Promise<void> {
  const { identity, modules, passportKeys } = options;
  const wallClock = options.wallClock ?? (() => new Date());
  const { schema, hasReference, classes } = createExecutableSchema({
    modules,
    representationsMax: limits.representationsMax,
  });
  await app.register(mercurius, {
    schema,
    routes: false,
    queryDepth: limits.depthMax,
    graphql: { parseOptions: { maxTokens: limits.tokensMax } },
    // The endpoint formats errors itself.
    errorFormatter: ({ data = null, errors }) => ({
      statusCode: 200,
      response: { data, errors: errors as GraphQLError[] },
    }),
  });
  registerEndpoint(app, {
    identity,
    modules,
    database,
    classes,
    limits,
    now: options.now ?? wallClock,
    readPassport: createPassportVerifier({
      keys: passportKeys,
      platform: identity.id,
      wallClock,
      limits,
    }),
    readReferenceVersion: hasReference
      ? createReferenceVersionReader({ database, schema, limits, onError: (error) => app.log.warn({ err: error }) })
      : undefined,
  });
  registerHealth(app, { identity, modules, database, standardVersion: options.standardVersion ?? standardVersion() });
}

/** The id of the gateway's request, so that its log and those of the platforms match; a new one if there is none. */
function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && REQUEST_ID.test(header) ? header : randomUUID();
}

/** A kept-alive connection would delay the stop. */
function endConnectionsOnStop(app: FastifyInstance): void {
  let stopping = false;
  app.addHook('preClose', async () => {
    stopping = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (stopping) reply.header('connection', 'close');
  });
}

async function stop(app: FastifyInstance, database: PlatformDatabase, stopMsMax: number): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), stopMsMax);
  await app.close();
  clearTimeout(cut);
  await database.close();
}
