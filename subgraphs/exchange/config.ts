/**
 * Environment → what the exchange adds to a platform's configuration: the network's list, and the bounds of its
 * prober.
 */

import { readFileSync } from 'node:fs';
import { PLATFORM_TIERS } from '@yiwang/schema';
import type { DirectoryEntry } from './directory/directory.ts';
import type { ProberLimits } from './directory/prober.ts';

export interface ExchangeConfig {
  readonly entries: readonly DirectoryEntry[];
  readonly limits: ProberLimits;
}

export const DEFAULT_PROBER_LIMITS: ProberLimits = {
  intervalMs: 3000,
  timeoutMs: 1500,
  atOnceMax: 8,
  bodyBytesMax: 64 * 1024,
};

/**
 * `YIWANG_NETWORK` names a JSON file `{ "platforms": [{ "id", "name", "tier", "division", "subgraphs", "url" }] }`, with
 * `divisions` for a platform of several;
 * without it the directory stays as it is in the database and nobody is probed. Throws an `Error` that names every
 * fault of the file.
 */
export function readExchangeConfig(
  env: Readonly<Record<string, string | undefined>> = process.env,
): ExchangeConfig | undefined {
  const file = env.YIWANG_NETWORK;
  if (!file) return undefined;
  return { entries: readNetwork(file), limits: DEFAULT_PROBER_LIMITS };
}

function readNetwork(file: string): readonly DirectoryEntry[] {
  try {
    return parseNetwork(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Error(`YIWANG_NETWORK is "${file}"; ${(cause as Error).message}`, { cause });
  }
}

function parseNetwork(content: unknown): readonly DirectoryEntry[] {
  const { platforms } = (content ?? {}) as { readonly platforms?: unknown };
  if (!Array.isArray(platforms)) throw new Error('expected a list of "platforms" in it');
  const faults = platforms.flatMap((entry: Partial<DirectoryEntry>, index) =>
    faultsOf(entry).map((fault) => `platforms[${index}].${fault}`),
  );
  if (faults.length > 0) throw new Error(faults.join('; '));
  return platforms as readonly DirectoryEntry[];
}

function faultsOf({ id, name, tier, division, divisions, subgraphs, url }: Partial<DirectoryEntry>): string[] {
  const faults: string[] = [];
  if (!/^[a-z]+\/\d+$/.test(id ?? '')) faults.push('id: expected a subgraph and a division, e.g. municipal/420100');
  if (typeof name !== 'string' || name === '') faults.push('name: expected a text');
  if (!PLATFORM_TIERS.some((name) => name === tier)) faults.push(`tier: expected one of ${PLATFORM_TIERS.join(', ')}`);
  if (!/^(\d{6}|\d{9}|\d{12})$/.test(division ?? '')) faults.push('division: expected a canonical division code');
  if (divisions !== undefined && !areDivisions(divisions, division))
    faults.push('divisions: expected canonical division codes, each once, with that of "division"');
  if (!Array.isArray(subgraphs) || subgraphs.length === 0) faults.push('subgraphs: expected a list of names');
  if (!URL.canParse(url ?? '')) faults.push('url: expected the URL of its GraphQL endpoint');
  return faults;
}

function areDivisions(divisions: unknown, division: unknown): boolean {
  if (!Array.isArray(divisions) || !divisions.includes(division)) return false;
  return new Set(divisions).size === divisions.length && divisions.every((code) => /^(\d{6}|\d{9}|\d{12})$/.test(code));
}
