/** Grid cases of a platform as rows of `cases` and `case_stages`: place, class and handling. */
import { createId, prefixOf } from '@yiwang/schema';
import type { Category } from '@yiwang/schema/cases';
import { DATA_END, DATA_START, drawInstants, type Rhythm } from '../../data-period.ts';
import { createWeighted, type Random, type Weighted } from '../../random.ts';
import type { PlacedComponent } from '../assets/components.ts';
import { chooseDepartment, cityOf } from '../offices/departments.ts';
import { officeOfClass } from '../offices/offices.ts';
import type { Staff } from '../offices/staff.ts';
import { type ClassChoice, createEventChoice, drawCondition } from '../setting/classes.ts';
import type { Location } from '../setting/localities.ts';
import { drawHuman, type Human } from '../setting/people.ts';
import { countyFactor } from '../setting/profiles.ts';
import type { Setting } from '../setting/setting.ts';
import type { Row } from '../tables.ts';
import { simulateCase } from './case-flow.ts';
import type { CaseOutcome, CasePlan } from './case-progress.ts';
import { type CaseSource, type CaseSubject, caseRow, stageRows } from './case-rows.ts';

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
  readonly location: Location;
  readonly category: Category;
  readonly reportedAt: number;
  readonly reporter: Human;
}

export interface GeneratedCase {
  readonly row: Row<'cases'>;
  readonly stages: readonly Row<'case_stages'>[];
  /** Defined if a citizen called 12345. */
  readonly hotline: HotlineCase | undefined;
}

/** In the order of the report. */
export function* generateCases(
  setting: Setting,
  inputs: { readonly components: readonly PlacedComponent[]; readonly staff: Staff },
): Generator<GeneratedCase> {
  const random = setting.random('cases');
  const events = createEventChoice();
  const instants = drawInstants(random, setting.scaled(setting.profile.counts.cases), {
    rhythm: RHYTHM,
    until: setting.now,
  });
  let calls = 0;
  for (const [i, reportedAt] of instants.entries()) {
    const subject = drawSubject({ setting, random, events, components: inputs.components }, reportedAt);
    const source = SOURCES.draw(random)[0];
    const id = createId(subject.location.locality.division, 'C', String(i + 1).padStart(6, '0'));
    const reporter = reporterOf(source, random, inputs.staff);
    const hotline =
      source === 'HOTLINE' && reporter !== null
        ? { caseId: id, requestId: requestIdOf(setting, ++calls), ...subject, reportedAt, reporter }
        : undefined;
    const condition = drawCondition(subject.category, random);
    const plan = drawPlan({ setting, random, source, subject, reportedAt }, condition.limit);
    const progress = simulateCase(plan, random, setting.now);
    yield {
      hotline,
      row: caseRow({ id, source, subject, reporter, plan, progress, request: hotline?.requestId ?? null, condition }),
      stages: stageRows({ id, source, subject, reporter, progress, staff: inputs.staff, random }),
    };
  }
}

/**
 * The id that the city's hotline gives to a request about the platform's divisions. Requests that became cases have the
 * first serials of each platform, so that both sides know the id.
 */
export function requestIdOf({ platform: { division } }: Setting, serial: number): string {
  const city = cityOf(division.slice(0, 6));
  const within = division === city ? '' : division.slice(prefixOf(city).length);
  return createId(city, 'R', `${within}${String(serial).padStart(6, '0')}`);
}

interface SubjectInput {
  readonly setting: Setting;
  readonly random: Random;
  readonly events: ClassChoice;
  readonly components: readonly PlacedComponent[];
}

function drawSubject({ setting, random, events, components }: SubjectInput, at: number): CaseSubject {
  if (random.chance(COMPONENT_SHARE)) {
    const { code, category, location } = random.pick(components);
    return { location, category, component: code };
  }
  return { location: setting.localities.drawLocation(random), category: events.draw(random, at), component: null };
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
  readonly subject: CaseSubject;
  readonly reportedAt: number;
}

function drawPlan({ setting, random, source, subject, reportedAt }: PlanInput, limit: CasePlan['limit']): CasePlan {
  const { work } = setting.profile;
  const { county } = subject.location.locality;
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
): CaseOutcome {
  const draw = random.next();
  if (draw < VOID_SHARE) return 'VOIDED';
  if (draw < VOID_SHARE + work.stuck * factor) return 'STUCK';
  return draw < VOID_SHARE + (work.stuck + work.late) * factor ? 'LATE' : 'ON_TIME';
}

/** Work gets better over the span: from a quarter worse than the mean to a quarter better. */
function drift(at: number): number {
  return 1.25 - (0.5 * (at - DATA_START)) / (DATA_END - DATA_START);
}
