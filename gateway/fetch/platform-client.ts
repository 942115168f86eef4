/**
 * Request of a fetch → a platform's answer: signed, within the operation's deadline, shared with identical requests,
 * and counted.
 */
import type { PassportClaims } from '@yiwang/schema';
import { createAdmissionQueue } from '../kit/concurrency/admission-queue.ts';
import { PublicError } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import type { PlatformEntry } from '../model/platform/network.ts';
import type {
  CallTrace,
  PlatformAnswer,
  PlatformRequest,
  RawData,
  RawDataExtractor,
  TraceCall,
} from '../model/platform/platform-answer.ts';
import { createEndpointRegistry } from './endpoint/endpoint-registry.ts';
import { createHedgeBudget } from './hedge-budget.ts';
import { createHedgedSender } from './hedged-sender.ts';
import { createPassportIssuer } from './passport-issuer.ts';
import { type CallServices, type ParseResponse, startCall } from './platform-call.ts';
import { createRequestDeduplicator } from './request-deduplicator.ts';
import { createResponseParser } from './response/parse-response.ts';
import type { CallContext } from './scheduled-request.ts';
import { createUnsignedScopes } from './sharing-scopes.ts';
import { createTierLimiters } from './tier-limiters.ts';

export interface PlatformClient {
  /** Rejects with `TOO_COSTLY` if the operation makes more calls or receives more bytes than it may. */
  call(request: PlatformRequest, context: CallContext): Promise<PlatformAnswer>;
  /** As `call`, but returns data that the extractor accepts as the platform sent it. */
  callRaw(
    request: PlatformRequest,
    extractor: RawDataExtractor,
    context: CallContext,
  ): Promise<PlatformAnswer | RawData>;
  /** Closes all endpoints but these, each as soon as it has no call. The health of the others is kept. */
  retain(urls: Iterable<string>): void;
  state(): PlatformClientState;
  close(): Promise<void>;
}

/** For metrics; `…Total` are counts since the start. */
export interface PlatformClientState {
  readonly endpoints: number;
  readonly callsInFlight: number;
  readonly callsWaiting: number;
  readonly breakersOpen: number;
  readonly callsSharedTotal: number;
  readonly hedgesTotal: number;
  readonly failoversTotal: number;
  readonly refusedTotal: number;
}

export interface PlatformClientOptions {
  readonly signPassport: (claims: PassportClaims) => Promise<string>;
  readonly limits: Limits;
  /** Milliseconds, as `performance.now()` returns them. */
  readonly now?: () => number;
  /** From 0 to 1, to choose between replicas. */
  readonly random?: () => number;
  /** Why a platform may not be asked; undefined if it may. Default: all may. */
  readonly refusalOf?: ((platform: PlatformEntry) => string | undefined) | undefined;
  /** Puts each call into a span. Default: no tracing. */
  readonly traceCall?: TraceCall | undefined;
}

/** The deadline of the operation passed before its platform could be called. */
const NO_TIME_LEFT: PlatformAnswer = {
  kind: 'missing',
  status: 'LATE',
  code: 'PLATFORM_LATE',
  reason: 'no time was left to call the platform',
  problems: [],
  elapsedMs: 0,
};
function createRefusedAnswer(reason: string): PlatformAnswer {
  return { kind: 'missing', status: 'NONCONFORMING', code: 'PLATFORM_REFUSED', reason, problems: [], elapsedMs: 0 };
}

/** The merge keeps at most this share of the time that is left. */
const RESERVE_SHARE_MAX = 0.1;

export function createPlatformClient(options: PlatformClientOptions): PlatformClient {
  const { signPassport, limits, now = () => performance.now(), random = Math.random, traceCall, refusalOf } = options;
  const counts = { hedge: 0, failover: 0, refused: 0 };
  const services = createCallServices({ limits, now, random }, counts);
  const { endpoints, deduplicator } = services;
  const parser = createResponseParser(limits);
  const unsignedScopeOf = createUnsignedScopes(limits.passportCacheMax);
  const passports = createPassportIssuer({
    sign: signPassport,
    lifeMs: limits.passportLifeMs,
    entriesMax: limits.passportCacheMax,
    now: Date.now,
  });

  const send = <T>(
    request: PlatformRequest,
    context: CallContext,
    parse: ParseResponse<T>,
    trace: CallTrace | undefined,
  ): Promise<T | PlatformAnswer> => {
    context.usage.calls++;
    if (context.usage.calls > limits.callsMax) return Promise.reject(createTooManyCallsError(limits));
    const startedAt = now();
    const dueAt = computeDueAt(context.dueAt, startedAt, limits);
    if (dueAt <= startedAt || context.signal.aborted) return Promise.resolve(NO_TIME_LEFT);
    const { rights } = context.operation;
    const { target, url } = request;
    if (!target) {
      const scope = unsignedScopeOf(url, rights);
      return startCall(services, { request, context, startedAt, dueAt, scope, passport: undefined, trace }, parse);
    }
    const refusal = refusalOf?.(target.platform);
    if (refusal !== undefined) return Promise.resolve(createRefusedAnswer(refusal));
    const issue = () => passports.issue(rights, target.platform.id, target.owns);
    const issued = issue();
    // The call may wait until this passport has expired.
    const passport = () => (issued.until > Date.now() ? issued : issue()).token;
    const scheduled = { request, context, startedAt, dueAt, scope: issued, passport, trace };
    return typeof issued.token === 'string'
      ? startCall(services, scheduled, parse)
      : issued.token.then(() => startCall(services, scheduled, parse));
  };
  const call = <T extends RawData | PlatformAnswer>(
    request: PlatformRequest,
    context: CallContext,
    parse: ParseResponse<T>,
  ): Promise<T | PlatformAnswer> => {
    if (!traceCall) return send(request, context, parse, undefined);
    const { target, subgraph, url } = request;
    const traced = { platform: target?.platform.id, division: target?.platform.division, subgraph, url };
    return traceCall<T | PlatformAnswer>(traced, (trace) => send(request, context, parse, trace));
  };
  const parseExactly: ParseResponse<PlatformAnswer> = (response, elapsedMs) => parser.parse(response, elapsedMs, true);
  return {
    call: (request, context) => call(request, context, request.isExact ? parseExactly : parser.parse),
    callRaw: (request, extractor, context) =>
      call(request, context, (response, elapsedMs) => parser.parseRaw(response, elapsedMs, extractor)),
    retain: endpoints.retain,
    state: () => ({
      ...endpoints.state(),
      callsSharedTotal: deduplicator.joinedCalls,
      hedgesTotal: counts.hedge,
      failoversTotal: counts.failover,
      refusedTotal: counts.refused,
    }),
    close: () => endpoints.close(),
  };
}

function createCallServices(
  { limits, now, random }: Required<Pick<PlatformClientOptions, 'limits' | 'now' | 'random'>>,
  counts: { hedge: number; failover: number; refused: number },
): CallServices {
  const onExtraAttempt = (kind: 'hedge' | 'failover'): void => {
    counts[kind]++;
  };
  const budget = createHedgeBudget(limits.hedgePercentMax);
  return {
    limits,
    now,
    endpoints: createEndpointRegistry(limits, now),
    deduplicator: createRequestDeduplicator(now),
    sender: createHedgedSender({ budget, hedgeAfterMs: limits.hedgeAfterMs, now, random, onExtraAttempt }),
    tierLimiterOf: createTierLimiters(limits),
    largeResponses: createAdmissionQueue(1),
    onRefused: () => {
      counts.refused++;
    },
  };
}

function createTooManyCallsError({ callsMax }: Limits): PublicError {
  return new PublicError(
    'TOO_COSTLY',
    `The operation makes more than ${callsMax} platform calls; ask for less at a time.`,
  );
}

/** Returns when the platform's answer is due: before the reserve for the merge, and within the platform deadline. */
function computeDueAt(operationDueAt: number, at: number, limits: Limits): number {
  const reserveMs = Math.min(limits.mergeReserveMs, (operationDueAt - at) * RESERVE_SHARE_MAX);
  return Math.min(at + limits.platformDeadlineMs, operationDueAt - reserveMs);
}
