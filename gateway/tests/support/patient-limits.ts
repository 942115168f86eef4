/** Time limits for tests of something else: no machine is slow enough to reach them. */
import type { Limits } from '../../model/limits.ts';

export const PATIENT_LIMITS = {
  operationDeadlineMs: 120_000,
  platformDeadlineMs: 50_000,
  platformConnectMs: 30_000,
  planMs: 50_000,
} as const satisfies Partial<Limits>;
