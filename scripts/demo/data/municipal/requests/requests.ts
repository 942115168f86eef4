/** Requests to 12345 about the divisions of a platform, with dispatch, return, answer, callback and the judgement that the three rates count. */
import { type Category, categories, type RequestKind, summarizeRequest } from '@yiwang/schema/cases';
import { drawInstants, isoOf, MINUTE_MS, type Rhythm } from '../../data-period.ts';
import { createWeighted, type Random, type Weighted } from '../../random.ts';
import type { ActLog } from '../act-log.ts';
import { type HotlineCase, requestIdOf } from '../cases/cases.ts';
import { createHotlineChoice, namesOf } from '../setting/classes.ts';
import { drawHuman } from '../setting/people.ts';
import type { Setting } from '../setting/setting.ts';
import type { Row } from '../tables.ts';
import { type RequestCast, simulateRequest } from './request-flow.ts';
import { drawRequestPlan, type RequestDraft, type RequestPlan } from './request-plan.ts';

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

/** By frequency: most people call. */
const CHANNELS = createWeighted(
  [
    ['PHONE', 62],
    ['WECHAT', 18],
    ['APP', 12],
    ['WEB', 5],
    ['TRANSFER', 2],
    ['MAILBOX', 1],
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
  { calls, cast }: { readonly calls: readonly HotlineCase[]; readonly cast: RequestCast },
): Generator<GeneratedRequest> {
  const random = setting.random('requests');
  const channels = setting.random('request channels');
  for (const draft of drafts(setting, random, calls)) {
    const plan = drawRequestPlan(draft, setting.profile.hotline, random);
    const log = simulateRequest(draft, plan, { random, now: setting.now, cast });
    yield { row: requestRow(draft, plan, { log, channels }), stages: stageRows(draft, log) };
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
      case: { id: call.caseId, reportedAt: call.reportedAt },
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
      case: null,
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

interface RequestMaterial {
  readonly log: ActLog;
  /** Of its own, so that channels leave all other draws as they are. */
  readonly channels: Random;
}

function requestRow(draft: RequestDraft, plan: RequestPlan, { log, channels }: RequestMaterial): Row<'requests'> {
  const { location, requester, kind, category } = draft;
  const about = `${OPENINGS[kind]}${category.name}问题`;
  return {
    id: draft.id,
    division: location.locality.division,
    kind,
    channel: CHANNELS.draw(channels)[0],
    category: category.code,
    title: `${location.locality.name}居民${about}`,
    content: `来电人${requester.name}（${requester.phone}）${about}，地点：${location.address}，分类：${namesOf(category)}。`,
    grid: location.grid,
    address: location.address,
    longitude: location.longitude,
    latitude: location.latitude,
    requester_name: requester.name,
    requester_phone: requester.phone,
    case_id: draft.case?.id ?? null,
    urgent: plan.urgent,
    ...flowColumns(log),
  };
}

function flowColumns({ progress }: ActLog) {
  const summary = summarizeRequest(progress);
  return {
    status: summary.status,
    flow_state: summary.state,
    received_at: isoOf(summary.receivedAt),
    dispatched_at: isoOf(summary.dispatchedAt),
    sign_due_at: isoOf(summary.signDueAt),
    signed_at: isoOf(summary.signedAt),
    contacted_at: isoOf(summary.contactedAt),
    due_at: isoOf(summary.dueAt),
    answered_at: isoOf(summary.answeredAt),
    called_back_at: isoOf(summary.calledBackAt),
    second_handled_at: isoOf(summary.secondHandledAt),
    closed_at: isoOf(summary.closedAt),
    first_receiver: summary.firstReceiver,
    handler: summary.handler,
    return_count: summary.returns,
    return_ruling: summary.returnRuling,
    extension_count: summary.extensions,
    excluded: summary.excluded,
    valid_callback: summary.judgement?.valid ?? null,
    responded: summary.judgement?.responded ?? null,
    resolved: summary.judgement?.resolved ?? null,
    satisfied: summary.judgement?.satisfied ?? null,
  };
}

function stageRows(draft: RequestDraft, { acts }: ActLog): Row<'request_stages'>[] {
  return acts.map(({ stage, by, dueAt }, index) => {
    const before = acts[index - 1];
    return {
      request_id: draft.id,
      seq: index + 1,
      division: draft.location.locality.division,
      action: stage.action,
      at: isoOf(stage.at),
      actor_name: by?.name ?? null,
      actor_phone: by?.phone ?? null,
      actor_post: stage.role,
      officer: stage.actor ?? null,
      department: stage.department ?? null,
      reason: stage.reason ?? null,
      valid_callback: stage.judgement?.valid ?? null,
      responded: stage.judgement?.responded ?? null,
      resolved: stage.judgement?.resolved ?? null,
      satisfied: stage.judgement?.satisfied ?? null,
      due_at: isoOf(dueAt),
      elapsed_seconds: before === undefined ? null : (stage.at - before.stage.at) / 1000,
    };
  });
}
