/** Laws over every order, inspection and task of the demo: its course is one of the table, and lateness follows from it. */
import { describe, expect, test } from '@jest/globals';
import { answerOwed, isOrderOverdue, ORDER_STATUSES, type OrderStatus, orderTransitionBy } from '@yiwang/schema/cases';
import { DEMO_PLATFORMS } from '../../platforms.ts';
import type { CopyValue } from '../copy.ts';
import { DATA_END } from '../data-period.ts';
import { inspectionRows } from './inspections.ts';
import { orderRows } from './orders.ts';

type Row = Readonly<Record<string, CopyValue>>;

/** One order, inspection or task with its stages, in the order of their numbers. */
interface Course {
  readonly kind: 'order' | 'inspection' | 'task';
  readonly row: Row;
  readonly stages: readonly Row[];
  readonly answers: readonly Row[];
}

const time = (value: CopyValue): number => Date.parse(String(value));
const date = (value: CopyValue): Date | null =>
  value === null || value === undefined ? null : new Date(String(value));

const courses: readonly Course[] = DEMO_PLATFORMS.filter(({ kind }) => kind !== 'exchange').flatMap((platform) => {
  const { orders, answers, stages } = orderRows(platform, 'yiwang', { cases: [], requests: [] });
  const inspected = inspectionRows(platform, 'yiwang');
  const stagesBy = groupBy([...stages, ...inspected.stages], (stage) => stage.order_id ?? stage.of);
  const answersBy = groupBy(answers, (answer) => answer.order_id);
  const courseOf = (kind: Course['kind']) => (row: Row) => ({
    kind,
    row,
    stages: stagesBy.get(row.id) ?? [],
    answers: answersBy.get(row.id) ?? [],
  });
  return [
    ...orders.map(courseOf('order')),
    ...inspected.inspections.map(courseOf('inspection')),
    ...inspected.tasks.map(courseOf('task')),
  ];
});

function groupBy(rows: readonly Row[], keyOf: (row: Row) => CopyValue): Map<CopyValue, Row[]> {
  const groups = new Map<CopyValue, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

/** What is wrong with the course, in words; none if it keeps the law. */
function replay({ kind, row, stages, answers }: Course): string[] {
  const faults: string[] = [];
  const expectSame = (what: string, actual: unknown, expected: unknown) => {
    if (actual !== expected) faults.push(`${row.id}: ${what} is ${actual}, ${expected} was expected`);
  };
  let state: OrderStatus | null = null;
  let at = Number.NEGATIVE_INFINITY;
  for (const [index, stage] of stages.entries()) {
    const { to, reasonRequired, actor } = orderTransitionBy(state, String(stage.action));
    expectSame('the number', stage.seq, index + 1);
    expectSame('the state before', stage.from_status, state);
    expectSame('the state after', stage.to_status, to);
    expectSame('a reason', stage.reason !== null, reasonRequired);
    expectSame('the division', stage.division, row.division);
    if (actor === 'ISSUER' && kind === 'order') expectSame('the department of the issuer', stage.department, null);
    if (time(stage.at) < at) faults.push(`${row.id}: ${stage.action} comes before the step before it`);
    if (time(stage.at) > DATA_END) faults.push(`${row.id}: ${stage.action} lies in the future`);
    state = to;
    at = time(stage.at);
  }
  expectSame('the status', row.status, state);
  if (row.issued_at !== undefined) expectSame('the issue', time(row.issued_at), time(stages[0]?.at));
  const last = (action: string) => stages.findLast((stage) => stage.action === action)?.at ?? null;
  if (kind === 'inspection') expectSame('the end', row.closed_at, last('ACCEPT') ?? last('WITHDRAW'));
  if (kind === 'task') expectSame('the time of the answer', row.answered_at, last('ANSWER'));
  if (kind === 'order') {
    const words = stages.filter(({ action }) => action === 'ANSWER' || action === 'REPORT_PROGRESS');
    expectSame(
      'the times of the words',
      answers.map((answer) => answer.answered_at).join(),
      words.map((stage) => stage.at).join(),
    );
  }
  return faults;
}

/** Worked out from what was done, not from the state. */
function isLate({ row, stages }: Course, now: number): boolean {
  const actions = stages.map(({ action }) => String(action));
  const answered = actions.lastIndexOf('ANSWER') > actions.lastIndexOf('REJECT');
  const owesAnswer = !answered && !actions.includes('WITHDRAW');
  const owesSignature = !actions.includes('SIGN') && !actions.includes('WITHDRAW');
  const isOver = (by: CopyValue) => by !== null && by !== undefined && time(by) < now;
  return (owesAnswer && isOver(row.deadline)) || (owesSignature && isOver(row.sign_by));
}

describe('every order, inspection and task', () => {
  test('replays by the table of transitions from its first stage to its row', () => {
    expect(courses.length).toBeGreaterThan(1000);
    expect(courses.flatMap(replay)).toEqual([]);
  });

  test('is overdue exactly if its answer or signature is owed past the deadline', () => {
    const now = new Date(DATA_END);
    const wrong = courses.filter((course) => {
      const { status, deadline, sign_by } = course.row;
      const due = { status: String(status), signBy: date(sign_by), answerBy: date(deadline) };
      return isOrderOverdue(due, now) !== isLate(course, DATA_END);
    });
    expect(wrong.map(({ row }) => row.id)).toEqual([]);
  });

  test.each(['order', 'inspection', 'task'] as const)(
    'of the kind %s is met in every state, and in time and late where an answer is owed',
    (kind) => {
      const own = courses.filter((course) => course.kind === kind);
      expect(new Set(own.map(({ row }) => row.status))).toEqual(new Set(ORDER_STATUSES));
      const lateness = own.map((course) => `${course.row.status} ${isLate(course, DATA_END)}`);
      for (const status of ['ISSUED', 'ACKNOWLEDGED', 'HANDLING'] as const) {
        expect(answerOwed()).toContain(status);
        expect(lateness).toEqual(expect.arrayContaining([`${status} true`, `${status} false`]));
      }
      expect(own.some(({ stages }) => stages.filter(({ action }) => action === 'ANSWER').length > 1)).toBe(true);
    },
  );

  test('answered its part of an inspection before the inspection was answered', () => {
    const inspections = new Map(
      courses.filter(({ kind }) => kind === 'inspection').map((course) => [course.row.id, course]),
    );
    const late = courses.flatMap(({ row }) => {
      const inspection = inspections.get(row.inspection);
      if (!inspection || !['ANSWERED', 'ACCEPTED'].includes(String(inspection.row.status))) return [];
      const answeredAt = inspection.stages.findLast(({ action }) => action === 'ANSWER')?.at;
      return time(row.answered_at) <= time(answeredAt) ? [] : [row.id];
    });
    expect(late).toEqual([]);
  });
});
