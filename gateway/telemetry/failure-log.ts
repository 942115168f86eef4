/**
 * Platform failures → lines of the log: the first of a platform and status at once, the ones after it counted in a
 * later line.
 */
import type { Logger } from 'pino';
import { createLruCache } from '../kit/collections/lru-cache.ts';
import type { Limits } from '../model/limits.ts';
import type { PlatformFailure } from '../model/platform/platform-failure.ts';

export interface FailureLogOptions {
  readonly log: Pick<Logger, 'warn'>;
  readonly limits: Pick<Limits, 'failureLogMs' | 'failureLogPlatformsMax'>;
  /** Milliseconds. */
  readonly now?: () => number;
}

/** The last line of a platform and status. */
interface LoggedFailure {
  at: number;
  /** Failures since then. */
  unloggedCount: number;
}

/** Characters of a reason that a platform gave. */
const REASON_MAX = 500;

export function createFailureLog({ log, limits, now = () => performance.now() }: FailureLogOptions) {
  const logged = createLruCache<string, LoggedFailure>(limits.failureLogPlatformsMax);
  return ({ platform, status, code, reason, path, elapsedMs }: PlatformFailure, requestId: string): void => {
    const key = `${platform ?? ''} ${status}`;
    const last = logged.get(key);
    if (last && now() - last.at < limits.failureLogMs) {
      last.unloggedCount++;
      return;
    }
    logged.set(key, { at: now(), unloggedCount: 0 });
    const line = {
      platform,
      status,
      code,
      path: path.join('.'),
      elapsedMs,
      requestId,
      reason: reason.slice(0, REASON_MAX),
    };
    // Pino leaves an undefined field out.
    const alikeBefore = last && last.unloggedCount > 0 ? last.unloggedCount : undefined;
    log.warn({ ...line, alikeBefore }, 'a platform failed');
  };
}
