/** Inspections that the ministry and the provinces hold in the tiers below, with their tasks and answers. */
import { createId } from '@yiwang/schema';
import type { DemoPlatform } from '../../platforms.ts';
import type { CopyValue } from '../copy.ts';
import { isoOf } from '../data-period.ts';
import { createRandom, type Random } from '../random.ts';
import { INSPECTION_SUBJECTS, type InspectionSubject } from './inspection-texts.ts';
import { drawCourses, type OrderCourse, partOf } from './order-flow.ts';
import { evaluatedSubjects, type SupervisedDivision, taskDivisions } from './subjects.ts';

export const INSPECTION_COLUMNS = [
  ...(['id', 'division', 'tier', 'issued_by', 'kind', 'title', 'requirement', 'status'] as const),
  ...(['issued_at', 'deadline', 'closed_at'] as const),
];
export const TASK_COLUMNS = [
  ...(['id', 'division', 'inspection', 'title', 'status', 'deadline', 'answer', 'answered_at'] as const),
];
export const INSPECTION_STAGE_COLUMNS = [
  ...(['of', 'seq', 'division', 'action', 'at', 'reason', 'from_status', 'to_status'] as const),
];
export type InspectionRow = Readonly<Record<(typeof INSPECTION_COLUMNS)[number], CopyValue>>;
export type TaskRow = Readonly<Record<(typeof TASK_COLUMNS)[number], CopyValue>>;
export type InspectionStageRow = Readonly<Record<(typeof INSPECTION_STAGE_COLUMNS)[number], CopyValue>>;

/** Of each division over the 24 months, and of each county below those. */
const PER_SUBJECT = 7;
const PER_SUBJECT_BELOW = 1;
const LIMIT_DAYS = 20;
const TASKS_MAX = 4;

export function inspectionRows(
  platform: DemoPlatform,
  seed: string,
): { inspections: InspectionRow[]; tasks: TaskRow[]; stages: InspectionStageRow[] } {
  const random = createRandom(`${seed} inspections ${platform.id}`);
  const targets = evaluatedSubjects(platform).flatMap((subject) =>
    Array.from({ length: subject.peers === 'NEXT' ? PER_SUBJECT : PER_SUBJECT_BELOW }, () => subject),
  );
  shuffle(random, targets);
  const serials = createSerials(platform);
  const inspections: InspectionRow[] = [];
  const tasks: TaskRow[] = [];
  const stages: InspectionStageRow[] = [];
  for (const [index, course] of drawCourses(random, targets.length, LIMIT_DAYS).entries()) {
    const about = INSPECTION_SUBJECTS[index % INSPECTION_SUBJECTS.length]!;
    const inspection = inspectionOf({ platform, subject: targets[index]!, about, course, serials });
    inspections.push(inspection);
    stages.push(...stagesOf(inspection, course));
    for (const { task, course: part } of tasksOf(random, { inspection, about, course, serials })) {
      tasks.push(task);
      stages.push(...stagesOf(task, part));
    }
  }
  return { inspections, tasks, stages };
}

/** Serials of a platform begin with its tier: rows of several tiers about one division never share an id. */
export function createSerials({ tier }: DemoPlatform): (division: string, kind: string) => string {
  const counts = new Map<string, number>();
  return (division, kind) => {
    const key = `${division}-${kind}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return createId(division, kind, `${tier.charAt(0)}${String(count).padStart(5, '0')}`);
  };
}

/** Replaces `{n}` and `{m}` by the number inspected and the number of defects. */
export function fillText(random: Random, text: string): string {
  const total = random.integer(12, 180);
  const faulty = random.integer(1, Math.max(2, Math.floor(total / 6)));
  return text.replace('{n}', String(total)).replace('{m}', String(faulty));
}

interface InspectionInput {
  readonly about: InspectionSubject;
  readonly course: OrderCourse;
  readonly serials: (division: string, kind: string) => string;
}

function inspectionOf(
  making: InspectionInput & { platform: DemoPlatform; subject: SupervisedDivision },
): InspectionRow {
  const { platform, subject, about, course, serials } = making;
  return {
    id: serials(subject.division, 'IN'),
    division: subject.division,
    tier: platform.tier,
    issued_by: platform.division,
    kind: about.kind,
    title: `${subject.name}${about.title}`,
    requirement: about.requirement,
    status: course.status,
    issued_at: isoOf(course.issuedAt),
    deadline: isoOf(course.deadline),
    closed_at: isoOf(course.closedAt),
  };
}

function stagesOf({ id, division }: InspectionRow | TaskRow, { steps }: OrderCourse): InspectionStageRow[] {
  return steps.map(({ action, at, from, to, reason }, index) => ({
    of: id,
    seq: index + 1,
    division,
    action,
    at: isoOf(at),
    reason,
    from_status: from,
    to_status: to,
  }));
}

interface TaskDraft {
  readonly task: TaskRow;
  readonly course: OrderCourse;
}

function tasksOf(random: Random, making: InspectionInput & { inspection: InspectionRow }): TaskDraft[] {
  const { inspection, about, course, serials } = making;
  const places = [...taskDivisions(String(inspection.division))];
  shuffle(random, places);
  return places.slice(0, random.integer(1, TASKS_MAX)).map((division, index) => {
    const part = partOf(random, course);
    const task = {
      id: serials(division, 'IT'),
      division,
      inspection: inspection.id,
      title: about.tasks[index % about.tasks.length]!,
      status: part.status,
      deadline: isoOf(part.deadline),
      answer: part.answeredAt === null ? null : fillText(random, random.pick(about.answers)),
      answered_at: isoOf(part.answeredAt),
    };
    return { task, course: part };
  });
}

function shuffle(random: Random, list: unknown[]): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.integer(0, i);
    [list[i], list[j]] = [list[j], list[i]];
  }
}
