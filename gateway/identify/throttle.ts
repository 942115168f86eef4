/**
 * Counts wrong credentials by source network and kind. Valid credentials are never counted or refused, so that nobody
 * can lock out others behind the same address.
 */
import { isIPv6 } from 'node:net';
import { createLruCache } from '../kit/collections/lru-cache.ts';
import { PublicError } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';

export type CredentialKind = 'token' | 'key' | 'passport';

/**
 * A credential that nobody issued: guessed, forged or mangled. An expired one, or one for another service, is not
 * counted.
 */
export class WrongCredentialError extends PublicError {
  constructor(message: string, cause?: unknown) {
    super('UNAUTHENTICATED', message, { cause });
    this.name = 'WrongCredentialError';
  }
}

export interface Throttle {
  /**
   * Returns the result of `check`. Throws its error, or `QUOTA_EXCEEDED` after too many wrong credentials from the
   * address.
   */
  run<Result>(kind: CredentialKind, address: string, check: () => Result | Promise<Result>): Promise<Result>;
}

type ThrottleLimits = Pick<Limits, 'wrongCredentialsMax' | 'wrongCredentialsMs' | 'wrongCredentialSourcesMax'>;

interface CountWindow {
  count: number;
  readonly endsAt: number;
}

export function createThrottle(limits: ThrottleLimits, now: () => number = Date.now): Throttle {
  const windows = createLruCache<string, CountWindow>(limits.wrongCredentialSourcesMax);
  const count = (kind: CredentialKind, address: string, error: WrongCredentialError): PublicError => {
    const key = `${kind} ${toSourceNetwork(address)}`;
    const current = windows.get(key);
    const window =
      current && current.endsAt > now() ? current : { count: 0, endsAt: now() + limits.wrongCredentialsMs };
    window.count++;
    windows.set(key, window);
    return window.count > limits.wrongCredentialsMax ? createQuotaError(window, limits, now()) : error;
  };
  return {
    async run(kind, address, check) {
      try {
        return await check();
      } catch (error) {
        throw error instanceof WrongCredentialError ? count(kind, address, error) : error;
      }
    },
  };
}

function createQuotaError(
  { endsAt }: CountWindow,
  { wrongCredentialsMax: max }: ThrottleLimits,
  nowMs: number,
): PublicError {
  const retryAfterSeconds = Math.max(1, Math.ceil((endsAt - nowMs) / 1_000));
  return new PublicError(
    'QUOTA_EXCEEDED',
    `More than ${max} wrong credentials came from this address; ask again in ${retryAfterSeconds} s.`,
    { extensions: { limit: 'wrongCredentialsMax', max, retryAfterSeconds } },
  );
}

/** Returns the address, or its /64 network: in IPv6 one caller has a whole network. */
export function toSourceNetwork(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : new Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  const groups = [...before, ...zeros, ...after].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
