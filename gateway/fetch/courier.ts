/** Call of a fetch → answer: with its passport, within the operation's time, shared with its equals, and counted. */
import type { PassportClaims, Region, Tier } from '@yiwang/schema';
import { createBoundedMap } from '../kit/bounded-map.ts';
import { createGate, type Gate } from '../kit/gate.ts';
import { createTurnstile } from '../kit/turnstile.ts';
import type { AcceptData, Answer, Printed } from '../model/answer.ts';
import { PublicError } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import type { PlatformEntry } from '../model/network.ts';
import type { Asked, Signal, Spent } from '../model/request.ts';
import { ANONYMOUS, type Rights } from '../model/rights.ts';
import type { Address } from './address.ts';
import { type AddressBook, createAddressBook } from './address-book.ts';
import type { Parcel } from './attempt.ts';
import { createCallOrigin } from './call-origin.ts';
import { createFlights, type Scope } from './flights.ts';
import { createHedgeBudget } from './hedge-budget.ts';
import { missingOf, type Outcome } from './outcome.ts';
import { createPassports } from './passports.ts';
import { createReader } from './read-answer.ts';
import { createRelay } from './relay.ts';

export interface Errand {
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
export interface Sender {
  readonly asked: Pick<Asked, 'rights' | 'requestId' | 'hops' | 'caller' | 'forwarded'>;
  /** Milliseconds of the clock by which the answer is due. */
  readonly dueAt: number;
  readonly signal: Signal;
  readonly spent: Pick<Spent, 'calls' | 'bytes'>;
}

export interface Courier {
  /** Rejects with `TOO_COSTLY` where the operation makes more calls than it may, or is answered with more bytes. */
  call(errand: Errand, sender: Sender): Promise<Answer>;
  /** As `call`, but an answer that is accepted stays as it was sent. */
  callPrinted(errand: Errand, accept: AcceptData, sender: Sender): Promise<Answer | Printed>;
  /** Lets go of all addresses but these, each as soon as no call is under way there. What is known of the others is kept. */
  retain(urls: Iterable<string>): void;
  state(): CourierState;
  close(): Promise<void>;
}

/** For metrics; `…Total` are counts since the start. */
export interface CourierState {
  readonly addresses: number;
  readonly callsUnderWay: number;
  readonly callsWaiting: number;
  readonly breakersOpen: number;
  readonly callsSharedTotal: number;
  readonly hedgesTotal: number;
  readonly failoversTotal: number;
  readonly refusedTotal: number;
}

export interface CourierOptions {
  readonly signPassport: (claims: PassportClaims) => Promise<string>;
  readonly limits: Limits;
  /** Milliseconds, as `performance.now()` gives them. */
  readonly now?: () => number;
  /** From 0 to 1, to choose between replicas. */
  readonly random?: () => number;
}

/** The time of the operation was over before its platform could be asked. */
const TOO_LATE: Answer = {
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
const BIG_BYTES = 65_536;

export function createCourier(options: CourierOptions): Courier {
  const { signPassport, limits, now = () => performance.now(), random = Math.random } = options;
  const book = createAddressBook(limits, now);
  const tierOf = createTierGates(limits);
  const flights = createFlights(now);
  const reader = createReader(limits);
  const bigAnswers = createTurnstile(1);
  const plainScope = createPlainScopes(limits.passportCacheMax);
  const counts = { hedge: 0, failover: 0, refused: 0 };
  const relay = createRelay({
    budget: createHedgeBudget(limits.hedgePercentMax),
    hedgeAfterMs: limits.hedgeAfterMs,
    now,
    random,
    onSecond: (kind) => {
      counts[kind]++;
    },
  });
  const passports = createPassports({
    sign: signPassport,
    lifeMs: limits.passportLifeMs,
    entriesMax: limits.passportCacheMax,
    now: Date.now,
  });

  const post = <T>(order: Order, passport: Parcel['passport'], read: Read<T>): Promise<T | Answer> => {
    const { errand, sender, startedAt, dueAt } = order;
    const { body, url, isMutation, target } = errand;
    const launch = (landed: (outcome: Outcome) => void) => {
      const tier = target && tierOf(target.platform.tier);
      const { requestId, hops = 0, forwarded } = sender.asked;
      const { subgraph } = errand;
      const parcel: Parcel = {
        body,
        requestId,
        passport,
        forwarded: target ? undefined : forwarded?.fields,
        subgraph,
        hops: hops + 1,
        dueAt,
        caller: sender.asked.caller?.key,
        operation: sender,
        tier,
        origin: createCallOrigin({ caller: callerOf(sender.asked.rights), body }),
      };
      return relay.send(addressesOf(errand, book), parcel, isMutation, landed);
    };
    return new Promise((resolve, reject) => {
      let isOver = false;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let unhook: (() => void) | undefined;
      const settle = (outcome: Outcome): void => {
        isOver = true;
        clearTimeout(timer);
        unhook?.();
        const elapsedMs = Math.round(now() - startedAt);
        if (outcome.kind !== 'reply') {
          if (outcome.kind === 'refused') counts.refused++;
          resolve(missingOf(outcome, elapsedMs));
          return;
        }
        sender.spent.bytes += outcome.body.length;
        if (sender.spent.bytes > limits.receivedBytesMax) {
          reject(tooMuchReceived(limits));
          return;
        }
        const deliver = (): void => {
          try {
            resolve(sender.signal.aborted ? missingOf({ kind: 'given-up' }, elapsedMs) : read(outcome, elapsedMs));
          } catch (error) {
            reject(error);
          }
        };
        if (outcome.body.length < BIG_BYTES || bigAnswers.passNow()) deliver();
        else bigAnswers.wait({ group: sender.asked.caller?.key, part: sender, go: deliver });
      };
      const ticket = {
        scope: isMutation ? undefined : order.scope,
        url,
        subgraph: errand.subgraph,
        forwarded: target ? undefined : sender.asked.forwarded?.key,
        body,
        dueAt,
      };
      const seat = flights.board(ticket, launch, settle);
      if (isOver) return;
      timer = setTimeout(
        () => {
          seat.leave('late');
          settle({ kind: 'late', deadlineMs: dueAt - startedAt });
        },
        Math.max(1, Math.floor(dueAt - now())),
      );
      unhook = sender.signal.onAbort(() => {
        seat.leave('given-up');
        settle({ kind: 'given-up' });
      });
    });
  };

  const exactly: Read<Answer> = (reply, elapsedMs) => reader.answer(reply, elapsedMs, true);

  const send = <T>(errand: Errand, sender: Sender, read: Read<T>): Promise<T | Answer> => {
    sender.spent.calls++;
    if (sender.spent.calls > limits.callsMax) {
      const message = `this operation comes to more than ${limits.callsMax} calls of platforms`;
      return Promise.reject(new PublicError('TOO_COSTLY', message));
    }
    const startedAt = now();
    const dueAt = dueOf(sender.dueAt, startedAt, limits);
    if (dueAt <= startedAt || sender.signal.aborted) return Promise.resolve(TOO_LATE);
    const { rights } = sender.asked;
    const { target, url } = errand;
    if (!target) return post({ errand, sender, startedAt, dueAt, scope: plainScope(url, rights) }, undefined, read);
    const issue = () => passports.issue(rights, target.platform.id, target.owns);
    const passport = issue();
    const order: Order = { errand, sender, startedAt, dueAt, scope: passport };
    // It may wait until the passport is old.
    const current = () => (passport.until > Date.now() ? passport : issue()).token;
    return typeof passport.token === 'string'
      ? post(order, current, read)
      : passport.token.then(() => post(order, current, read));
  };
  return {
    call: (errand, sender) => send(errand, sender, errand.isExact ? exactly : reader.answer),
    callPrinted: (errand, accept, sender) =>
      send(errand, sender, (reply, elapsedMs) => reader.printed(reply, elapsedMs, accept)),
    retain: book.retain,
    state: () => ({
      ...book.state(),
      callsSharedTotal: flights.shared,
      hedgesTotal: counts.hedge,
      failoversTotal: counts.failover,
      refusedTotal: counts.refused,
    }),
    close: () => book.close(),
  };
}

function tooMuchReceived({ receivedBytesMax }: Limits): PublicError {
  const message = `platforms answered this operation with more than ${receivedBytesMax} bytes; ask for less at a time`;
  return new PublicError('TOO_COSTLY', message, { extensions: { limit: 'receivedBytesMax', max: receivedBytesMax } });
}

type Read<T> = (reply: Extract<Outcome, { kind: 'reply' }>, elapsedMs: number) => T | Promise<T>;

/** An errand with its times, and the scope within which it may be shared. */
interface Order {
  readonly errand: Errand;
  readonly sender: Sender;
  readonly startedAt: number;
  readonly dueAt: number;
  readonly scope: Scope;
}

/** What is left of the operation's time less what the merge needs, and never more than a platform may take. */
function dueOf(operationDueAt: number, at: number, limits: Limits): number {
  const reserveMs = Math.min(limits.mergeReserveMs, (operationDueAt - at) * RESERVE_SHARE_MAX);
  return Math.min(at + limits.platformDeadlineMs, operationDueAt - reserveMs);
}

function addressesOf({ target, url }: Errand, book: AddressBook): Address[] {
  const replicas = target?.platform.replicas;
  return replicas === undefined ? [book.at(url)] : [book.at(url), ...replicas.map(book.at)];
}

/** Strangers are not told apart. What callers choose themselves, such as a purpose, tells none apart either. */
function callerOf({ subject }: Rights): string | undefined {
  return subject === ANONYMOUS ? undefined : subject;
}

/** Where there are no passports to tell rights apart. */
function createPlainScopes(max: number): (url: string, rights: Rights) => Scope {
  const scopes = createBoundedMap<string, Scope>(max);
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

function createTierGates({ tierParallelMax, tierQueueMax }: Limits): (tier: Tier) => Gate {
  const gates = new Map<Tier, Gate>();
  return (tier) => {
    let gate = gates.get(tier);
    if (!gate) {
      gate = createGate({ insideMax: () => tierParallelMax, waitingMax: tierQueueMax });
      gates.set(tier, gate);
    }
    return gate;
  };
}
