/** Rights and platform → passport: signed once for both, and used again for most of its life. */
import { boundsOf, intersect, type PassportClaims, type Region } from '@yiwang/schema';
import { createLruCache } from '../kit/collections/lru-cache.ts';
import type { Rights } from '../model/rights.ts';

export interface PassportIssuer {
  /** The passport with which these rights reach this platform's part of the map. */
  issue(rights: Rights, platform: string, owns: Region): IssuedPassport;
}

/** One object for rights, platform and part, for as long as it is good. */
export interface IssuedPassport {
  /** A promise only as long as it is being signed, so that the usual call waits for nothing. */
  readonly token: string | Promise<string>;
  /** Milliseconds of the clock up to which it is handed out: it is good for as long again. */
  readonly until: number;
}

export interface PassportIssuerOptions {
  readonly sign: (claims: PassportClaims) => Promise<string>;
  readonly lifeMs: number;
  readonly entriesMax: number;
  readonly now: () => number;
}

interface CachedPassport extends IssuedPassport {
  token: string | Promise<string>;
  readonly until: number;
}

export function createPassportIssuer(options: PassportIssuerOptions): PassportIssuer {
  const cache = new Map<string, CachedPassport>();
  const numberOf = createRegionNumbering(options.entriesMax);
  return {
    issue(rights, platform, owns) {
      const key = `${rights.fingerprint} ${platform} ${numberOf(owns)}`;
      const now = options.now();
      const cached = cache.get(key);
      if (cached && cached.until > now) return cached;
      const token = options.sign(createClaims(rights, platform, intersect(rights.region, owns)));
      const entry: CachedPassport = { token, until: now + options.lifeMs / 2 };
      token.then(
        (signed) => {
          entry.token = signed;
        },
        () => cache.delete(key),
      );
      cache.delete(key);
      cache.set(key, entry);
      for (const oldest of cache.keys()) {
        if (cache.size <= options.entriesMax) break;
        cache.delete(oldest);
      }
      return entry;
    },
  };
}

/**
 * A number for each region, so that a key need not spell out its bounds. A directory hands out the same object for the same part
 * again and again; a new object with the same bounds, as after a reload, has the same number.
 */
function createRegionNumbering(entriesMax: number): (region: Region) => number {
  const byObject = new WeakMap<Region, number>();
  const byBounds = createLruCache<string, number>(entriesMax);
  let last = 0;
  return (region) => {
    const cached = byObject.get(region);
    if (cached !== undefined) return cached;
    const bounds = boundsOf(region).join();
    const number = byBounds.get(bounds) ?? ++last;
    byBounds.set(bounds, number);
    byObject.set(region, number);
    return number;
  };
}

function createClaims(rights: Rights, platform: string, scope: Region): PassportClaims {
  return {
    sub: rights.subject,
    aud: platform,
    tier: rights.tier,
    division: rights.division,
    ...(rights.department === undefined ? {} : { department: rights.department }),
    roles: rights.roles,
    audience: rights.audience,
    scope: boundsOf(scope),
    classes: rights.classes,
    unmasked: rights.unmasked,
    ...(rights.purpose === undefined ? {} : { purpose: rights.purpose }),
    ...(rights.matter === undefined ? {} : { matter: rights.matter }),
  };
}
