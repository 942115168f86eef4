/** The state of an order or a task by its age: old ones are settled, recent ones are in every state. */
import type { OrderStatus } from '@yiwang/schema/cases';
import { DATA_END, DATA_START, DAY_MS, HOUR_MS } from '../data-period.ts';
import type { Random } from '../random.ts';

/** Instants in epoch milliseconds. */
export interface OrderCourse {
  readonly status: OrderStatus;
  readonly issuedAt: number;
  readonly deadline: number;
  readonly answeredAt: number | null;
  readonly closedAt: number | null;
}

interface OpenState {
  readonly status: OrderStatus;
  readonly overdue: boolean;
}

const OPEN_STATES: readonly OpenState[] = [
  ...(['ISSUED', 'ACKNOWLEDGED', 'HANDLING', 'ANSWERED', 'REJECTED'] as const).map((status) => ({
    status,
    overdue: false,
  })),
  ...(['ISSUED', 'ACKNOWLEDGED', 'HANDLING'] as const).map((status) => ({ status, overdue: true })),
];
const ANSWERED_STATES: readonly OrderStatus[] = ['ANSWERED', 'ACCEPTED', 'REJECTED'];
/** The share of the orders of a list that is still open; they are the newest. */
const OPEN_SHARE = 0.25;

/** `count` courses, oldest first. The open states take turns, so that a short list shows them all. */
export function drawCourses(random: Random, count: number, limitDays: number): OrderCourse[] {
  const openFrom = count - Math.max(Math.min(count, OPEN_STATES.length), Math.round(count * OPEN_SHARE));
  const settledEnd = DATA_END - 60 * DAY_MS;
  const settled = Array.from({ length: openFrom }, () => workInstant(random, DATA_START, settledEnd)).sort(
    (a, b) => a - b,
  );
  return [
    ...settled.map((issuedAt, index) => settledCourse(random, { issuedAt, index, limitDays })),
    ...Array.from({ length: count - openFrom }, (_, index) =>
      openCourse(random, OPEN_STATES[(openFrom + index) % OPEN_STATES.length]!, limitDays),
    ).sort((a, b) => a.issuedAt - b.issuedAt),
  ];
}

/** The course of one part of an order: in the state of the whole, answered a little earlier. */
export function partOf(random: Random, whole: OrderCourse): OrderCourse {
  if (whole.answeredAt === null) {
    const answered = whole.status === 'HANDLING' && random.chance(0.4);
    const answeredAt = answered ? random.between(whole.issuedAt, Math.min(whole.deadline, DATA_END)) : null;
    return { ...whole, status: answered ? 'ANSWERED' : whole.status, answeredAt };
  }
  return { ...whole, answeredAt: random.between(whole.issuedAt + HOUR_MS, whole.answeredAt) };
}

interface OrderDraft {
  readonly issuedAt: number;
  readonly index: number;
  readonly limitDays: number;
}

/** One in twelve was withdrawn. */
function settledCourse(random: Random, { issuedAt, index, limitDays }: OrderDraft): OrderCourse {
  const deadline = endOfDay(issuedAt + limitDays * DAY_MS);
  const status: OrderStatus = index % 12 === 5 ? 'WITHDRAWN' : 'ACCEPTED';
  const answeredAt = status === 'WITHDRAWN' ? null : random.between(issuedAt + DAY_MS, deadline + 2 * DAY_MS);
  const closedAt = (answeredAt ?? issuedAt + DAY_MS) + random.between(HOUR_MS, 5 * DAY_MS);
  return { status, issuedAt, deadline, answeredAt, closedAt };
}

function openCourse(random: Random, { status, overdue }: OpenState, limitDays: number): OrderCourse {
  const limit = limitDays * DAY_MS;
  const from = overdue ? DATA_END - 2 * limit : DATA_END - limit * 0.9;
  const to = overdue ? DATA_END - 1.2 * limit : DATA_END - (status === 'ISSUED' ? HOUR_MS : limit * 0.3);
  const issuedAt = workInstant(random, Math.max(from, DATA_START), to);
  const deadline = endOfDay(issuedAt + limit);
  const answered = ANSWERED_STATES.includes(status);
  return {
    status,
    issuedAt,
    deadline,
    answeredAt: answered ? random.between(issuedAt, DATA_END) : null,
    closedAt: null,
  };
}

function workInstant(random: Random, from: number, to: number): number {
  return Math.floor(random.between(from, to) / 1000) * 1000;
}

/** 24:00 in the zone +08:00. */
function endOfDay(instant: number): number {
  const zone = 8 * HOUR_MS;
  return Math.ceil((instant + zone) / DAY_MS) * DAY_MS - zone;
}
