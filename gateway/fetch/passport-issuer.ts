/** Rights and platform → passport, signed once and reused for half of its life. */
import { boundsOf, intersect, type PassportClaims, type Region } from '@yiwang/schema';
import { createLruCache } from '../kit/collections/lru-cache.ts';
import type { Rights } from '../model/rights.ts';

export interface PassportIssuer {
  /** Returns a passport for these rights within the region that the platform owns. */
  issue(rights: Rights, platform: string, owns: Region): IssuedPassport;
}

/** One object for each combination of rights, platform and region, as long as it is handed out. */
export interface IssuedPassport {
  /** A promise only while it is being signed, so that most calls need not await it. */
  readonly token: string | Promise<string>;
  /** Milliseconds of the clock until which it is handed out. It stays valid for as long again. */
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
 * Returns a number for each region, to be used in keys. Equal regions have equal numbers; a known object is found
 * without its bounds.
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
