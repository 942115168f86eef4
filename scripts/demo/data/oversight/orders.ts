/** Supervision orders (督办) of every tier to the divisions below it, some about single cases and requests, with the answers. */
import { containsDivision, type Division, divisions, regionOf } from '@yiwang/schema';
import { DEMO_PLATFORMS, type DemoPlatform } from '../../platforms.ts';
import type { CopyValue } from '../copy.ts';
import { isoOf, MONTHS } from '../data-period.ts';
import { provincialLead } from '../departments/upper-departments.ts';
import { officeCode, streetOfficeCode } from '../municipal/offices/departments.ts';
import { createRandom, type Random } from '../random.ts';
import { createSerials, fillText } from './inspections.ts';
import { drawCourses, type OrderCourse } from './order-flow.ts';
import { nextSubjects, type SupervisedDivision } from './subjects.ts';

export const ORDER_COLUMNS = [
  ...(['id', 'division', 'issued_by', 'tier', 'subject', 'status', 'issued_at', 'deadline'] as const),
  ...(['case_id', 'request_id', 'sign_by'] as const),
];
export const ANSWER_COLUMNS = ['order_id', 'division', 'answered_at', 'department', 'content'] as const;
export const ORDER_STAGE_COLUMNS = [
  ...(['order_id', 'seq', 'division', 'action', 'at', 'department', 'reason', 'from_status', 'to_status'] as const),
];
export type OrderRow = Readonly<Record<(typeof ORDER_COLUMNS)[number], CopyValue>>;
export type OrderStageRow = Readonly<Record<(typeof ORDER_STAGE_COLUMNS)[number], CopyValue>>;
export type AnswerRow = Readonly<Record<(typeof ANSWER_COLUMNS)[number], CopyValue>>;

/** What orders may be about; only what is below the division that an order goes to is taken. */
/** A case or a request, and where it is about. */
export interface Matter {
  readonly id: string;
  readonly division: string;
}

export interface OrderMatters {
  readonly cases: readonly Matter[];
  readonly requests: readonly Matter[];
}

const PER_SUBJECT = 6;
const COUNT_MIN = 40;
const LIMIT_DAYS = 10;
const CASE_SHARE = 0.35;
const REQUEST_SHARE = 0.2;

const SUBJECTS = [
  '督办{place}{month}月按期结案率偏低问题',
  '督办{place}占道经营反复回潮问题',
  '督办{place}建筑垃圾违规倾倒问题',
  '督办{place}易涝点整治进展缓慢问题',
  '督办{place}窨井盖缺失破损整改',
  '督办{place}热线诉求重复投诉集中问题',
  '督办{place}燃气安全隐患整改销号',
  '督办{place}月度数据迟报问题',
] as const;
const CASE_SUBJECT = '督办{place}超期未结网格案件';
const REQUEST_SUBJECT = '督办{place}12345热线不满意工单';
const ANSWERS = [
  '已约谈责任单位，制定整改方案，{n}项任务完成{m}项，其余按期推进。',
  '已组织现场核查，排查点位{n}处，整改{m}处，剩余问题纳入台账销号。',
  '责任单位已完成整改，经核查人员现场确认，申请办结。',
] as const;
const PROGRESS = '已签收督办单，明确责任单位和完成时限，正在办理。';

export function orderRows(
  platform: DemoPlatform,
  seed: string,
  matters: OrderMatters,
): { orders: OrderRow[]; answers: AnswerRow[]; stages: OrderStageRow[] } {
  const random = createRandom(`${seed} orders ${platform.id}`);
  const subjects = nextSubjects(platform);
  if (subjects.length === 0) return { orders: [], answers: [], stages: [] };
  const serials = createSerials(platform);
  const courses = drawCourses(random, Math.max(COUNT_MIN, subjects.length * PER_SUBJECT), LIMIT_DAYS);
  const orders: OrderRow[] = [];
  const answers: AnswerRow[] = [];
  const stages: OrderStageRow[] = [];
  for (const course of courses) {
    const subject = random.pick(subjects);
    const order = orderOf(random, { platform, subject, course, id: serials(subject.division, 'SO'), matters });
    orders.push(order);
    answers.push(...answersOf(random, order, course));
    stages.push(...stagesOf(order, course));
  }
  return { orders, answers, stages };
}

interface OrderInput {
  readonly platform: DemoPlatform;
  readonly subject: SupervisedDivision;
  readonly course: OrderCourse;
  readonly id: string;
  readonly matters: OrderMatters;
}

function orderOf(random: Random, { platform, subject, course, id, matters }: OrderInput): OrderRow {
  const draw = random.next();
  const about = draw < CASE_SHARE ? 'case' : draw < CASE_SHARE + REQUEST_SHARE ? 'request' : 'matter';
  const case_id = about === 'case' ? pickBelow(random, subject.division, matters.cases) : null;
  const request_id = about === 'request' ? pickBelow(random, subject.division, matters.requests) : null;
  const text = case_id ? CASE_SUBJECT : request_id ? REQUEST_SUBJECT : random.pick(SUBJECTS);
  const month = random.pick(MONTHS).slice(5).replace(/^0/, '');
  return {
    id,
    division: subject.division,
    issued_by: platform.division,
    tier: platform.tier,
    subject: text.replace('{place}', subject.name).replace('{month}', month),
    status: course.status,
    issued_at: isoOf(course.issuedAt),
    deadline: isoOf(course.deadline),
    case_id,
    request_id,
    sign_by: isoOf(course.signBy),
  };
}

function pickBelow(random: Random, division: string, matters: readonly Matter[]): string | null {
  const region = regionOf(division);
  const below = matters.filter((matter) => containsDivision(region, matter.division));
  return below.length === 0 ? null : random.pick(below).id;
}

/** Every word of the addressee: progress, and the answers. */
function answersOf(random: Random, order: OrderRow, course: OrderCourse): AnswerRow[] {
  const division = String(order.division);
  return course.steps.flatMap(({ action, at }) => {
    if (action !== 'REPORT_PROGRESS' && action !== 'ANSWER') return [];
    const content = action === 'ANSWER' ? fillText(random, random.pick(ANSWERS)) : PROGRESS;
    return [{ order_id: order.id, division, answered_at: isoOf(at), department: departmentOf(division), content }];
  });
}

function stagesOf(order: OrderRow, { steps }: OrderCourse): OrderStageRow[] {
  const division = String(order.division);
  return steps.map(({ action, actor, at, from, to, reason }, index) => ({
    order_id: order.id,
    seq: index + 1,
    division,
    action,
    at: isoOf(at),
    department: actor === 'ADDRESSEE' ? departmentOf(division) : null,
    reason,
    from_status: from,
    to_status: to,
  }));
}

/** The office that answers, if a platform of the network holds its row. */
function departmentOf(code: string): string | null {
  const provincial = provincialLead(code);
  if (provincial !== null) return provincial;
  const division: Division | undefined = divisions().get(code);
  const isHeld = DEMO_PLATFORMS.some(
    (entry) => entry.kind === 'municipal' && containsDivision(regionOf(entry.division), code),
  );
  if (!isHeld || division === undefined || division.level === 'COMMUNITY') return null;
  return division.level === 'STREET' ? streetOfficeCode(code) : officeCode('MANAGEMENT', code);
}
