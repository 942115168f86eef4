/** Rights and address → the scope within which requests without a passport are shared. */
import { createLruCache } from '../kit/collections/lru-cache.ts';
import type { Rights } from '../model/rights.ts';
import type { SharingScope } from './request-deduplicator.ts';

/** Equal rights have the same scope at one address, and no others have it. */
export function createUnsignedScopes(max: number): (url: string, rights: Rights) => SharingScope {
  const scopes = createLruCache<string, SharingScope>(max);
  return (url, { fingerprint }) => {
    const key = `${fingerprint} ${url}`;
    let scope = scopes.get(key);
    if (!scope) {
      scope = {};
      scopes.set(key, scope);
    }
    return scope;
  };
}
