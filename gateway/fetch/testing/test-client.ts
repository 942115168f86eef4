/** A platform client with a clock that tests advance, and requests for it. */
import { EVERYWHERE, type PassportClaims } from '@yiwang/schema';
import { createCancelController } from '../../kit/concurrency/cancel-controller.ts';
import { DEFAULT_LIMITS, type Limits } from '../../model/limits.ts';
import type { PlatformEntry } from '../../model/platform/network.ts';
import type { PlatformRequest } from '../../model/platform/platform-answer.ts';
import type { Rights } from '../../model/rights.ts';
import type { CancelSignal } from '../../model/validated-operation.ts';
import { createPlatformClient, type PlatformClient } from '../platform-client.ts';
import type { CallContext } from '../scheduled-request.ts';

export const TESTER_RIGHTS: Rights = {
  subject: 'tester',
  tier: 'NATIONAL',
  division: '100000',
  roles: [],
  audience: 'supervisor',
  region: EVERYWHERE,
  classes: ['OPEN'],
  unmasked: false,
  fingerprint: 'tester',
};

export function platformAt(url: string, more: Partial<PlatformEntry> = {}): PlatformEntry {
  return { id: 'toy/420100', name: 'toy', tier: 'MUNICIPAL', division: '420100', subgraphs: ['toy'], url, ...more };
}

export function requestTo(platform: PlatformEntry, more: Partial<PlatformRequest> = {}): PlatformRequest {
  const target = { platform, owns: EVERYWHERE };
  return { url: platform.url, target, subgraph: 'toy', body: '{"query":"{ a }"}', isMutation: false, ...more };
}

export interface TestClient extends PlatformClient {
  /** Creates the context of an operation. */
  context(options?: {
    readonly leftMs?: number | undefined;
    readonly rights?: Partial<Rights>;
    readonly signal?: CancelSignal;
  }): CallContext;
  /** Advances the clock. Timers do not follow it. */
  advance(ms: number): void;
}

const signNothing = async (claims: PassportClaims): Promise<string> => JSON.stringify(claims);

export function startClient(
  limits: Partial<Limits> = {},
  random: () => number = () => 0,
  signPassport = signNothing,
): TestClient {
  let advancedMs = 0;
  const now = (): number => performance.now() + advancedMs;
  const client = createPlatformClient({
    signPassport,
    limits: { ...DEFAULT_LIMITS, ...limits },
    now,
    random,
  });
  return {
    ...client,
    context: ({ leftMs = 60_000, rights = {}, signal = createCancelController().signal } = {}) => ({
      operation: { rights: { ...TESTER_RIGHTS, ...rights }, requestId: 'request' },
      dueAt: now() + leftMs,
      signal,
      usage: { calls: 0, bytes: 0 },
    }),
    advance: (ms) => {
      advancedMs += ms;
    },
  };
}
