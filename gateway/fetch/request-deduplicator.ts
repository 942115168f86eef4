/** Equal calls under way → one request: who comes later joins the flight, who has less time leaves it, and it ends with the last. */

import type { OnOutcome } from './call-outcome.ts';
import type { CancelReason } from './endpoint/endpoint-health.ts';

export interface RequestDeduplicator {
  /** `done` is called once, perhaps before this returns; not at all for one that leaves before. */
  join(key: RequestKey, start: StartRequest, done: OnOutcome): JoinedCall;
  /** Calls so far that went along with another's request. */
  readonly joinedCalls: number;
}

export interface RequestKey {
  /** Whose rights, at which platform: calls are equal within one scope alone. Undefined for what is never shared. */
  readonly scope: SharingScope | undefined;
  readonly url: string;
  /** The subgraph that the call is for: a gateway serves several at one address. */
  readonly subgraph: string;
  /** What it says of the client; a call that says something else is another call. */
  readonly forwarded: string | undefined;
  readonly body: string;
  /** Milliseconds of the clock by which the caller wants its answer. */
  readonly dueAt: number;
}

/** Sends the request; `landed` is called once, unless it is ended before. */
export type StartRequest = (onResponse: OnOutcome) => { cancel(reason: CancelReason): void };

export interface JoinedCall {
  cancel(reason: CancelReason): void;
}

/** One object for each combination of rights and platform, known by itself. */
export type SharingScope = object;

interface SharedRequest {
  readonly key: RequestKey;
  join(done: OnOutcome): JoinedCall;
}

/** A flight with less than this share of the caller's own time left is not worth joining: it may be late where the caller is not. */
const TIME_SHARE_MIN = 0.9;

/** Lists in place of a `Map`, for the reason that a roster has. */
const BUCKET_COUNT = 1_024;
/** Bodies differ in their variables, which come last. */
const HASHED_TAIL_LENGTH = 32;

function bucketOf({ body }: RequestKey, buckets: readonly SharedRequest[][]): SharedRequest[] {
  let hash = body.length;
  for (let i = Math.max(0, body.length - HASHED_TAIL_LENGTH); i < body.length; i++)
    hash = (hash * 31 + body.charCodeAt(i)) | 0;
  return buckets[hash & (BUCKET_COUNT - 1)]!;
}

function isSameRequest(a: RequestKey, b: RequestKey): boolean {
  const isToSame = a.scope === b.scope && a.url === b.url && a.subgraph === b.subgraph;
  return isToSame && a.body === b.body && a.forwarded === b.forwarded;
}

export function createRequestDeduplicator(now: () => number): RequestDeduplicator {
  const buckets = Array.from({ length: BUCKET_COUNT }, (): SharedRequest[] => []);
  let joinedCalls = 0;

  const find = (key: RequestKey): SharedRequest | undefined => {
    if (key.scope === undefined) return undefined;
    const at = now();
    return bucketOf(key, buckets).find(
      (sharedRequest) =>
        isSameRequest(sharedRequest.key, key) && sharedRequest.key.dueAt - at >= (key.dueAt - at) * TIME_SHARE_MIN,
    );
  };
  const add = (sharedRequest: SharedRequest): void => {
    if (sharedRequest.key.scope !== undefined) bucketOf(sharedRequest.key, buckets).push(sharedRequest);
  };
  const remove = (sharedRequest: SharedRequest): void => {
    const bucket = bucketOf(sharedRequest.key, buckets);
    const index = bucket.indexOf(sharedRequest);
    if (index < 0) return;
    const last = bucket.pop()!;
    if (last !== sharedRequest) bucket[index] = last;
  };
  return {
    join(key, start, done) {
      const runningRequest = find(key);
      if (runningRequest) {
        joinedCalls++;
        return runningRequest.join(done);
      }
      const waiters: OnOutcome[] = [];
      let request: ReturnType<StartRequest> | undefined;
      const sharedRequest: SharedRequest = {
        key,
        join(waiter) {
          waiters.push(waiter);
          return {
            cancel(reason) {
              const index = waiters.indexOf(waiter);
              if (index < 0) return;
              waiters.splice(index, 1);
              if (waiters.length > 0) return;
              remove(sharedRequest);
              request?.cancel(reason);
            },
          };
        },
      };
      const seat = sharedRequest.join(done);
      add(sharedRequest);
      request = start((outcome) => {
        remove(sharedRequest);
        for (const waiter of waiters.splice(0)) waiter(outcome);
      });
      return seat;
    },
    get joinedCalls() {
      return joinedCalls;
    },
  };
}
