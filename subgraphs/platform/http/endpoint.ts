/** `POST /graphql`: request → passport and deadline → mercurius → answer with its errors formatted. */
import {
  DEADLINE_HEADER,
  type GraphQLRequest,
  PASSPORT_HEADER,
  type PassportClaims,
  parseGraphQLRequest,
  REFERENCE_VERSION_HEADER,
  SUBGRAPH_HEADER,
} from '@yiwang/schema';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type DocumentNode, type ExecutionResult, Kind } from 'graphql';
import type { PlatformDatabase } from '../database/database.ts';
import type { ReadReferenceVersion } from '../database/reference-version.ts';
import { formatErrors, PlatformError, statusOf } from '../errors.ts';
import type { DataClassCheck } from '../graphql/data-class-check.ts';
import type { ReferenceTracker } from '../graphql/reference-data.ts';
import { GroupBudget } from '../group-budget.ts';
import type { PlatformLimits } from '../limits.ts';
import type { Context, PlatformIdentity, PlatformModule } from '../module.ts';
import { RequestCancellation } from '../request-cancellation.ts';
import type { VerifyPassport } from './passport.ts';

export interface EndpointOptions {
  readonly identity: PlatformIdentity;
  readonly modules: readonly PlatformModule[];
  readonly database: PlatformDatabase;
  readonly classes: DataClassCheck;
  readonly readPassport: VerifyPassport;
  /** Undefined on a platform without reference data. */
  readonly readReferenceVersion: ReadReferenceVersion | undefined;
  readonly now: () => Date;
  readonly limits: PlatformLimits;
}

const NO_PASSPORT_FIELDS: ReadonlySet<string> = new Set(['_service', '__schema', '__type', '__typename']);

/** Register it after mercurius, which executes the operation. */
export function registerEndpoint(app: FastifyInstance, options: EndpointOptions): void {
  app.graphql.addHook('preExecution', async (_schema, document, context, variables) => {
    const { passport } = context as Partial<Pick<Context, 'passport'>>;
    if (passport) return options.classes.check({ document, variables: variables ?? {} }, passport.classes);
    if (!isIntrospection(document)) {
      throw new PlatformError('UNAUTHENTICATED', `no passport in the header "${PASSPORT_HEADER}"`);
    }
  });
  app.post('/graphql', async (request, reply) => {
    const response = await executeRequest(request, reply, options);
    // The caller has disconnected: no answer is needed.
    const text = reply.raw.destroyed ? '' : serializeResponse(response, reply, options.limits.answerBytesMax);
    return reply.type('application/json; charset=utf-8').send(text);
  });
  app.setErrorHandler((error, request, reply) => {
    const refused = toPlatformError(error);
    const errors = formatErrors([refused ?? error], (unknown) => request.log.error({ err: unknown }));
    return reply.code(statusOf(errors)).send({ errors });
  });
}

async function executeRequest(request: FastifyRequest, reply: FastifyReply, options: EndpointOptions): Promise<object> {
  const report = (error: unknown) => request.log.error({ err: error });
  let cancellation: RequestCancellation | undefined;
  try {
    cancellation = createCancellation(request, reply, options.limits.deadlineMsMax);
    const passport = await readHeaderPassport(request, options.readPassport);
    const { query, variables, operationName } = parseRequest(request.body);
    const context = passport ? createContext(options, { passport, subgraph: readSubgraph(request) }, cancellation) : {};
    const version = passport && (await options.readReferenceVersion?.(cancellation.endsAtMs));
    const reading: ReferenceTracker = { readOtherData: false };
    const result: ExecutionResult = await reply.graphql(query, { ...context, reading }, variables, operationName);
    if (result.errors) return { data: result.data ?? null, errors: formatErrors(result.errors, report) };
    if (version !== undefined && !reading.readOtherData) reply.header(REFERENCE_VERSION_HEADER, version);
    return result;
  } catch (error) {
    const errors = formatErrors([error], report);
    reply.code(statusOf(errors));
    return { errors };
  } finally {
    cancellation?.dispose();
  }
}

/** Cancels at the deadline, or when the caller disconnects. */
function createCancellation(request: FastifyRequest, reply: FastifyReply, deadlineMsMax: number): RequestCancellation {
  const cancellation = new RequestCancellation(performance.now() + readDeadline(request, deadlineMsMax));
  reply.raw.once('close', () => cancellation.cancel());
  return cancellation;
}

function createContext(
  { identity, modules, database, now, limits }: EndpointOptions,
  { passport, subgraph }: Pick<Context, 'passport' | 'subgraph'>,
  cancellation: RequestCancellation,
): Context<object> {
  const context = {
    platform: identity,
    passport,
    db: database.forCaller({
      scope: passport.scope,
      audience: passport.audience,
      endsAtMs: cancellation.endsAtMs,
      cancellation,
    }),
    groups: new GroupBudget(limits.groupsMax),
    now: now(),
    subgraph,
  };
  const loaders = {};
  for (const module of modules) Object.assign(loaders, module.createLoaders(context));
  return { ...context, loaders };
}

function readSubgraph({ headers }: FastifyRequest): string | undefined {
  const header = headers[SUBGRAPH_HEADER];
  return typeof header === 'string' ? header : undefined;
}

function readDeadline(request: FastifyRequest, deadlineMsMax: number): number {
  const header = request.headers[DEADLINE_HEADER];
  if (header === undefined) return deadlineMsMax;
  const leftMs = Number(header);
  if (header === '' || !Number.isFinite(leftMs)) {
    throw new PlatformError('BAD_USER_INPUT', `"${DEADLINE_HEADER}" is "${header}"; expected milliseconds`);
  }
  if (leftMs <= 0) throw new PlatformError('PLATFORM_LATE', 'the time for the answer was up before the question came');
  return Math.min(leftMs, deadlineMsMax);
}

async function readHeaderPassport(request: FastifyRequest, read: VerifyPassport): Promise<PassportClaims | undefined> {
  const header = request.headers[PASSPORT_HEADER];
  if (header === undefined) return undefined;
  return read(String(header));
}

function parseRequest(body: unknown): GraphQLRequest {
  const request = parseGraphQLRequest(body);
  if (request) return request;
  throw new PlatformError('BAD_USER_INPUT', 'expected a JSON object with "query" and, if need be, "variables"');
}

function serializeResponse(response: object, reply: FastifyReply, answerBytesMax: number): string {
  const text = JSON.stringify(response);
  if (Buffer.byteLength(text) <= answerBytesMax) return text;
  const message = `the answer has more than ${answerBytesMax} bytes; ask for fewer rows, groups or fields`;
  const errors = formatErrors([new PlatformError('TOO_COSTLY', message)], () => undefined);
  reply.code(statusOf(errors));
  return JSON.stringify({ errors });
}

/** Introspection reaches no row. */
function isIntrospection(document: DocumentNode): boolean {
  return document.definitions.every(
    (definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ||
      (definition.kind === Kind.OPERATION_DEFINITION &&
        definition.selectionSet.selections.every(
          (selection) => selection.kind === Kind.FIELD && NO_PASSPORT_FIELDS.has(selection.name.value),
        )),
  );
}

/** Fastify's refusals before a route: a body that is not JSON or too large, an unknown path. */
function toPlatformError(error: unknown): PlatformError | undefined {
  const { statusCode, message } = error as { statusCode?: number; message?: string };
  if (statusCode === undefined || statusCode >= 500) return undefined;
  return new PlatformError('BAD_USER_INPUT', message ?? 'the request is malformed');
}
