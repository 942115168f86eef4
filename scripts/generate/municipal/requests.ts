/** Requests to 12345 of a platform, with dispatch, return, answer, callback and the judgement that the three rates count. */
import { createId } from '@yiwang/schema';
import type { Category } from '@yiwang/schema/categories.ts';
import { categories } from '@yiwang/schema/categories.ts';
import { addLimit } from '@yiwang/schema/clock.ts';
import type { TimeLimit } from '@yiwang/schema/time-limit.ts';
import { createWeighted, type Random, type Weighted } from '../random.ts';
import { DAY_MS, drawInstants, HOUR_MS, isoOf, MINUTE_MS, type Rhythm } from '../span.ts';
import type { HotlineCase } from './cases.ts';
import { createHotlineChoice, namesOf } from './classes.ts';
import { chooseDepartment, streetOfficeCode } from './departments.ts';
import { officeOfHotline } from './offices.ts';
import { drawHuman, type Human } from './people.ts';
import type { Spot } from './places.ts';
import type { Profile } from './profiles.ts';
import type { Setting } from './setting.ts';
import type { Staff } from './staff.ts';
import type { Row } from './tables.ts';

type RequestKind = 'INQUIRY' | 'HELP' | 'COMPLAINT' | 'REPORT' | 'SUGGESTION' | 'PRAISE';

const KINDS: Weighted<readonly [RequestKind, number]> = createWeighted(
  [
    ['COMPLAINT', 41],
    ['HELP', 29],
    ['INQUIRY', 17],
    ['REPORT', 7],
    ['SUGGESTION', 5],
    ['PRAISE', 1],
  ] as const,
  ([, weight]) => weight,
);

/** The limit stands on the order and depends on the kind. */
const LIMITS: Readonly<Record<RequestKind, TimeLimit>> = {
  INQUIRY: { amount: 1, unit: 'WORKDAY' },
  HELP: { amount: 3, unit: 'WORKDAY' },
  COMPLAINT: { amount: 5, unit: 'WORKDAY' },
  REPORT: { amount: 7, unit: 'WORKDAY' },
  SUGGESTION: { amount: 7, unit: 'WORKDAY' },
  PRAISE: { amount: 5, unit: 'WORKDAY' },
};

const RHYTHM: Rhythm = {
  months: [1, 0.9, 0.95, 0.95, 1, 1.1, 1.25, 1.2, 1, 0.95, 1.1, 1.1],
  weekdays: [0.74, 1.18, 1.1, 1.06, 1.04, 1.02, 0.8],
  hours: [2, 1, 1, 1, 1, 2, 5, 11, 19, 23, 22, 18, 13, 15, 19, 20, 19, 16, 13, 12, 11, 9, 6, 3],
  growth: 0.1,
};

/** Inquiries that the operator answers from the knowledge base, without an order. */
const ANSWERED_AT_ONCE_SHARE = 0.84;
const VALID_CALLBACK_SHARE = 0.86;
const STREET_SHARE = 0.45;
const RETURNED_SHARE = 0.037;
const UNANSWERED_SHARE = 0.006;

export interface GeneratedRequest {
  readonly row: Row<'requests'>;
  readonly stages: readonly Row<'request_stages'>[];
}

interface Draft {
  readonly id: string;
  readonly kind: RequestKind;
  readonly category: Category;
  readonly spot: Spot;
  readonly requester: Human;
  readonly receivedAt: number;
  readonly caseId: string | null;
}

/** Those that became cases first, then the others in the order of receipt. */
export function* generateRequests(
  setting: Setting,
  given: { readonly calls: readonly HotlineCase[]; readonly staff: Staff },
): Generator<GeneratedRequest> {
  const random = setting.random('requests');
  for (const draft of drafts(setting, random, given.calls)) {
    const progress = simulateRequest(draft, { random, setting });
    yield { row: requestRow(draft, progress), stages: stageRows(draft, { progress, staff: given.staff, random }) };
  }
}

function* drafts(setting: Setting, random: Random, calls: readonly HotlineCase[]): Generator<Draft> {
  for (const call of calls) {
    yield {
      id: call.requestId,
      kind: 'COMPLAINT',
      category: hotlineClassOf(call.category),
      spot: call.spot,
      requester: call.reporter,
      receivedAt: call.reportedAt - random.integer(2, 25) * MINUTE_MS,
      caseId: call.caseId,
    };
  }
  const choice = createHotlineChoice(setting.profile.heated);
  const count = Math.max(setting.scaled(setting.profile.counts.requests) - calls.length, 0);
  for (const [i, receivedAt] of drawInstants(random, count, RHYTHM).entries()) {
    const spot = setting.places.drawSpot(random);
    yield {
      id: createId(spot.place.division, 'R', String(calls.length + i + 1).padStart(6, '0')),
      kind: KINDS.draw(random)[0],
      category: choice.draw(random, receivedAt),
      spot,
      requester: drawHuman(random),
      receivedAt,
      caseId: null,
    };
  }
}

/** Grid classes as citizens call them; the rest is dirt on the street. */
const HOTLINE_WORDS: readonly (readonly [RegExp, string])[] = [
  [/井盖|箅子|盖板/, '4020102'],
  [/道路破损|塌陷|人行道|路沿石/, '4020101'],
  [/积水/, '4020104'],
  [/路灯|灯/, '4020103'],
  [/占道|店外|游商/, '4010201'],
  [/小广告/, '4010104'],
  [/垃圾/, '4010102'],
  [/非机动车|单车/, '4040501'],
  [/违建|私搭/, '4010301'],
  [/工地|扬尘/, '4050202'],
  [/噪/, '4050104'],
  [/消防/, '4110101'],
  [/绿|树/, '4010501'],
];
const OTHER_HOTLINE_CLASS = '4010101';

function hotlineClassOf(category: Category): Category {
  const code = HOTLINE_WORDS.find(([words]) => words.test(category.name))?.[1] ?? OTHER_HOTLINE_CLASS;
  const found = categories().get(code);
  if (!found) throw new Error(`the hotline has no class ${code}`);
  return found;
}

interface Step {
  readonly action: string;
  readonly at: number;
  readonly department: string | null;
  readonly reason: string | null;
  readonly dueAt: number | null;
}

interface Progress {
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
function simulateRequest(draft: Draft, world: World): Progress {
  const progress: Progress = {
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
  apply(progress: Progress): void;
}

type Order = { at: number; department?: string; reason?: string; dueAt?: number };

function planned(action: string, { at, department, reason, dueAt }: Order, apply: Planned['apply']): Planned {
  const step = { action, at, department: department ?? null, reason: reason ?? null, dueAt: dueAt ?? null };
  return { step, apply };
}

function script(draft: Draft, world: World): readonly Planned[] {
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

function orderScript(draft: Draft, { random, setting }: World): readonly Planned[] {
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
function returned(draft: Draft, random: Random, first: { department: string; at: number }) {
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
function departmentOf(draft: Draft, random: Random): string {
  const { street, county } = draft.spot.place;
  if (random.chance(STREET_SHARE)) return streetOfficeCode(street);
  return chooseDepartment(officeOfHotline(namesOf(draft.category)), county, random);
}

const OPENINGS: Readonly<Record<RequestKind, string>> = {
  INQUIRY: '咨询',
  HELP: '请求帮助解决',
  COMPLAINT: '反映',
  REPORT: '举报',
  SUGGESTION: '建议改进',
  PRAISE: '表扬处理',
};

function requestRow(draft: Draft, progress: Progress): Row<'requests'> {
  const { spot, requester, kind, category } = draft;
  const about = `${OPENINGS[kind]}${category.name}问题`;
  return {
    id: draft.id,
    division: spot.place.division,
    kind,
    category: category.code,
    status: progress.status,
    title: `${spot.place.name}居民${about}`,
    content: `来电人${requester.name}（${requester.phone}）${about}，地点：${spot.address}，分类：${namesOf(category)}。`,
    grid: spot.grid,
    address: spot.address,
    longitude: spot.longitude,
    latitude: spot.latitude,
    requester_name: requester.name,
    requester_phone: requester.phone,
    received_at: isoOf(draft.receivedAt),
    dispatched_at: isoOf(progress.dispatchedAt),
    due_at: isoOf(progress.dueAt),
    answered_at: isoOf(progress.answeredAt),
    called_back_at: isoOf(progress.calledBackAt),
    closed_at: isoOf(progress.closedAt),
    first_receiver: progress.firstReceiver,
    handler: progress.handler,
    return_count: progress.returns,
    valid_callback: progress.judgement?.valid ?? null,
    responded: progress.judgement?.responded ?? null,
    resolved: progress.judgement?.resolved ?? null,
    satisfied: progress.judgement?.satisfied ?? null,
    case_id: draft.caseId,
  };
}

function stageRows(
  draft: Draft,
  { progress, staff, random }: { progress: Progress; staff: Staff; random: Random },
): Row<'request_stages'>[] {
  return progress.steps.map((step, i) => {
    const post = step.department === null || step.action === 'DISPATCH' ? 'ACCEPTOR' : 'HANDLER';
    const actor = random.pick(staff[post]);
    return {
      request_id: draft.id,
      seq: i + 1,
      division: draft.spot.place.division,
      action: step.action,
      at: isoOf(step.at),
      actor_name: actor.name,
      actor_phone: actor.phone,
      actor_post: post,
      department: step.department,
      reason: step.reason,
      due_at: isoOf(step.dueAt),
      elapsed_seconds: i === 0 ? null : (step.at - progress.steps[i - 1]!.at) / 1000,
    };
  });
}
