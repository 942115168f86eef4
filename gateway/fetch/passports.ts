/** Rights and platform → passport: signed once for both, and used again for most of its life. */
import { boundsOf, intersect, type PassportClaims, type Region } from '@yiwang/schema';
import type { Rights } from '../model/rights.ts';

export interface Passports {
  /** The passport with which these rights reach this platform's part of the map. */
  issue(rights: Rights, platform: string, owns: Region): Promise<string>;
}

export interface PassportOptions {
  readonly sign: (claims: PassportClaims) => Promise<string>;
  readonly lifeMs: number;
  readonly entriesMax: number;
  readonly now: () => number;
}

export function createPassports(options: PassportOptions): Passports {
  const issued = new Map<string, { readonly token: Promise<string>; readonly until: number }>();
  return {
    issue(rights, platform, owns) {
      const scope = intersect(rights.region, owns);
      const key = `${rights.fingerprint} ${platform} ${boundsOf(scope).join()}`;
      const now = options.now();
      const found = issued.get(key);
      if (found && found.until > now) return found.token;
      const token = options.sign(claimsOf(rights, platform, scope));
      token.catch(() => issued.delete(key));
      issued.delete(key);
      issued.set(key, { token, until: now + options.lifeMs / 2 });
      for (const oldest of issued.keys()) {
        if (issued.size <= options.entriesMax) break;
        issued.delete(oldest);
      }
      return token;
    },
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
