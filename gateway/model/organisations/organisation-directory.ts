/** The organisation directory as the gateway needs it: code → the division that runs an organisation, and whom it serves. */
import { type Organisation, type Region, regionAt } from '@yiwang/schema';

export interface ListedOrganisation extends Organisation {
  /** Exactly its division: where its row is looked for. */
  readonly home: Region;
}

export interface OrganisationDirectory {
  find(code: string): ListedOrganisation | undefined;
  readonly size: number;
  /** False if no directory was ever read: then a code is neither known nor unknown. */
  readonly isLoaded: boolean;
}

export const NO_ORGANISATIONS: OrganisationDirectory = { find: () => undefined, size: 0, isLoaded: false };

export function createOrganisationDirectory(organisations: readonly Organisation[]): OrganisationDirectory {
  const homes = new Map<string, Region>();
  const regionOfHome = (division: string): Region => {
    const home = homes.get(division) ?? regionAt(division);
    homes.set(division, home);
    return home;
  };
  const byCode = new Map<string, ListedOrganisation>();
  for (const { code, division, serves, validFrom, validTo, successor } of organisations) {
    byCode.set(code, { code, division, serves, validFrom, validTo, successor, home: regionOfHome(division) });
  }
  return { find: (code) => byCode.get(code), size: byCode.size, isLoaded: true };
}
