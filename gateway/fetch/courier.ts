/** Call of a fetch → answer: with its passport, within the operation's time, and counted. */
import {
  DEADLINE_HEADER,
  HOPS_HEADER,
  PASSPORT_HEADER,
  type PassportClaims,
  REQUEST_ID_HEADER,
  type Region,
  SUBGRAPH_HEADER,
} from '@yiwang/schema';
import type { Answer, Call, Printed } from '../model/answer.ts';
import { PublicError } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import type { PlatformEntry } from '../model/network.ts';
import type { Asked } from '../model/request.ts';
import { createPlatformClient } from './client.ts';
import { createPassports } from './passports.ts';

export interface Errand {
  readonly url: string;
  /** Undefined for a subgraph with a plain address, which gets no passport. */
  readonly target: { readonly platform: PlatformEntry; readonly owns: Region } | undefined;
  readonly subgraph: string;
  /** JSON text of the request: its query and variables. */
  readonly body: string;
}

/** What of a run a call needs. */
export interface Sender {
  readonly asked: Asked;
  /** Milliseconds of `performance.now()` by which the answer is due. */
  readonly dueAt: number;
  readonly signal: AbortSignal;
  /** Calls so far. */
  calls: number;
}

export interface Courier {
  /** Throws `TOO_COSTLY` where the operation makes more calls than it may. */
  call(errand: Errand, sender: Sender): Promise<Answer>;
  /** As `call`, but an answer that carries nothing besides its data may stay as it was sent. */
  callPrinted(errand: Errand, sender: Sender): Promise<Answer | Printed>;
  close(): Promise<void>;
}

export interface CourierOptions {
  readonly signPassport: (claims: PassportClaims) => Promise<string>;
  readonly limits: Limits;
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

export function createCourier({ signPassport, limits }: CourierOptions): Courier {
  const client = createPlatformClient(limits);
  const passports = createPassports({
    sign: signPassport,
    lifeMs: limits.passportLifeMs,
    entriesMax: limits.passportCacheMax,
    now: Date.now,
  });
  /** What the call goes out with; an answer where there is no time left for it. */
  const prepare = async ({ url, target, subgraph, body }: Errand, sender: Sender): Promise<Call | Answer> => {
    sender.calls++;
    if (sender.calls > limits.callsMax) {
      throw new PublicError('TOO_COSTLY', `this operation comes to more than ${limits.callsMax} calls of platforms`);
    }
    const { rights, requestId } = sender.asked;
    const deadlineMs = Math.min(limits.platformDeadlineMs, sender.dueAt - performance.now());
    if (deadlineMs <= 0) return TOO_LATE;
    const headers: Record<string, string> = {
      [REQUEST_ID_HEADER]: requestId,
      [DEADLINE_HEADER]: String(Math.max(1, Math.floor(deadlineMs))),
    };
    if (target) {
      headers[PASSPORT_HEADER] = await passports.issue(rights, target.platform.id, target.owns);
      headers[SUBGRAPH_HEADER] = subgraph;
      headers[HOPS_HEADER] = String((sender.asked.hops ?? 0) + 1);
    }
    return { url, body, headers, deadlineMs, signal: sender.signal };
  };
  return {
    async call(errand, sender) {
      const call = await prepare(errand, sender);
      return 'kind' in call ? call : client.call(call);
    },
    async callPrinted(errand, sender) {
      const call = await prepare(errand, sender);
      return 'kind' in call ? call : client.callPrinted(call);
    },
    close: () => client.close(),
  };
}
