/** The plan of a request: what is drawn before it starts. */
import type { Category, Judgement, RequestKind } from '@yiwang/schema/cases';
import type { Random } from '../../random.ts';
import { chooseDepartment, streetOfficeCode } from '../offices/departments.ts';
import { officeOfHotline } from '../offices/offices.ts';
import { namesOf } from '../setting/classes.ts';
import type { Location } from '../setting/localities.ts';
import type { Human } from '../setting/people.ts';
import type { CityProfile } from '../setting/profiles.ts';

export interface RequestDraft {
  readonly id: string;
  readonly kind: RequestKind;
  readonly category: Category;
  readonly location: Location;
  readonly requester: Human;
  readonly receivedAt: number;
  /** The grid case that it was made into. */
  readonly case: { readonly id: string; readonly reportedAt: number } | null;
}

/** The whole course of a request; the clock may cut it off. */
export interface RequestPlan {
  readonly urgent: boolean;
  readonly course: 'ANSWERED_AT_ONCE' | 'DECLINED' | 'DISPATCHED';
  readonly supplemented: boolean;
  /** The unit that gets it first, and the one that gets it after a valid return. */
  readonly departments: readonly [string, string];
  readonly returned: 'NO' | 'ACCEPTED' | 'REFUSED';
  readonly signedLate: boolean;
  readonly answered: 'IN_TIME' | 'LATE' | 'NEVER';
  readonly extended: boolean;
  /** Of the callback that counts. */
  readonly judgement: Judgement;
  /** The first callback finds it unsatisfactory, and it is handled again. */
  readonly second: boolean;
}

/** Inquiries that the operator answers from the knowledge base, without an order. */
const ANSWERED_AT_ONCE_SHARE = 0.84;
const DECLINED_SHARE = 0.006;
const SUPPLEMENTED_SHARE = 0.008;
const URGENT_SHARE = 0.035;
const URGENT_KINDS: ReadonlySet<RequestKind> = new Set(['HELP', 'COMPLAINT', 'REPORT']);
const STREET_SHARE = 0.45;
const RETURNED_SHARE = 0.037;
/** Of returns. */
const REFUSED_SHARE = 0.25;
const SIGNED_LATE_SHARE = 0.018;
const UNANSWERED_SHARE = 0.006;
const EXTENDED_SHARE = 0.02;
const VALID_CALLBACK_SHARE = 0.86;
const SECOND_SHARE = 0.024;
/** A citizen who waited longer than the limit judges a little harder; the shares of all others compensate. */
const LATE_PENALTY = 0.06;

export function drawRequestPlan(draft: RequestDraft, hotline: CityProfile['hotline'], random: Random): RequestPlan {
  const departments = drawDepartments(draft, random);
  const answered = random.chance(UNANSWERED_SHARE) ? 'NEVER' : random.chance(hotline.late) ? 'LATE' : 'IN_TIME';
  const judgement = drawJudgement(hotline, answered !== 'IN_TIME', random);
  return {
    urgent: URGENT_KINDS.has(draft.kind) && random.chance(URGENT_SHARE),
    course: drawCourse(draft, random),
    supplemented: draft.case === null && random.chance(SUPPLEMENTED_SHARE),
    departments,
    returned: !random.chance(RETURNED_SHARE) ? 'NO' : random.chance(REFUSED_SHARE) ? 'REFUSED' : 'ACCEPTED',
    signedLate: random.chance(SIGNED_LATE_SHARE),
    answered,
    extended: random.chance(EXTENDED_SHARE),
    judgement,
    second: judgement.valid && random.chance(SECOND_SHARE),
  };
}

function drawCourse(draft: RequestDraft, random: Random): RequestPlan['course'] {
  if (draft.case !== null) return 'DISPATCHED';
  if (draft.kind === 'INQUIRY' && random.chance(ANSWERED_AT_ONCE_SHARE)) return 'ANSWERED_AT_ONCE';
  return random.chance(DECLINED_SHARE) ? 'DECLINED' : 'DISPATCHED';
}

/** Straight to the street, or to the office in charge; after a valid return to the management office, or the street. */
function drawDepartments(draft: RequestDraft, random: Random): readonly [string, string] {
  const { street, county } = draft.location.locality;
  const office = chooseDepartment(officeOfHotline(namesOf(draft.category)), county, random);
  const management = chooseDepartment('MANAGEMENT', county, random);
  const first = random.chance(STREET_SHARE) ? streetOfficeCode(street) : office;
  if (first !== management) return [first, management];
  return [first, streetOfficeCode(street)];
}

/** Of those who are satisfied. */
const VERY_SATISFIED_SHARE = 0.4;

function drawJudgement(hotline: CityProfile['hotline'], late: boolean, random: Random): Judgement {
  if (!random.chance(VALID_CALLBACK_SHARE)) return { valid: false, responded: null, resolved: null, satisfied: null };
  const shift = late ? -LATE_PENALTY : (LATE_PENALTY * hotline.late) / (1 - hotline.late);
  const responded = random.chance(hotline.responded);
  const resolved = random.chance(hotline.resolved + shift);
  const draw = random.next();
  const satisfied =
    draw < hotline.satisfied + shift
      ? random.chance(VERY_SATISFIED_SHARE)
        ? 'VERY_SATISFIED'
        : 'SATISFIED'
      : draw < hotline.satisfied + shift + hotline.basically
        ? 'BASICALLY_SATISFIED'
        : 'DISSATISFIED';
  return { valid: true, responded, resolved, satisfied };
}
