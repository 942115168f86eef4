/** Failures of platforms → lines of the log: the first of its kind at once, and those like it in one line after a while. */
import type { Logger } from 'pino';
import { createBoundedMap } from './kit/bounded-map.ts';
import type { PlatformFailure } from './model/failure.ts';
import type { Limits } from './model/limits.ts';

export interface FailureLogOptions {
  readonly log: Pick<Logger, 'warn'>;
  readonly limits: Pick<Limits, 'failureLogMs' | 'failureLogPlatformsMax'>;
  /** Milliseconds. */
  readonly now?: () => number;
}

/** What was logged of a platform and status, and when. */
interface Told {
  at: number;
  /** Failures since then that were not. */
  untold: number;
}

/** Characters of what a platform said, which may be anything. */
const REASON_MAX = 500;

export function createFailureLog({ log, limits, now = () => performance.now() }: FailureLogOptions) {
  const told = createBoundedMap<string, Told>(limits.failureLogPlatformsMax);
  return ({ platform, status, code, reason, path, elapsedMs }: PlatformFailure, requestId: string): void => {
    const key = `${platform ?? ''} ${status}`;
    const last = told.get(key);
    if (last && now() - last.at < limits.failureLogMs) {
      last.untold++;
      return;
    }
    told.set(key, { at: now(), untold: 0 });
    const line = {
      platform,
      status,
      code,
      path: path.join('.'),
      elapsedMs,
      requestId,
      reason: reason.slice(0, REASON_MAX),
    };
    // Undefined for the first.
    const alikeBefore = last && last.untold > 0 ? last.untold : undefined;
    log.warn({ ...line, alikeBefore }, 'a platform failed');
  };
}
