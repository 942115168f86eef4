/** Call of a fetch → answer: with its passport, within the operation's time, shared with its equals, and counted. */
import type { PassportClaims, Region, Tier } from '@yiwang/schema';
import { createLruCache } from '../kit/collections/lru-cache.ts';
import { createAdmissionQueue } from '../kit/concurrency/admission-queue.ts';
import { type ConcurrencyLimiter, createConcurrencyLimiter } from '../kit/concurrency/concurrency-limiter.ts';
import { PublicError } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import type { PlatformEntry } from '../model/network.ts';
import type { PlatformAnswer, RawData, RawDataExtractor } from '../model/platform-answer.ts';
import { ANONYMOUS, type Rights } from '../model/rights.ts';
import type { CancelSignal, OperationUsage, ValidatedOperation } from '../model/validated-operation.ts';
import { createBreakerKeys } from './breakers/breaker-keys.ts';
import { type CallOutcome, toMissingAnswer } from './call-outcome.ts';
import type { OutboundRequest } from './endpoint/attempt.ts';
import type { Endpoint } from './endpoint/endpoint.ts';
import { createEndpointRegistry, type EndpointRegistry } from './endpoint/endpoint-registry.ts';
import { createHedgeBudget } from './hedge-budget.ts';
import { createHedgedSender } from './hedged-sender.ts';
import { createPassportIssuer } from './passport-issuer.ts';
import { createRequestDeduplicator, type SharingScope } from './request-deduplicator.ts';
import { createResponseParser } from './response/parse-response.ts';

export interface PlatformRequest {
  readonly url: string;
  /** Undefined for a subgraph with a plain address, which gets no passport. */
  readonly target: { readonly platform: PlatformEntry; readonly owns: Region } | undefined;
  readonly subgraph: string;
  /** JSON text of the request: its query and variables. */
  readonly body: string;
  /** True for what changes something: it is sent once, and for one caller alone. */
  readonly isMutation: boolean;
  /** True where the data may hold numbers that a double does not. Default: false. */
  readonly isExact?: boolean;
}

/** What of a run a call needs. */
export interface CallContext {
  readonly asked: Pick<ValidatedOperation, 'rights' | 'requestId' | 'hops' | 'caller' | 'forwarded'>;
  /** Milliseconds of the clock by which the answer is due. */
  readonly dueAt: number;
  readonly signal: CancelSignal;
  readonly spent: Pick<OperationUsage, 'calls' | 'bytes'>;
}

export interface PlatformClient {
  /** Rejects with `TOO_COSTLY` where the operation makes more calls than it may, or is answered with more bytes. */
  call(request: PlatformRequest, context: CallContext): Promise<PlatformAnswer>;
  /** As `call`, but an answer that is accepted stays as it was sent. */
  callRaw(request: PlatformRequest, accept: RawDataExtractor, context: CallContext): Promise<PlatformAnswer | RawData>;
  /** Lets go of all addresses but these, each as soon as no call is under way there. What is known of the others is kept. */
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
  /** Milliseconds, as `performance.now()` gives them. */
  readonly now?: () => number;
  /** From 0 to 1, to choose between replicas. */
  readonly random?: () => number;
}

/** The time of the operation was over before its platform could be asked. */
const NO_TIME_LEFT: PlatformAnswer = {
  kind: 'missing',
  status: 'LATE',
  code: 'PLATFORM_LATE',
  reason: 'no time was left to ask it',
  problems: [],
  elapsedMs: 0,
};
/** Of the time that is left, at most this share is kept back for the merge. */
const RESERVE_SHARE_MAX = 0.1;

/** Answers of this size and more are read one in each turn of the event loop, so that small ones need not wait for all of them. */
const LARGE_RESPONSE_BYTES = 65_536;

export function createPlatformClient(options: PlatformClientOptions): PlatformClient {
  const { signPassport, limits, now = () => performance.now(), random = Math.random } = options;
  const endpoints = createEndpointRegistry(limits, now);
  const tierLimiterOf = createTierLimiters(limits);
  const deduplicator = createRequestDeduplicator(now);
  const parser = createResponseParser(limits);
  const largeResponses = createAdmissionQueue(1);
  const unsignedScopeOf = createUnsignedScopes(limits.passportCacheMax);
  const counts = { hedge: 0, failover: 0, refused: 0 };
  const hedgedSender = createHedgedSender({
    budget: createHedgeBudget(limits.hedgePercentMax),
    hedgeAfterMs: limits.hedgeAfterMs,
    now,
    random,
    onExtraTry: (kind) => {
      counts[kind]++;
    },
  });
  const passportIssuer = createPassportIssuer({
    sign: signPassport,
    lifeMs: limits.passportLifeMs,
    entriesMax: limits.passportCacheMax,
    now: Date.now,
  });

  const post = <T>(
    scheduled: ScheduledRequest,
    passport: OutboundRequest['passport'],
    read: ParseResponse<T>,
  ): Promise<T | PlatformAnswer> => {
    const { request, context, startedAt, dueAt } = scheduled;
    const { body, url, isMutation, target } = request;
    const launch = (onResponse: (outcome: CallOutcome) => void) => {
      const tier = target && tierLimiterOf(target.platform.tier);
      const { requestId, hops = 0, forwarded } = context.asked;
      const { subgraph } = request;
      const outbound: OutboundRequest = {
        body,
        requestId,
        passport,
        forwardedHeaders: target ? undefined : forwarded?.rawHeaders,
        subgraph,
        hops: hops + 1,
        dueAt,
        callerKey: context.asked.caller?.key,
        operation: context,
        tierLimiter: tier,
        breakerKeys: createBreakerKeys({ caller: breakerCallerOf(context.asked.rights), body }),
      };
      return hedgedSender.send(endpointsOf(request, endpoints), outbound, isMutation, onResponse);
    };
    return new Promise((resolve, reject) => {
      let isOver = false;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let removeListener: (() => void) | undefined;
      const settle = (outcome: CallOutcome): void => {
        isOver = true;
        clearTimeout(timer);
        removeListener?.();
        const elapsedMs = Math.round(now() - startedAt);
        if (outcome.kind !== 'reply') {
          if (outcome.kind === 'refused') counts.refused++;
          resolve(toMissingAnswer(outcome, elapsedMs));
          return;
        }
        context.spent.bytes += outcome.body.length;
        if (context.spent.bytes > limits.receivedBytesMax) {
          reject(createTooMuchReceivedError(limits));
          return;
        }
        const deliver = (): void => {
          try {
            resolve(
              context.signal.aborted ? toMissingAnswer({ kind: 'aborted' }, elapsedMs) : read(outcome, elapsedMs),
            );
          } catch (error) {
            reject(error);
          }
        };
        if (outcome.body.length < LARGE_RESPONSE_BYTES || largeResponses.tryAdmit()) deliver();
        else largeResponses.enqueue({ group: context.asked.caller?.key, part: context, start: deliver });
      };
      const ticket = {
        scope: isMutation ? undefined : scheduled.scope,
        url,
        subgraph: request.subgraph,
        forwarded: target ? undefined : context.asked.forwarded?.key,
        body,
        dueAt,
      };
      const joined = deduplicator.join(ticket, launch, settle);
      if (isOver) return;
      timer = setTimeout(
        () => {
          joined.cancel('late');
          settle({ kind: 'late', deadlineMs: dueAt - startedAt });
        },
        Math.max(1, Math.floor(dueAt - now())),
      );
      removeListener = context.signal.onAbort(() => {
        joined.cancel('aborted');
        settle({ kind: 'aborted' });
      });
    });
  };

  const parseExactly: ParseResponse<PlatformAnswer> = (reply, elapsedMs) => parser.parse(reply, elapsedMs, true);

  const send = <T>(
    request: PlatformRequest,
    context: CallContext,
    read: ParseResponse<T>,
  ): Promise<T | PlatformAnswer> => {
    context.spent.calls++;
    if (context.spent.calls > limits.callsMax) {
      const message = `this operation comes to more than ${limits.callsMax} calls of platforms`;
      return Promise.reject(new PublicError('TOO_COSTLY', message));
    }
    const startedAt = now();
    const dueAt = computeDueAt(context.dueAt, startedAt, limits);
    if (dueAt <= startedAt || context.signal.aborted) return Promise.resolve(NO_TIME_LEFT);
    const { rights } = context.asked;
    const { target, url } = request;
    if (!target)
      return post({ request, context, startedAt, dueAt, scope: unsignedScopeOf(url, rights) }, undefined, read);
    const issue = () => passportIssuer.issue(rights, target.platform.id, target.owns);
    const passport = issue();
    const scheduled: ScheduledRequest = { request, context, startedAt, dueAt, scope: passport };
    // It may wait until the passport is old.
    const current = () => (passport.until > Date.now() ? passport : issue()).token;
    return typeof passport.token === 'string'
      ? post(scheduled, current, read)
      : passport.token.then(() => post(scheduled, current, read));
  };
  return {
    call: (request, context) => send(request, context, request.isExact ? parseExactly : parser.parse),
    callRaw: (request, accept, context) =>
      send(request, context, (reply, elapsedMs) => parser.parseRaw(reply, elapsedMs, accept)),
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

function createTooMuchReceivedError({ receivedBytesMax }: Limits): PublicError {
  const message = `platforms answered this operation with more than ${receivedBytesMax} bytes; ask for less at a time`;
  return new PublicError('TOO_COSTLY', message, { extensions: { limit: 'receivedBytesMax', max: receivedBytesMax } });
}

type ParseResponse<T> = (reply: Extract<CallOutcome, { kind: 'reply' }>, elapsedMs: number) => T | Promise<T>;

/** An errand with its times, and the scope within which it may be shared. */
interface ScheduledRequest {
  readonly request: PlatformRequest;
  readonly context: CallContext;
  readonly startedAt: number;
  readonly dueAt: number;
  readonly scope: SharingScope;
}

/** What is left of the operation's time less what the merge needs, and never more than a platform may take. */
function computeDueAt(operationDueAt: number, at: number, limits: Limits): number {
  const reserveMs = Math.min(limits.mergeReserveMs, (operationDueAt - at) * RESERVE_SHARE_MAX);
  return Math.min(at + limits.platformDeadlineMs, operationDueAt - reserveMs);
}

function endpointsOf({ target, url }: PlatformRequest, book: EndpointRegistry): Endpoint[] {
  const replicas = target?.platform.replicas;
  return replicas === undefined ? [book.get(url)] : [book.get(url), ...replicas.map(book.get)];
}

/** Strangers are not told apart. What callers choose themselves, such as a purpose, tells none apart either. */
function breakerCallerOf({ subject }: Rights): string | undefined {
  return subject === ANONYMOUS ? undefined : subject;
}

/** Where there are no passports to tell rights apart. */
function createUnsignedScopes(max: number): (url: string, rights: Rights) => SharingScope {
  const scopes = createLruCache<string, SharingScope>(max);
  return (url, { fingerprint }) => {
    const key = `${fingerprint} ${url}`;
    let scope = scopes.get(key);
    if (!scope) {
      scope = {};
      scopes.set(key, scope);
    }
    return scope;
  };
}

function createTierLimiters({ tierParallelMax, tierQueueMax }: Limits): (tier: Tier) => ConcurrencyLimiter {
  const gates = new Map<Tier, ConcurrencyLimiter>();
  return (tier) => {
    let gate = gates.get(tier);
    if (!gate) {
      gate = createConcurrencyLimiter({ runningMax: () => tierParallelMax, queueMax: tierQueueMax });
      gates.set(tier, gate);
    }
    return gate;
  };
}
