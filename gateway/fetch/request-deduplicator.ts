/** Singleflight: identical calls in flight share one request, which is cancelled when its last waiter leaves. */
import type { CallOutcome, CancelReason, OnOutcome } from './call-outcome.ts';

export interface RequestDeduplicator {
  /** Adds the call to an identical request in flight, or sends a new one. */
  join(call: DeduplicatedCall): JoinedRequest;
  /** Calls so far that shared the request of another. */
  readonly joinedCalls: number;
}

/** A call that waits for a shared request. */
export interface DeduplicatedCall {
  readonly key: RequestKey;
  /**
   * Sends the request for all calls that share it. The sender calls `onOutcome` once, unless the request is cancelled.
   */
  send(onOutcome: OnOutcome): { cancel(reason: CancelReason): void };
  /** Called once, perhaps before `join` returns; not called after the call has left. */
  onOutcome(outcome: CallOutcome): void;
}

export interface JoinedRequest {
  /** Cancels the request if nobody else waits for it. */
  leave(call: DeduplicatedCall, reason: CancelReason): void;
}

export interface RequestKey {
  /** Requests are shared within one scope alone. Undefined if the request is never shared. */
  readonly scope: SharingScope | undefined;
  readonly url: string;
  /** A gateway serves several subgraphs at one address. */
  readonly subgraph: string;
  /** Key of the client's headers that go with the request. */
  readonly forwarded: string | undefined;
  readonly body: string;
  /** Milliseconds of the clock by which the caller wants its answer. */
  readonly dueAt: number;
}

/** One object for each combination of rights and platform, compared by identity. */
export type SharingScope = object;

/**
 * A call joins a request only if the request has this share of the call's own time left: otherwise it could time out
 * before the call does.
 */
const TIME_SHARE_MIN = 0.9;

/** Lists instead of a `Map`: see `kit/collections/bag.ts`. */
const BUCKET_COUNT = 1_024;
/** Bodies differ in their variables, which come last. */
const HASHED_TAIL_LENGTH = 32;

export function createRequestDeduplicator(now: () => number): RequestDeduplicator {
  return new BucketDeduplicator(now);
}

class BucketDeduplicator implements RequestDeduplicator {
  readonly #buckets = Array.from({ length: BUCKET_COUNT }, (): SharedRequest[] => []);
  readonly #now: () => number;
  joinedCalls = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  join(call: DeduplicatedCall): JoinedRequest {
    const { key } = call;
    const bucket = key.scope === undefined ? undefined : this.#buckets[hashOf(key.body) & (BUCKET_COUNT - 1)]!;
    const inFlight = bucket && this.#find(bucket, key);
    if (inFlight) {
      this.joinedCalls++;
      inFlight.waiters.push(call);
      return inFlight;
    }
    const request = new SharedRequest(call, bucket);
    bucket?.push(request);
    request.start(call);
    return request;
  }

  #find(bucket: readonly SharedRequest[], key: RequestKey): SharedRequest | undefined {
    if (bucket.length === 0) return undefined;
    const now = this.#now();
    const timeMin = (key.dueAt - now) * TIME_SHARE_MIN;
    return bucket.find((request) => isSameRequest(request.key, key) && request.key.dueAt - now >= timeMin);
  }
}

class SharedRequest implements JoinedRequest {
  readonly key: RequestKey;
  waiters: DeduplicatedCall[];
  readonly #bucket: SharedRequest[] | undefined;
  #sent: { cancel(reason: CancelReason): void } | undefined;

  constructor(call: DeduplicatedCall, bucket: SharedRequest[] | undefined) {
    this.key = call.key;
    this.waiters = [call];
    this.#bucket = bucket;
  }

  start(call: DeduplicatedCall): void {
    this.#sent = call.send((outcome) => this.#onOutcome(outcome));
  }

  leave(call: DeduplicatedCall, reason: CancelReason): void {
    const index = this.waiters.indexOf(call);
    if (index < 0) return;
    this.waiters.splice(index, 1);
    if (this.waiters.length > 0) return;
    this.#remove();
    this.#sent?.cancel(reason);
  }

  #onOutcome(outcome: CallOutcome): void {
    this.#remove();
    const { waiters } = this;
    this.waiters = [];
    for (const waiter of waiters) waiter.onOutcome(outcome);
  }

  #remove(): void {
    const bucket = this.#bucket;
    const index = bucket ? bucket.indexOf(this) : -1;
    if (!bucket || index < 0) return;
    const last = bucket.pop()!;
    if (last !== this) bucket[index] = last;
  }
}

function hashOf(body: string): number {
  let hash = body.length;
  for (let i = Math.max(0, body.length - HASHED_TAIL_LENGTH); i < body.length; i++) {
    hash = (hash * 31 + body.charCodeAt(i)) | 0;
  }
  return hash;
}

function isSameRequest(a: RequestKey, b: RequestKey): boolean {
  const isToSame = a.scope === b.scope && a.url === b.url && a.subgraph === b.subgraph;
  return isToSame && a.body === b.body && a.forwarded === b.forwarded;
}
