/** Grid cases of a platform as rows of `cases` and `case_stages`: place, class and handling. */
import { createId, prefixOf } from '@yiwang/schema';
import type { Category } from '@yiwang/schema/cases';
import { DATA_END, DATA_START, drawInstants, type Rhythm } from '../../data-period.ts';
import { createWeighted, type Random, type Weighted } from '../../random.ts';
import type { Actor } from '../act-log.ts';
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
import { type CasePlan, type CaseSource, drawPlan } from './case-plan.ts';
import { type CaseSubject, caseRow, stageRows } from './case-rows.ts';

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
}

interface CaseInputs {
  readonly components: readonly PlacedComponent[];
  readonly staff: Staff;
}

/** In the order of the report. */
export function* generateCases(setting: Setting, inputs: CaseInputs): Generator<GeneratedCase> {
  const random = setting.random('case flow');
  for (const { id, source, subject, reportedAt, reporter, hotline } of drawReports(setting, inputs)) {
    const plan = planCase({ setting, random, source, subject, reportedAt });
    const log = simulateCase(plan, { random, now: setting.now, cast: { staff: inputs.staff, reporter } });
    const record = { id, plan, subject, reporter, log, request: hotline?.requestId ?? null };
    yield { row: caseRow(record), stages: stageRows(record) };
  }
}

/** The cases that citizens called 12345 about. */
export function drawCalls(setting: Setting, inputs: CaseInputs): readonly HotlineCase[] {
  return [...drawReports(setting, inputs)].flatMap(({ hotline }) => (hotline === undefined ? [] : [hotline]));
}

interface Report {
  readonly id: string;
  readonly source: CaseSource;
  readonly subject: CaseSubject;
  readonly reportedAt: number;
  readonly reporter: Actor;
  /** Defined if a citizen called 12345. */
  readonly hotline: HotlineCase | undefined;
}

function* drawReports(setting: Setting, { components, staff }: CaseInputs): Generator<Report> {
  const random = setting.random('cases');
  const events = createEventChoice();
  const instants = drawInstants(random, setting.scaled(setting.profile.counts.cases), {
    rhythm: RHYTHM,
    until: setting.now,
  });
  let calls = 0;
  for (const [i, reportedAt] of instants.entries()) {
    const subject = drawSubject({ setting, random, events, components }, reportedAt);
    const source = SOURCES.draw(random)[0];
    const id = createId(subject.location.locality.division, 'C', String(i + 1).padStart(6, '0'));
    const reporter = reporterOf(source, random, staff);
    const hotline =
      source === 'HOTLINE' && reporter !== null
        ? { caseId: id, requestId: requestIdOf(setting, ++calls), ...subject, reportedAt, reporter }
        : undefined;
    yield { id, source, subject, reportedAt, reporter, hotline };
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

function reporterOf(source: CaseSource, random: Random, staff: Staff): Actor {
  switch (source) {
    case 'PATROL':
      return random.pick(staff.COLLECTOR);
    case 'HOTLINE':
    case 'PUBLIC':
      return { id: null, ...drawHuman(random) };
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

function planCase({ setting, random, source, subject, reportedAt }: PlanInput): CasePlan {
  const { county } = subject.location.locality;
  const condition = drawCondition(subject.category, random);
  const departments = [
    chooseDepartment(officeOfClass(subject.category), county, random),
    chooseDepartment('MANAGEMENT', county, random),
  ] as const;
  const { work } = setting.profile;
  const factor = countyFactor(county) * drift(reportedAt);
  return drawPlan({ source, reportedAt, condition, departments, work, factor }, random);
}

/** Work gets better over the span: from a quarter worse than the mean to a quarter better. */
function drift(at: number): number {
  return 1.25 - (0.5 * (at - DATA_START)) / (DATA_END - DATA_START);
}
