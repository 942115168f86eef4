/** A request → its caller, before the credential is checked: checks are too expensive to be done out of turn. */
import { isIPv6 } from 'node:net';
import { createLruCache } from '../../kit/collections/lru-cache.ts';
import { sha256 } from '../../kit/crypto/digest.ts';
import type { Caller } from '../../model/caller.ts';

export interface Callers {
  /** `address`: network address of the client. */
  of(headers: Readonly<Record<string, string | readonly string[] | undefined>>, address: string): Caller;
  /** Remembers that the caller's credential was accepted. */
  confirm(caller: Caller): void;
}

/**
 * `credentialHeaders`: names of the headers with credentials, in lower case. `max`: accepted credentials that are kept.
 */
export function createCallers(credentialHeaders: readonly string[], max: number): Callers {
  const confirmed = createLruCache<string, true>(max);
  return {
    of(headers, address) {
      const credential = credentialHeaders
        .map((name) => String(headers[name] ?? ''))
        .join('\n')
        .trim();
      if (credential === '') return { kind: 'anonymous', key: networkOf(address) };
      const key = sha256(credential);
      return { kind: confirmed.get(key) ? 'verified' : 'unverified', key };
    },
    confirm({ kind, key }) {
      if (kind === 'unverified') confirmed.set(key, true);
    },
  };
}

/** An IPv6 client owns at least 2^64 addresses: they count as one network. */
export function networkOf(address: string): string {
  // Most addresses are IPv4, and the check for IPv6 is a long expression.
  if (!address.includes(':') || address.includes('.') || !isIPv6(address)) return address;
  const [head = '', tail = ''] = address.split('::');
  const [first, last] = [head, tail].map((text) => (text === '' ? [] : text.split(':'))) as [string[], string[]];
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => '0');
  return [...first, ...(address.includes('::') ? zeros : []), ...last].slice(0, 4).join(':');
}
