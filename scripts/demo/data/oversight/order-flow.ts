/** Courses of orders, inspections and tasks through the standard's table of transitions: old ones are settled, recent ones are in every state. */
import { type OrderStatus, orderTransitionBy } from '@yiwang/schema/cases';
import { DATA_END, DATA_START, DAY_MS, HOUR_MS } from '../data-period.ts';
import type { Random } from '../random.ts';

export interface OrderStep {
  readonly action: string;
  readonly actor: 'ISSUER' | 'ADDRESSEE';
  /** Epoch milliseconds, whole seconds. */
  readonly at: number;
  readonly from: OrderStatus | null;
  readonly to: OrderStatus;
  readonly reason: string | null;
}

/** Instants in epoch milliseconds. */
export interface OrderCourse {
  /** Oldest first; the first is the issue. */
  readonly steps: readonly OrderStep[];
  readonly status: OrderStatus;
  readonly issuedAt: number;
  readonly signBy: number;
  readonly deadline: number;
  /** Of the last answer; null if there is none. */
  readonly answeredAt: number | null;
  /** When it was accepted or withdrawn; null if it is open. */
  readonly closedAt: number | null;
}

type Path = readonly string[];

const SIGNED: Path = ['ISSUE', 'SIGN'];
const HANDLED: Path = [...SIGNED, 'REPORT_PROGRESS'];
const ANSWERED: Path = [...HANDLED, 'ANSWER'];
const REJECTED: Path = [...ANSWERED, 'REJECT'];
const ANSWERED_AGAIN: Path = [...REJECTED, 'REPORT_PROGRESS', 'ANSWER'];

interface OpenPath {
  readonly path: Path;
  readonly isLate: boolean;
}

/** They take turns, so that a short list shows every open state, in time and late. */
const OPEN_PATHS: readonly OpenPath[] = [
  ...[['ISSUE'], SIGNED, HANDLED, ANSWERED, REJECTED].map((path) => ({ path, isLate: false })),
  ...[
    ['ISSUE', 'URGE'],
    [...SIGNED, 'URGE'],
    [...HANDLED, 'URGE'],
    [...REJECTED, 'REPORT_PROGRESS'],
  ].map((path) => ({
    path,
    isLate: true,
  })),
];
const WITHDRAWN_AFTER: readonly Path[] = [['ISSUE'], SIGNED, HANDLED];

/** The share of the orders of a list that is still open; they are the newest. */
const OPEN_SHARE = 0.25;
/** One in so many settled orders. */
const WITHDRAWN_EVERY = 12;
const REJECTED_EVERY = 7;
const SIGN_DAYS = 2;

/** How long an action waits for, from the one before it. */
const WAITS = new Map<string, readonly [number, number]>([
  ['SIGN', [HOUR_MS, 20 * HOUR_MS]],
  ['REPORT_PROGRESS', [4 * HOUR_MS, 2 * DAY_MS]],
  ['ANSWER', [DAY_MS, 9 * DAY_MS]],
  ['REJECT', [2 * HOUR_MS, 2 * DAY_MS]],
  ['ACCEPT', [HOUR_MS, 5 * DAY_MS]],
  ['WITHDRAW', [6 * HOUR_MS, 3 * DAY_MS]],
]);
const REASONS = new Map<string, readonly string[]>([
  ['REJECT', ['佐证材料不足，请补充整改前后对比照片。', '未说明责任单位和长效措施，请重新反馈。']],
  ['WITHDRAW', ['经核实，该问题已在其他督办件中办理，予以撤销。', '反映事项不属于本辖区职责，予以撤销。']],
]);

/** `count` courses, oldest first. */
export function drawCourses(random: Random, count: number, limitDays: number): OrderCourse[] {
  const limit = limitDays * DAY_MS;
  const openCount = Math.max(Math.min(count, OPEN_PATHS.length), Math.round(count * OPEN_SHARE));
  const settledEnd = DATA_END - 60 * DAY_MS;
  const settled = Array.from({ length: count - openCount }, () => random.between(DATA_START, settledEnd))
    .sort((a, b) => a - b)
    .map((issuedAt, index) =>
      createCourse(random, { issuedAt, limit, waits: drawWaits(random, settledPath(random, index)) }),
    );
  const open = Array.from({ length: openCount }, (_, index) =>
    openCourse(random, OPEN_PATHS[index % OPEN_PATHS.length]!, limit),
  );
  return [...settled, ...open.sort((a, b) => a.issuedAt - b.issuedAt)];
}

/** The course of one part of an order: what the addressee does is done a little earlier there. */
export function partOf(random: Random, whole: OrderCourse): OrderCourse {
  let earlier = whole.issuedAt;
  const steps = whole.steps.map((step, index) => {
    const at = index > 0 && step.actor === 'ADDRESSEE' ? wholeSecond(random.between(earlier + 1000, step.at)) : step.at;
    earlier = at;
    return { ...step, at };
  });
  const isAnsweredAlone = whole.status === 'HANDLING' && random.chance(0.4);
  if (!isAnsweredAlone) return courseOf(whole, steps);
  const at = wholeSecond(random.between(earlier + 1000, DATA_END));
  return courseOf(whole, [...steps, { ...stepFrom('HANDLING', 'ANSWER'), at, reason: null }]);
}

function settledPath(random: Random, index: number): Path {
  if (index % WITHDRAWN_EVERY === 5) return [...random.pick(WITHDRAWN_AFTER), 'WITHDRAW'];
  return [...(index % REJECTED_EVERY === 3 ? ANSWERED_AGAIN : ANSWERED), 'ACCEPT'];
}

interface Wait {
  readonly action: string;
  readonly ms: number;
}

function drawWaits(random: Random, path: Path): Wait[] {
  return path.map((action) => {
    const [from, to] = WAITS.get(action) ?? [0, 0];
    return { action, ms: random.between(from, to) };
  });
}

/** What was done takes the first part of the limit at most; an order that is late is urged after its deadline. */
function openCourse(random: Random, { path, isLate }: OpenPath, limit: number): OrderCourse {
  const drawn = drawWaits(random, path);
  const total = drawn.reduce((sum, { ms }) => sum + ms, 0);
  const scale = Math.min(1, (0.6 * limit) / Math.max(total, 1));
  const waits = drawn.map(({ action, ms }) => ({ action, ms: ms * scale }));
  // An order that is not even signed for is a few hours old, unless it is late.
  const rest = path.length === 1 ? 20 * HOUR_MS : 0.25 * limit;
  const age = isLate ? random.between(1.3 * limit, 2 * limit) : total * scale + random.between(HOUR_MS, rest);
  return createCourse(random, { issuedAt: Math.max(DATA_START, DATA_END - age), limit, waits });
}

interface CourseDraft {
  readonly issuedAt: number;
  readonly limit: number;
  readonly waits: readonly Wait[];
}

/** Throws a `StandardError` for a path that the table of transitions does not have. */
function createCourse(random: Random, { issuedAt, limit, waits }: CourseDraft): OrderCourse {
  const first = wholeSecond(issuedAt);
  const deadline = endOfDay(first + limit);
  let state: OrderStatus | null = null;
  let at = first;
  const steps = waits.map(({ action, ms }): OrderStep => {
    const step = stepFrom(state, action);
    at = wholeSecond(action === 'URGE' ? random.between(Math.max(at, deadline) + HOUR_MS, DATA_END) : at + ms);
    state = step.to;
    return { ...step, at, reason: step.reasonRequired ? random.pick(REASONS.get(action) ?? []) : null };
  });
  return courseOf({ issuedAt: first, signBy: endOfDay(first + SIGN_DAYS * DAY_MS), deadline }, steps);
}

function stepFrom(state: OrderStatus | null, action: string) {
  const { actor, from, to, reasonRequired } = orderTransitionBy(state, action);
  return { action, actor, from, to, reasonRequired };
}

function courseOf(
  { issuedAt, signBy, deadline }: Pick<OrderCourse, 'issuedAt' | 'signBy' | 'deadline'>,
  steps: readonly OrderStep[],
): OrderCourse {
  const last = steps.at(-1)!;
  const isClosed = last.to === 'ACCEPTED' || last.to === 'WITHDRAWN';
  const answeredAt = steps.findLast(({ action }) => action === 'ANSWER')?.at ?? null;
  return { steps, status: last.to, issuedAt, signBy, deadline, answeredAt, closedAt: isClosed ? last.at : null };
}

function wholeSecond(instant: number): number {
  return Math.floor(instant / 1000) * 1000;
}

/** 24:00 in the zone +08:00. */
function endOfDay(instant: number): number {
  const zone = 8 * HOUR_MS;
  return Math.ceil((instant + zone) / DAY_MS) * DAY_MS - zone;
}
