/** Rights and platform → passport: signed once for both, and used again for most of its life. */
import { boundsOf, intersect, type PassportClaims, type Region } from '@yiwang/schema';
import { createBoundedMap } from '../kit/bounded-map.ts';
import type { Rights } from '../model/rights.ts';

export interface Passports {
  /** The passport with which these rights reach this platform's part of the map. */
  issue(rights: Rights, platform: string, owns: Region): Passport;
}

/** One object for rights, platform and part, for as long as it is good. */
export interface Passport {
  /** A promise only as long as it is being signed, so that the usual call waits for nothing. */
  readonly token: string | Promise<string>;
  /** Milliseconds of the clock up to which it is handed out: it is good for as long again. */
  readonly until: number;
}

export interface PassportOptions {
  readonly sign: (claims: PassportClaims) => Promise<string>;
  readonly lifeMs: number;
  readonly entriesMax: number;
  readonly now: () => number;
}

interface Issued extends Passport {
  token: string | Promise<string>;
  readonly until: number;
}

export function createPassports(options: PassportOptions): Passports {
  const issued = new Map<string, Issued>();
  const numberOf = createRegionNumbers(options.entriesMax);
  return {
    issue(rights, platform, owns) {
      const key = `${rights.fingerprint} ${platform} ${numberOf(owns)}`;
      const now = options.now();
      const found = issued.get(key);
      if (found && found.until > now) return found;
      const token = options.sign(claimsOf(rights, platform, intersect(rights.region, owns)));
      const entry: Issued = { token, until: now + options.lifeMs / 2 };
      token.then(
        (signed) => {
          entry.token = signed;
        },
        () => issued.delete(key),
      );
      issued.delete(key);
      issued.set(key, entry);
      for (const oldest of issued.keys()) {
        if (issued.size <= options.entriesMax) break;
        issued.delete(oldest);
      }
      return entry;
    },
  };
}

/**
 * A number for each region, so that a key need not spell out its bounds. A directory hands out the same object for the same part
 * again and again; a new object with the same bounds, as after a reload, has the same number.
 */
function createRegionNumbers(entriesMax: number): (region: Region) => number {
  const byObject = new WeakMap<Region, number>();
  const byBounds = createBoundedMap<string, number>(entriesMax);
  let last = 0;
  return (region) => {
    const known = byObject.get(region);
    if (known !== undefined) return known;
    const bounds = boundsOf(region).join();
    const number = byBounds.get(bounds) ?? ++last;
    byBounds.set(bounds, number);
    byObject.set(region, number);
    return number;
  };
}

function claimsOf(rights: Rights, platform: string, scope: Region): PassportClaims {
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
