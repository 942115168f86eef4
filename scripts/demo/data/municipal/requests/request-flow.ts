/** One request's way: received, answered at once or dispatched, returned, answered, called back, closed; cut off at the clock. */
import type { Category } from '@yiwang/schema/cases';
import { addLimit, type TimeLimit } from '@yiwang/schema/time';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../data-period.ts';
import type { Random } from '../../random.ts';
import { chooseDepartment, streetOfficeCode } from '../offices/departments.ts';
import { officeOfHotline } from '../offices/offices.ts';
import { namesOf } from '../setting/classes.ts';
import type { Location } from '../setting/localities.ts';
import type { Human } from '../setting/people.ts';
import type { CityProfile } from '../setting/profiles.ts';
import type { Setting } from '../setting/setting.ts';

export type RequestKind = 'INQUIRY' | 'HELP' | 'COMPLAINT' | 'REPORT' | 'SUGGESTION' | 'PRAISE';

export interface RequestDraft {
  readonly id: string;
  readonly kind: RequestKind;
  readonly category: Category;
  readonly location: Location;
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

interface RequestStep {
  readonly action: string;
  readonly at: number;
  readonly department: string | null;
  readonly reason: string | null;
  readonly dueAt: number | null;
}

export interface RequestProgress {
  readonly steps: RequestStep[];
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

interface SimulationContext {
  readonly random: Random;
  readonly setting: Setting;
}

/** A list of events, applied one by one until the clock is reached. */
export function simulateRequest(draft: RequestDraft, context: SimulationContext): RequestProgress {
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
  for (const { step, apply } of planSteps(draft, context)) {
    if (step.at > context.setting.now) break;
    progress.steps.push(step);
    apply(progress);
  }
  return progress;
}

interface PlannedStep {
  readonly step: RequestStep;
  apply(progress: RequestProgress): void;
}

type RequestStepInput = { at: number; department?: string; reason?: string; dueAt?: number };

function planStep(
  action: string,
  { at, department, reason, dueAt }: RequestStepInput,
  apply: PlannedStep['apply'],
): PlannedStep {
  const step = { action, at, department: department ?? null, reason: reason ?? null, dueAt: dueAt ?? null };
  return { step, apply };
}

function planSteps(draft: RequestDraft, context: SimulationContext): readonly PlannedStep[] {
  const received = planStep('RECEIVE', { at: draft.receivedAt }, () => {});
  const { random } = context;
  if (draft.kind === 'INQUIRY' && draft.caseId === null && random.chance(ANSWERED_AT_ONCE_SHARE)) {
    const at = draft.receivedAt + random.integer(60, 420) * 1000;
    const answered = planStep('ANSWER', { at, reason: '知识库直接答复' }, (progress) => {
      Object.assign(progress, { status: 'ANSWERED', answeredAt: at });
    });
    return [received, answered, planClose(at + 60_000)];
  }
  return [received, ...planOrderSteps(draft, context)];
}

function planOrderSteps(draft: RequestDraft, { random, setting }: SimulationContext): readonly PlannedStep[] {
  const { hotline } = setting.profile;
  const department = departmentOf(draft, random);
  const dispatchedAt = draft.receivedAt + random.integer(5, 120) * MINUTE_MS;
  const due = addLimit(new Date(dispatchedAt), LIMITS[draft.kind]).getTime();
  const { handler, steps, from } = random.chance(RETURNED_SHARE)
    ? planReturn(draft, random, { department, at: dispatchedAt })
    : { handler: department, steps: [], from: dispatchedAt };
  const contactAt = from + random.integer(10, 240) * MINUTE_MS;
  const answeredAt = answerTime(random, { contactAt, due, late: hotline.late });
  const callbackAt = Math.max(answeredAt, due) + random.integer(4, 72) * HOUR_MS;
  return [
    planDispatch(department, { at: dispatchedAt, due }, (progress) => {
      progress.firstReceiver = department;
    }),
    ...steps,
    planStep('CONTACT', { at: contactAt, department: handler }, (progress) => {
      progress.status = 'HANDLING';
    }),
    planStep('ANSWER', { at: answeredAt, department: handler, dueAt: due }, (progress) => {
      Object.assign(progress, { status: 'ANSWERED', answeredAt });
    }),
    planCallback(callbackAt, judge(random, hotline, answeredAt > due)),
    planClose(callbackAt + random.integer(1, 36) * HOUR_MS),
  ];
}

function planDispatch(
  department: string,
  { at, due }: { at: number; due: number },
  apply: PlannedStep['apply'],
): PlannedStep {
  return planStep('DISPATCH', { at, department }, (progress) => {
    progress.status = 'DISPATCHED';
    progress.dispatchedAt ??= at;
    progress.dueAt ??= due;
    progress.handler = department;
    apply(progress);
  });
}

/** Sent back by a department that is not responsible, and dispatched again to the management office. */
function planReturn(draft: RequestDraft, random: Random, first: { department: string; at: number }) {
  const backAt = first.at + random.integer(30, 600) * MINUTE_MS;
  const againAt = backAt + random.integer(10, 180) * MINUTE_MS;
  const handler = chooseDepartment('MANAGEMENT', draft.location.locality.county, random);
  const back = planStep('RETURN', { at: backAt, department: first.department, reason: '非本单位职责' }, (progress) => {
    progress.status = 'RETURNED';
    progress.returns++;
  });
  return { handler, from: againAt, steps: [back, planDispatch(handler, { at: againAt, due: 0 }, () => {})] };
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

function planCallback(at: number, judgement: Judgement): PlannedStep {
  return planStep('CALL_BACK', { at }, (progress) => {
    Object.assign(progress, { status: 'CALLED_BACK', calledBackAt: at, judgement });
  });
}

function planClose(at: number): PlannedStep {
  return planStep('CLOSE', { at }, (progress) => {
    Object.assign(progress, { status: 'CLOSED', closedAt: at });
  });
}

/** A citizen who waited longer than the limit judges a little harder; the shares of all others compensate. */
const LATE_PENALTY = 0.06;

function judge(random: Random, hotline: CityProfile['hotline'], late: boolean): Judgement {
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
  const { street, county } = draft.location.locality;
  if (random.chance(STREET_SHARE)) return streetOfficeCode(street);
  return chooseDepartment(officeOfHotline(namesOf(draft.category)), county, random);
}
