/** Identity and justification → rights. No other place decides what a caller may reach. */
import { classesOfAudience, EVERYWHERE, MASKED_CLASS, type Region, regionOf } from '@yiwang/schema';
import { sha256, toCanonicalJson } from '../kit/crypto/digest.ts';
import { ANONYMOUS, type Audience, type Grants, type Rights } from '../model/rights.ts';
import type { Identity } from './identity.ts';

export interface Justification {
  readonly purpose?: string;
  /** The case or document that justifies the request. */
  readonly matter?: string;
}

/** The standard says which data classes each audience may know. The role of an auditor opens no business data. */
export const AUDIENCES = ['open', 'department', 'supervisor', 'auditor'] as const satisfies readonly Audience[];

/** A caller sees masked values if it is cleared for them and states both a purpose and a matter. */
export function computeRights(identity: Identity, justification: Justification = {}): Rights {
  const audience = audienceOf(identity);
  const classes = classesOfAudience(audience);
  return withFingerprint({
    subject: identity.subject,
    tier: identity.tier,
    division: identity.division,
    ...(identity.department === undefined ? {} : { department: identity.department }),
    roles: identity.roles,
    audience,
    region: audience === 'open' ? EVERYWHERE : regionOf(identity.division),
    classes,
    unmasked:
      identity.clearance === MASKED_CLASS &&
      classes.includes(MASKED_CLASS) &&
      justification.purpose !== undefined &&
      justification.matter !== undefined,
    ...(justification.purpose === undefined ? {} : { purpose: justification.purpose }),
    ...(justification.matter === undefined ? {} : { matter: justification.matter }),
  });
}

/** Rights to everything, for a gateway that was started with `--open`. */
export function createUnlimitedRights(region: Region = EVERYWHERE): Rights {
  return withFingerprint({
    subject: ANONYMOUS,
    tier: 'NATIONAL',
    division: '100000',
    roles: [],
    audience: 'supervisor',
    region,
    classes: classesOfAudience('supervisor'),
    unmasked: true,
  });
}

/** Rights to everything that the directives of the supergraph grant to a caller with a token. */
export function createGrantedRights(subject: string, grants: Grants): Rights {
  const { fingerprint: _, ...rights } = createUnlimitedRights();
  return withFingerprint({ ...rights, subject, grants });
}

function audienceOf(identity: Identity): Audience {
  if (identity.roles.includes('AUDITOR')) return 'auditor';
  if (identity.tier === 'PUBLIC') return 'open';
  return identity.department === undefined ? 'supervisor' : 'department';
}

function withFingerprint(rights: Omit<Rights, 'fingerprint'>): Rights {
  return Object.freeze({ ...rights, fingerprint: sha256(toCanonicalJson(rights)) });
}
