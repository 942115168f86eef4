/**
 * `RELAY_PLATFORMS` and `RELAY_PASSPORT_KEYS` → the ids of this gateway in directories above, and the keys that it
 * trusts.
 */
import { readFileSync } from 'node:fs';
import { divisions } from '@yiwang/schema';
import type { JSONWebKeySet } from 'jose';

export interface UpstreamConfig {
  /** Ids in the directories of upstream gateways, e.g. `municipal/420000`, each with its divisions. */
  readonly platforms: ReadonlyMap<string, readonly string[]>;
  /** Public keys of the upstream gateways, or where they are published. */
  readonly keys: JSONWebKeySet | URL;
}

/** Undefined if neither is set: there is no `/platform` then. Adds faults to `faults`. */
export function readUpstreamConfig(
  platforms: string | undefined,
  keys: string | undefined,
  faults: string[],
): UpstreamConfig | undefined {
  if (!platforms && !keys) return undefined;
  if (!platforms || !keys) {
    faults.push(
      `${platforms ? 'RELAY_PASSPORT_KEYS' : 'RELAY_PLATFORMS'} is missing; a gateway below another needs both.`,
    );
    return undefined;
  }
  const divisionsById = new Map<string, readonly string[]>();
  for (const text of platforms.split(',').map((part) => part.trim())) {
    const [, id = '', first = '', others = ''] = /^([a-z][a-z-]*\/(\d+))((?:\+\d+)*)$/.exec(text) ?? [];
    const codes = [first, ...others.split('+').slice(1)];
    divisionsById.set(id, codes);
    if (codes.some((code) => divisions().get(code) === undefined)) {
      faults.push(
        `RELAY_PLATFORMS holds "${text}"; expected ids such as "municipal/420000", separated by commas, or "municipal/130629+130632" for an entry of several divisions.`,
      );
    }
  }
  const keySet = readKeys(keys);
  if (typeof keySet === 'string') faults.push(`RELAY_PASSPORT_KEYS is "${keys}"; ${keySet}`);
  return typeof keySet === 'string' ? undefined : { platforms: divisionsById, keys: keySet };
}

function readKeys(text: string): JSONWebKeySet | URL | string {
  if (/^https?:/.test(text) && URL.canParse(text)) return new URL(text);
  try {
    const keys: unknown = JSON.parse(readFileSync(text, 'utf8'));
    if (Array.isArray((keys as JSONWebKeySet | null)?.keys)) return keys as JSONWebKeySet;
    return 'expected a JWKS: {"keys": [...]}.';
  } catch (error) {
    return `expected a URL or a readable file of a JWKS (${(error as Error).message}).`;
  }
}
