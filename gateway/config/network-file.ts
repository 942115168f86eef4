/** A network file → the platforms of the directory, checked entry by entry. */
import { readFile } from 'node:fs/promises';
import { divisions, isObject, type Organisation, PLATFORM_TIERS, parseOrganisation } from '@yiwang/schema';
import { isHttpUrl, type Network, type PlatformEntry } from '../model/platform/network.ts';

const FAULTS_MAX = 20;

/** Throws an `Error` that lists every fault, one to a line. */
export async function readNetwork(file: string): Promise<Network> {
  try {
    return parseNetworkText(await readFile(file, 'utf8'), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw toReadError(file, error);
  }
}

/** Throws as `readNetwork` does. */
export function parseNetworkText(text: string, file: string): Network {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw toReadError(file, error);
  }
  return parseNetwork(content, file);
}

function toReadError(file: string, error: unknown): Error {
  return new Error(`The network file ${file} cannot be read: ${(error as Error).message}.`, { cause: error });
}

export function parseNetwork(content: unknown, file: string): Network {
  const entries = isObject(content) ? content.platforms : undefined;
  if (!Array.isArray(entries)) throw new Error(`The network file ${file} must hold { "platforms": [...] }.`);
  const faults = entries.flatMap((entry, index) =>
    findEntryFaults(entry).map((fault) => `platforms[${index}]: ${fault}`),
  );
  const ids = entries.map((entry) => (isObject(entry) ? entry.id : undefined));
  const seenIds = new Set<unknown>();
  const duplicateIds = ids.filter((id) => typeof id === 'string' && (seenIds.has(id) || !seenIds.add(id)));
  faults.push(...duplicateIds.map((id) => `the id "${String(id)}" is used twice`));
  const organisations = parseOrganisations(content, faults);
  if (faults.length === 0) faults.push(...findSharedDivisions(entries));
  if (faults.length > 0) {
    throw new Error(
      [`The network file ${file} has faults:`, ...faults.slice(0, FAULTS_MAX).map((fault) => `  ${fault}`)].join('\n'),
    );
  }
  return { platforms: entries as readonly PlatformEntry[], ...(organisations ? { organisations } : {}) };
}

/** Undefined if the file has none. */
function parseOrganisations(content: unknown, faults: string[]): readonly Organisation[] | undefined {
  const rows = isObject(content) ? content.organisations : undefined;
  if (rows === undefined) return undefined;
  if (!Array.isArray(rows)) {
    faults.push('"organisations" must be a list');
    return undefined;
  }
  return rows.flatMap((row: unknown, index) => {
    const parsed = parseOrganisation(row);
    if (parsed.kind === 'valid') return [parsed.organisation];
    faults.push(`organisations[${index}]: ${parsed.faults.join('; ')}`);
    return [];
  });
}

function findEntryFaults(entry: unknown): string[] {
  if (!isObject(entry)) return ['is not an object'];
  const { id, name, tier, division, divisions: several, subgraphs, url, replicas } = entry;
  const faults: string[] = [];
  if (typeof id !== 'string' || !/^[a-z][a-z-]*\/\d{6,12}$/.test(id))
    faults.push('"id" must be such as "municipal/420100"');
  if (typeof name !== 'string' || name === '') faults.push('"name" must be a string that is not empty');
  if (!PLATFORM_TIERS.some((platformTier) => platformTier === tier))
    faults.push(`"tier" must be one of ${PLATFORM_TIERS.join(', ')}`);
  if (typeof division !== 'string' || divisions().get(division) === undefined) {
    faults.push(`"division" must be a canonical division code such as 420100, not ${JSON.stringify(division)}`);
  }
  if (several !== undefined) faults.push(...findDivisionsFaults(several, division));
  if (
    !Array.isArray(subgraphs) ||
    subgraphs.length === 0 ||
    !subgraphs.every((subgraph) => typeof subgraph === 'string')
  ) {
    faults.push('"subgraphs" must list at least one name');
  }
  if (!isHttpUrl(url)) faults.push('"url" must be the http(s) address of the GraphQL endpoint');
  if (replicas !== undefined && !(Array.isArray(replicas) && replicas.every(isHttpUrl))) {
    faults.push('"replicas" must list http(s) addresses');
  } else if (Array.isArray(replicas) && new Set([url, ...replicas]).size <= replicas.length) {
    faults.push('"replicas" must be addresses other than "url", each once');
  }
  return faults;
}

function findDivisionsFaults(several: unknown, division: unknown): string[] {
  if (!Array.isArray(several)) return ['"divisions" must list canonical division codes'];
  const faults = several
    .filter((code) => typeof code !== 'string' || divisions().get(code) === undefined)
    .map((code) => `"divisions" must list canonical division codes such as 420100, not ${JSON.stringify(code)}`);
  if (!several.includes(division)) faults.push('"divisions" must list "division", too');
  const twice = new Set(several.filter((code, index) => several.indexOf(code) !== index));
  return [...faults, ...[...twice].map((code) => `"divisions" lists ${code} twice`)];
}

/** Of one tier, a division has one platform in each subgraph. The directory finds what the tiers may not share. */
function findSharedDivisions(entries: readonly PlatformEntry[]): string[] {
  const owners = new Map<string, string>();
  return entries.flatMap(({ id, tier, division, divisions: several = [division], subgraphs }) =>
    several.flatMap((code) =>
      subgraphs.flatMap((subgraph) => {
        const key = `${subgraph} ${tier} ${code}`;
        const owner = owners.get(key);
        owners.set(key, id);
        return owner === undefined ? [] : [`${owner} and ${id} both answer for ${code} in ${subgraph}`];
      }),
    ),
  );
}
