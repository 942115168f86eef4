/**
 * The order of a request. `/graphql` and `/platform` are two lists of these stages:
 *
 *   receive      head of the request  → preferences of the client, and the deadline
 *   identify     credential           → rights
 *   protocol     body                 → OperationRequest, and its result → response
 *     admit      OperationRequest     → ValidatedOperation, or the errors that refuse it
 *     plan       ValidatedOperation   → PlannedOperation
 *     execute    PlannedOperation     → its tree: (route → fetch → gather) for each fetch of the plan
 *     conform    tree                 → JSON, every value checked against its scalar
 *     respond    JSON                 → result with errors and coverage, as the caller may see them
 *   record       request, response    → entry of the record; observers: metrics, access log
 *
 * Around all of it (`lifecycle/lifecycle.ts`): concurrency limit, turn, deadline and abort. Around each stage: what
 * `Around` returns, such as its span (`telemetry/tracing/traced-stages.ts`).
 */
import type { GraphQLError } from 'graphql';
import type { Rights } from '../model/rights.ts';
import type { JsonData } from '../model/validated-operation.ts';
import type { HttpRequest, HttpResponse, RequestContext } from './context.ts';

export type StageName =
  | 'receive'
  | 'identify'
  | 'protocol'
  | 'admit'
  | 'plan'
  | 'execute'
  | 'route'
  | 'fetch'
  | 'gather'
  | 'conform'
  | 'respond'
  | 'record';

/** Returns what is called in place of a stage. It is called once for each stage, when a pipeline is built. */
export type Around = <Input extends readonly unknown[], Output>(
  name: StageName,
  stage: (...input: Input) => Output,
) => (...input: Input) => Output;

/** Wraps nothing and costs nothing. */
export const unwrapped: Around = (_, stage) => stage;

/** What is known of a request before its operation is parsed. */
export interface IdentifiedRequest<Preferences, Version> {
  readonly preferences: Preferences;
  readonly rights: Rights;
  /** The schema version in which the request stays to its end. */
  readonly version: Version;
}

/** The stages of a request. A stage that throws refuses the request. */
export interface RequestStages<Preferences, Version> {
  /** Starts the deadline. */
  receive(request: HttpRequest, context: RequestContext): Preferences;
  identify(request: HttpRequest, context: RequestContext): Promise<Rights>;
  protocol(
    request: HttpRequest,
    context: RequestContext,
    identified: IdentifiedRequest<Preferences, Version>,
  ): Promise<HttpResponse>;
}

/** Keeps a schema version open until `release` is called: exactly once. */
export interface SchemaLease<Version> {
  readonly server: Version;
  release(): void;
}

export type RunRequest = (request: HttpRequest, context: RequestContext) => Promise<HttpResponse>;

export function createRequestPipeline<Preferences, Version>(
  stages: RequestStages<Preferences, Version>,
  acquire: () => SchemaLease<Version>,
  around: Around = unwrapped,
): RunRequest {
  const receive = around('receive', stages.receive);
  const identify = around('identify', stages.identify);
  const protocol = around('protocol', stages.protocol);
  return async (request, context) => {
    const preferences = receive(request, context);
    const rights = await identify(request, context);
    context.rights = rights;
    const { server: version, release } = acquire();
    context.onEnd(release);
    return protocol(request, context, { preferences, rights, version });
  };
}

/** The operation breaks a rule of its view, or a limit. */
export interface Refused {
  readonly kind: 'refused';
  readonly errors: readonly GraphQLError[];
}

export type Admission<Operation, Result> =
  | { readonly kind: 'admitted'; readonly operation: Operation }
  /** It is introspection alone: nothing is left for the engine. */
  | { readonly kind: 'answered'; readonly result: Result }
  | Refused;

/** The stages of an operation. */
export interface OperationStages<Request, Operation, Planned, Result, Data = JsonData | null> {
  admit(request: Request, context: RequestContext): Admission<Operation, Result>;
  /** Returns a promise only if the plan is not cached. */
  plan(operation: Operation, context: RequestContext): Planned | Promise<Planned>;
  execute(planned: Planned, context: RequestContext): Promise<unknown>;
  /** Null if a null bubbled up to the root. */
  conform(planned: Planned, context: RequestContext): Data | Promise<Data>;
  respond(planned: Planned, data: Data, context: RequestContext): Result;
}

/** The stages of an operation that an engine has. */
export interface EngineStages<Operation, Planned, Answer, Data = JsonData | null> {
  plan(operation: Operation): Planned | Promise<Planned>;
  execute(planned: Planned): Promise<unknown>;
  conform(planned: Planned): Data | Promise<Data>;
  respond(planned: Planned, data: Data): Answer;
}

export type RunOperation<Request, Result> = (request: Request, context: RequestContext) => Promise<Result | Refused>;

export function createOperationPipeline<Request, Operation, Planned, Result, Data>(
  stages: OperationStages<Request, Operation, Planned, Result, Data>,
  around: Around = unwrapped,
): RunOperation<Request, Result> {
  const admit = around('admit', stages.admit);
  const plan = around('plan', stages.plan);
  const execute = around('execute', stages.execute);
  const conform = around('conform', stages.conform);
  const respond = around('respond', stages.respond);
  return async (request, context) => {
    const admission = admit(request, context);
    if (admission.kind === 'refused') return admission;
    if (admission.kind === 'answered') return admission.result;
    const pending = plan(admission.operation, context);
    const planned = pending instanceof Promise ? await pending : pending;
    await execute(planned, context);
    const data = await conform(planned, context);
    return respond(planned, data, context);
  };
}
