/** A caller of a department → its jurisdiction, by the organisation directory: a department sees what it serves. */
import { containsRegion, divisions, regionOf, type Tier } from '@yiwang/schema';
import { dateAt } from '@yiwang/schema/time';
import type { ListedOrganisation, OrganisationDirectory } from '../../model/organisations/organisation-directory.ts';
import type { Identity } from '../identity.ts';
import { assertFits, type ClaimedIdentity, createTokenError } from './claims.ts';

/**
 * The claim `division` must lie in a division that the department serves. Without the claim it is the one division that
 * it serves. Until a directory was read, the claim counts as it is. Throws `UNAUTHENTICATED`.
 */
export function placeDepartment(
  claimed: ClaimedIdentity,
  organisations: OrganisationDirectory,
  now: () => number = Date.now,
): Identity {
  const { department, division } = claimed;
  if (department === undefined) return withDivision(claimed, division);
  const organisation = organisations.find(department);
  if (!organisation) {
    if (organisations.isLoaded) {
      throw createTokenError(`its claim "department" is ${department}, which the organisation directory does not know`);
    }
    if (division !== undefined) return withDivision(claimed, division);
    throw createTokenError(
      'its claim "division" is missing, and the organisation directory, which would tell it, has not been read; try again later',
    );
  }
  assertExists(organisation, now);
  if (division === undefined) return withDivision(claimed, soleDivision(organisation, claimed.tier));
  const isServed = organisation.serves.some((served) => containsRegion(regionOf(served), regionOf(division)));
  if (isServed) return withDivision(claimed, division);
  throw createTokenError(
    `its claims "department" and "division" do not fit: ${department} serves ${organisation.serves.join(', ')}, not ${division}`,
  );
}

/** Returns the object itself if it has the division. */
function withDivision(claimed: ClaimedIdentity, division: string | undefined): Identity {
  if (division === undefined) throw new Error('a caller without a department always has a division');
  return hasDivision(claimed) ? claimed : { ...claimed, division };
}

function hasDivision(claimed: ClaimedIdentity): claimed is Identity {
  return claimed.division !== undefined;
}

function assertExists({ code, validFrom, validTo, successor }: ListedOrganisation, now: () => number): void {
  if (validFrom === null && validTo === null) return;
  const today = dateAt(new Date(now()));
  if (validFrom !== null && today < validFrom) {
    throw createTokenError(`its claim "department" is ${code}, which does not exist before ${validFrom}`);
  }
  if (validTo === null || today < validTo) return;
  const next = successor === null ? '' : `; its duties went to ${successor}`;
  throw createTokenError(`its claim "department" is ${code}, which ceased to exist on ${validTo}${next}`);
}

function soleDivision({ code, serves }: ListedOrganisation, tier: Tier): string {
  const [division = ''] = serves;
  if (serves.length > 1) {
    throw createTokenError(`its claim "division" is missing, and ${code} serves several: ${serves.join(', ')}`);
  }
  const entry = divisions().get(division);
  if (!entry)
    throw createTokenError(`its claim "division" is missing, and ${division}, which ${code} serves, is unknown`);
  assertFits(tier, entry);
  return division;
}
