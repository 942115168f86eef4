/** One request's way: received, answered at once or dispatched, returned, answered, called back, closed; cut off at the clock. */
import type { Category } from '@yiwang/schema/categories.ts';
import { addLimit } from '@yiwang/schema/clock.ts';
import type { TimeLimit } from '@yiwang/schema/time-limit.ts';
import type { Random } from '../random.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../span.ts';
import { namesOf } from './classes.ts';
import { chooseDepartment, streetOfficeCode } from './departments.ts';
import { officeOfHotline } from './offices.ts';
import type { Human } from './people.ts';
import type { Spot } from './places.ts';
import type { Profile } from './profiles.ts';
import type { Setting } from './setting.ts';

export type RequestKind = 'INQUIRY' | 'HELP' | 'COMPLAINT' | 'REPORT' | 'SUGGESTION' | 'PRAISE';

export interface RequestDraft {
  readonly id: string;
  readonly kind: RequestKind;
  readonly category: Category;
  readonly spot: Spot;
  readonly requester: Human;
  readonly receivedAt: number;
  readonly caseId: string | null;
}

/** The limit stands on the order and depends on the kind. */
const LIMITS: Readonly<Record<RequestKind, TimeLimit>> = {
  INQUIRY: { amount: 1, unit: 'WORKDAY' },
  HELP: { amount: 3, unit: 'WORKDAY' },
  COMPLAINT: { amount: 5, unit: 'WORKDAY' },
  REPORT: { amount: 7, unit: 'WORKDAY' },
  SUGGESTION: { amount: 7, unit: 'WORKDAY' },
  PRAISE: { amount: 5, unit: 'WORKDAY' },
};

/** Inquiries that the operator answers from the knowledge base, without an order. */
const ANSWERED_AT_ONCE_SHARE = 0.84;
const VALID_CALLBACK_SHARE = 0.86;
const STREET_SHARE = 0.45;
const RETURNED_SHARE = 0.037;
const UNANSWERED_SHARE = 0.006;

interface Step {
  readonly action: string;
  readonly at: number;
  readonly department: string | null;
  readonly reason: string | null;
  readonly dueAt: number | null;
}

export interface RequestProgress {
  readonly steps: Step[];
  status: string;
  dispatchedAt: number | null;
  dueAt: number | null;
  answeredAt: number | null;
  calledBackAt: number | null;
  closedAt: number | null;
  firstReceiver: string | null;
  handler: string | null;
  returns: number;
  judgement: Judgement | null;
}

interface Judgement {
  readonly valid: boolean;
  readonly responded: boolean | null;
  readonly resolved: boolean | null;
  readonly satisfied: 'SATISFIED' | 'BASICALLY_SATISFIED' | 'DISSATISFIED' | null;
}

interface World {
  readonly random: Random;
  readonly setting: Setting;
}

/** A plain list of what would happen, applied one by one until the clock is reached. */
export function simulateRequest(draft: RequestDraft, world: World): RequestProgress {
  const progress: RequestProgress = {
    steps: [],
    status: 'RECEIVED',
    dispatchedAt: null,
    dueAt: null,
    answeredAt: null,
    calledBackAt: null,
    closedAt: null,
    firstReceiver: null,
    handler: null,
    returns: 0,
    judgement: null,
  };
  for (const { step, apply } of script(draft, world)) {
    if (step.at > world.setting.now) break;
    progress.steps.push(step);
    apply(progress);
  }
  return progress;
}

interface Planned {
  readonly step: Step;
  apply(progress: RequestProgress): void;
}

type Order = { at: number; department?: string; reason?: string; dueAt?: number };

function planned(action: string, { at, department, reason, dueAt }: Order, apply: Planned['apply']): Planned {
  const step = { action, at, department: department ?? null, reason: reason ?? null, dueAt: dueAt ?? null };
  return { step, apply };
}

function script(draft: RequestDraft, world: World): readonly Planned[] {
  const received = planned('RECEIVE', { at: draft.receivedAt }, () => {});
  const { random } = world;
  if (draft.kind === 'INQUIRY' && draft.caseId === null && random.chance(ANSWERED_AT_ONCE_SHARE)) {
    const at = draft.receivedAt + random.integer(60, 420) * 1000;
    const answered = planned('ANSWER', { at, reason: '知识库直接答复' }, (progress) => {
      Object.assign(progress, { status: 'ANSWERED', answeredAt: at });
    });
    return [received, answered, closing(at + 60_000)];
  }
  return [received, ...orderScript(draft, world)];
}

function orderScript(draft: RequestDraft, { random, setting }: World): readonly Planned[] {
  const { hotline } = setting.profile;
  const department = departmentOf(draft, random);
  const dispatchedAt = draft.receivedAt + random.integer(5, 120) * MINUTE_MS;
  const due = addLimit(new Date(dispatchedAt), LIMITS[draft.kind]).getTime();
  const { handler, steps, from } = random.chance(RETURNED_SHARE)
    ? returned(draft, random, { department, at: dispatchedAt })
    : { handler: department, steps: [], from: dispatchedAt };
  const contactAt = from + random.integer(10, 240) * MINUTE_MS;
  const answeredAt = answerTime(random, { contactAt, due, late: hotline.late });
  const callbackAt = Math.max(answeredAt, due) + random.integer(4, 72) * HOUR_MS;
  return [
    dispatching(department, { at: dispatchedAt, due }, (progress) => {
      progress.firstReceiver = department;
    }),
    ...steps,
    planned('CONTACT', { at: contactAt, department: handler }, (progress) => {
      progress.status = 'HANDLING';
    }),
    planned('ANSWER', { at: answeredAt, department: handler, dueAt: due }, (progress) => {
      Object.assign(progress, { status: 'ANSWERED', answeredAt });
    }),
    calling(callbackAt, judge(random, hotline, answeredAt > due)),
    closing(callbackAt + random.integer(1, 36) * HOUR_MS),
  ];
}

function dispatching(department: string, { at, due }: { at: number; due: number }, apply: Planned['apply']): Planned {
  return planned('DISPATCH', { at, department }, (progress) => {
    progress.status = 'DISPATCHED';
    progress.dispatchedAt ??= at;
    progress.dueAt ??= due;
    progress.handler = department;
    apply(progress);
  });
}

/** Sent back for clearly foreign duty, dispatched again to the management office. */
function returned(draft: RequestDraft, random: Random, first: { department: string; at: number }) {
  const backAt = first.at + random.integer(30, 600) * MINUTE_MS;
  const againAt = backAt + random.integer(10, 180) * MINUTE_MS;
  const handler = chooseDepartment('MANAGEMENT', draft.spot.place.county, random);
  const back = planned('RETURN', { at: backAt, department: first.department, reason: '非本单位职责' }, (progress) => {
    progress.status = 'RETURNED';
    progress.returns++;
  });
  return { handler, from: againAt, steps: [back, dispatching(handler, { at: againAt, due: 0 }, () => {})] };
}

/** Before the limit, after it by days, or (rarely) not for half a year. */
function answerTime(
  random: Random,
  { contactAt, due, late }: { contactAt: number; due: number; late: number },
): number {
  const window = Math.max(due - contactAt, HOUR_MS);
  if (random.chance(UNANSWERED_SHARE)) return contactAt + window + 180 * DAY_MS;
  if (random.chance(late)) return contactAt + window + Math.round(random.exponential(36)) * HOUR_MS + HOUR_MS;
  return contactAt + Math.round((random.between(0.1, 0.95) * window) / 1000) * 1000;
}

function calling(at: number, judgement: Judgement): Planned {
  return planned('CALL_BACK', { at }, (progress) => {
    Object.assign(progress, { status: 'CALLED_BACK', calledBackAt: at, judgement });
  });
}

function closing(at: number): Planned {
  return planned('CLOSE', { at }, (progress) => {
    Object.assign(progress, { status: 'CLOSED', closedAt: at });
  });
}

/** Who waited longer than the limit judges a little harder; the shares of all others make up for it. */
const LATE_PENALTY = 0.06;

function judge(random: Random, hotline: Profile['hotline'], late: boolean): Judgement {
  if (!random.chance(VALID_CALLBACK_SHARE)) return { valid: false, responded: null, resolved: null, satisfied: null };
  const shift = late ? -LATE_PENALTY : (LATE_PENALTY * hotline.late) / (1 - hotline.late);
  const responded = random.chance(hotline.responded);
  const resolved = random.chance(hotline.resolved + shift);
  const draw = random.next();
  const satisfied =
    draw < hotline.satisfied + shift
      ? 'SATISFIED'
      : draw < hotline.satisfied + shift + hotline.basically
        ? 'BASICALLY_SATISFIED'
        : 'DISSATISFIED';
  return { valid: true, responded, resolved, satisfied };
}

/** Straight to the street, or to the office in charge. */
function departmentOf(draft: RequestDraft, random: Random): string {
  const { street, county } = draft.spot.place;
  if (random.chance(STREET_SHARE)) return streetOfficeCode(street);
  return chooseDepartment(officeOfHotline(namesOf(draft.category)), county, random);
}
