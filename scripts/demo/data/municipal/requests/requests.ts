/** Requests to 12345 about the divisions of a platform, with dispatch, return, answer, callback and the judgement that the three rates count. */
import { type Category, categories } from '@yiwang/schema/cases';
import { drawInstants, isoOf, MINUTE_MS, type Rhythm } from '../../data-period.ts';
import { createWeighted, type Random, type Weighted } from '../../random.ts';
import { type HotlineCase, requestIdOf } from '../cases/cases.ts';
import type { Staff } from '../offices/staff.ts';
import { createHotlineChoice, namesOf } from '../setting/classes.ts';
import { drawHuman } from '../setting/people.ts';
import type { Setting } from '../setting/setting.ts';
import type { Row } from '../tables.ts';
import { type RequestDraft, type RequestKind, type RequestProgress, simulateRequest } from './request-flow.ts';

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

const RHYTHM: Rhythm = {
  months: [1, 0.9, 0.95, 0.95, 1, 1.1, 1.25, 1.2, 1, 0.95, 1.1, 1.1],
  weekdays: [0.74, 1.18, 1.1, 1.06, 1.04, 1.02, 0.8],
  hours: [2, 1, 1, 1, 1, 2, 5, 11, 19, 23, 22, 18, 13, 15, 19, 20, 19, 16, 13, 12, 11, 9, 6, 3],
  growth: 0.1,
};

export interface GeneratedRequest {
  readonly row: Row<'requests'>;
  readonly stages: readonly Row<'request_stages'>[];
}

/** Those that became cases first, then the others in the order of receipt. */
export function* generateRequests(
  setting: Setting,
  inputs: { readonly calls: readonly HotlineCase[]; readonly staff: Staff },
): Generator<GeneratedRequest> {
  const random = setting.random('requests');
  for (const draft of drafts(setting, random, inputs.calls)) {
    const progress = simulateRequest(draft, { random, setting });
    yield { row: requestRow(draft, progress), stages: stageRows(draft, { progress, staff: inputs.staff, random }) };
  }
}

function* drafts(setting: Setting, random: Random, calls: readonly HotlineCase[]): Generator<RequestDraft> {
  for (const call of calls) {
    yield {
      id: call.requestId,
      kind: 'COMPLAINT',
      category: hotlineClassOf(call.category),
      location: call.location,
      requester: call.reporter,
      receivedAt: call.reportedAt - random.integer(2, 25) * MINUTE_MS,
      caseId: call.caseId,
    };
  }
  const choice = createHotlineChoice(setting.profile.heated);
  const count = Math.max(setting.scaled(setting.profile.counts.requests) - calls.length, 0);
  for (const [i, receivedAt] of drawInstants(random, count, { rhythm: RHYTHM, until: setting.now }).entries()) {
    const location = setting.localities.drawLocation(random);
    yield {
      id: requestIdOf(setting, calls.length + i + 1),
      kind: KINDS.draw(random)[0],
      category: choice.draw(random, receivedAt),
      location,
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
  const hotlineClass = categories().get(code);
  if (!hotlineClass) throw new Error(`the hotline has no class ${code}`);
  return hotlineClass;
}

const OPENINGS: Readonly<Record<RequestKind, string>> = {
  INQUIRY: '咨询',
  HELP: '请求帮助解决',
  COMPLAINT: '反映',
  REPORT: '举报',
  SUGGESTION: '建议改进',
  PRAISE: '表扬处理',
};

function requestRow(draft: RequestDraft, progress: RequestProgress): Row<'requests'> {
  const { location, requester, kind, category } = draft;
  const about = `${OPENINGS[kind]}${category.name}问题`;
  return {
    id: draft.id,
    division: location.locality.division,
    kind,
    category: category.code,
    status: progress.status,
    title: `${location.locality.name}居民${about}`,
    content: `来电人${requester.name}（${requester.phone}）${about}，地点：${location.address}，分类：${namesOf(category)}。`,
    grid: location.grid,
    address: location.address,
    longitude: location.longitude,
    latitude: location.latitude,
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
  draft: RequestDraft,
  { progress, staff, random }: { progress: RequestProgress; staff: Staff; random: Random },
): Row<'request_stages'>[] {
  return progress.steps.map((step, i) => {
    const post = step.department === null || step.action === 'DISPATCH' ? 'ACCEPTOR' : 'HANDLER';
    const actor = post === 'HANDLER' ? staff.team(step.department!).handlers[0]! : random.pick(staff.ACCEPTOR);
    return {
      request_id: draft.id,
      seq: i + 1,
      division: draft.location.locality.division,
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
