/** Grid cases of a platform: what happened where, in which class, how it was handled, as rows of `cases` and `case_stages`. */
import { createId } from '@yiwang/schema';
import type { Category } from '@yiwang/schema/categories.ts';
import { createWeighted, type Random, type Weighted } from '../random.ts';
import { drawInstants, type Rhythm, SPAN_END, SPAN_START } from '../span.ts';
import { simulateCase } from './case-flow.ts';
import type { CasePlan, Outcome } from './case-progress.ts';
import { type CaseSource, caseRow, type Subject, stageRows } from './case-rows.ts';
import { type ClassChoice, createEventChoice, drawCondition } from './classes.ts';
import type { PlacedComponent } from './components.ts';
import { chooseDepartment } from './departments.ts';
import { officeOfClass } from './offices.ts';
import { drawHuman, type Human } from './people.ts';
import type { Spot } from './places.ts';
import { countyFactor } from './profiles.ts';
import type { Setting } from './setting.ts';
import type { Staff } from './staff.ts';
import type { Row } from './tables.ts';

const SOURCES: Weighted<readonly [CaseSource, number]> = createWeighted(
  [
    ['PATROL', 58],
    ['HOTLINE', 13],
    ['VIDEO', 12],
    ['PUBLIC', 9],
    ['SENSOR', 4],
    ['DEPARTMENT', 3],
    ['LEADER', 1],
  ] as const,
  ([, weight]) => weight,
);

const RHYTHM: Rhythm = {
  months: [0.85, 0.8, 1, 1.02, 1.06, 1.12, 1.2, 1.15, 1.02, 0.98, 0.95, 0.9],
  weekdays: [0.72, 1.1, 1.08, 1.06, 1.05, 1.04, 0.82],
  hours: [1, 1, 1, 1, 1, 2, 6, 14, 26, 28, 25, 18, 11, 14, 25, 26, 22, 15, 9, 8, 6, 4, 2, 1],
  growth: 0.07,
};

const COMPONENT_SHARE = 0.17;
const VOID_SHARE = 0.031;
const EXTENDED_SHARE = 0.035;
const SUSPENDED_SHARE = 0.009;
/** Extensions and suspensions are for matters of days. */
const PAUSABLE_UNITS: ReadonlySet<string> = new Set(['WORKDAY', 'NATURAL_DAY']);
const EXTENDABLE_AMOUNT_MAX = 7;

/** A request that a case was made from. */
export interface HotlineCase {
  readonly caseId: string;
  readonly requestId: string;
  readonly spot: Spot;
  readonly category: Category;
  readonly reportedAt: number;
  readonly reporter: Human;
}

export interface GeneratedCase {
  readonly row: Row<'cases'>;
  readonly stages: readonly Row<'case_stages'>[];
  /** Set where a citizen called 12345. */
  readonly hotline: HotlineCase | undefined;
}

/** In the order of the report. */
export function* generateCases(
  setting: Setting,
  given: { readonly components: readonly PlacedComponent[]; readonly staff: Staff },
): Generator<GeneratedCase> {
  const random = setting.random('cases');
  const events = createEventChoice();
  const instants = drawInstants(random, setting.scaled(setting.profile.counts.cases), {
    rhythm: RHYTHM,
    until: setting.now,
  });
  let calls = 0;
  for (const [i, reportedAt] of instants.entries()) {
    const subject = drawSubject({ setting, random, events, components: given.components }, reportedAt);
    const source = SOURCES.draw(random)[0];
    const id = createId(subject.spot.place.division, 'C', String(i + 1).padStart(6, '0'));
    const reporter = reporterOf(source, random, given.staff);
    const hotline =
      source === 'HOTLINE' && reporter !== null
        ? { caseId: id, requestId: requestIdOf(subject.spot, ++calls), ...subject, reportedAt, reporter }
        : undefined;
    const condition = drawCondition(subject.category, random);
    const plan = drawPlan({ setting, random, source, subject, reportedAt }, condition.limit);
    const progress = simulateCase(plan, random, setting.now);
    yield {
      hotline,
      row: caseRow({ id, source, subject, reporter, plan, progress, request: hotline?.requestId ?? null, condition }),
      stages: stageRows({ id, source, subject, reporter, progress, staff: given.staff, random }),
    };
  }
}

/** Serials of requests begin with those that became cases. */
export function requestIdOf(spot: Spot, serial: number): string {
  return createId(spot.place.division, 'R', String(serial).padStart(6, '0'));
}

interface Drawing {
  readonly setting: Setting;
  readonly random: Random;
  readonly events: ClassChoice;
  readonly components: readonly PlacedComponent[];
}

function drawSubject({ setting, random, events, components }: Drawing, at: number): Subject {
  if (random.chance(COMPONENT_SHARE)) {
    const { code, category, spot } = random.pick(components);
    return { spot, category, component: code };
  }
  return { spot: setting.places.drawSpot(random), category: events.draw(random, at), component: null };
}

function reporterOf(source: CaseSource, random: Random, staff: Staff): Human | null {
  switch (source) {
    case 'PATROL':
      return random.pick(staff.COLLECTOR);
    case 'HOTLINE':
    case 'PUBLIC':
      return drawHuman(random);
    case 'LEADER':
    case 'DEPARTMENT':
      return random.pick(staff.SHIFT_LEADER);
    case 'VIDEO':
    case 'SENSOR':
      return null;
  }
}

interface PlanInput {
  readonly setting: Setting;
  readonly random: Random;
  readonly source: CaseSource;
  readonly subject: Subject;
  readonly reportedAt: number;
}

function drawPlan({ setting, random, source, subject, reportedAt }: PlanInput, limit: CasePlan['limit']): CasePlan {
  const { work } = setting.profile;
  const { county } = subject.spot.place;
  const office = officeOfClass(subject.category);
  const first = chooseDepartment(office, county, random);
  const second = chooseDepartment('MANAGEMENT', county, random);
  const pausable = PAUSABLE_UNITS.has(limit.unit);
  return {
    reportedAt,
    limit,
    outcome: drawOutcome(random, { work, factor: countyFactor(county) * drift(reportedAt) }),
    verified: source !== 'PATROL' && random.chance(0.35),
    filedLate: random.chance(work.filedLate),
    departments: first !== second && random.chance(work.returned) ? [first, second] : [first],
    reworked: random.chance(work.reworked),
    extended: pausable && limit.amount <= EXTENDABLE_AMOUNT_MAX && random.chance(EXTENDED_SHARE),
    suspended: pausable && random.chance(SUSPENDED_SHARE),
  };
}

function drawOutcome(
  random: Random,
  { work, factor }: { work: { late: number; stuck: number }; factor: number },
): Outcome {
  const draw = random.next();
  if (draw < VOID_SHARE) return 'VOIDED';
  if (draw < VOID_SHARE + work.stuck * factor) return 'STUCK';
  return draw < VOID_SHARE + (work.stuck + work.late) * factor ? 'LATE' : 'ON_TIME';
}

/** Work gets better over the span: from a quarter worse than the mean to a quarter better. */
function drift(at: number): number {
  return 1.25 - (0.5 * (at - SPAN_START)) / (SPAN_END - SPAN_START);
}
