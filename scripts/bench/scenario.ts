/** The scenarios of the bench, each an operation and the variables of its n-th caller. */
import { REFERENCE_VERSION_HEADER } from '@yiwang/schema';
import type { AnswerHeaders } from './subgraphs/server.ts';

export const SCENARIO_NAMES = ['join', 'join-cached', 'deep', 'flat', 'big', 'big-join'] as const;
export type ScenarioName = (typeof SCENARIO_NAMES)[number];

/** The checks of the standard: a gateway with and one without, over platforms of the standard. */
export const CHECKS = 'checks';

export const CALLER_KINDS = ['distinct', 'identical'] as const;
/** Distinct: no two concurrent requests, and no two fetches for them, are equal. Identical: all requests are equal. */
export type Callers = (typeof CALLER_KINDS)[number];

export interface Scenario {
  readonly name: ScenarioName;
  readonly about: string;
  readonly query: string;
  /** Variables of the caller with this number. */
  variables(caller: number): Readonly<Record<string, unknown>>;
  /** Number of different callers; after them the first comes again. */
  readonly callers: number;
  readonly connections: number;
  /** Subgraph calls for one request by a gateway that makes each fetch once. */
  readonly fetches: number;
  readonly answerHeaders: AnswerHeaders;
}

const CASE_FIELDS = 'id number title address state urgent reportedAt';
const ALL_CASE_FIELDS = `id number title description address state urgent longitude latitude reportedAt deadlineAt closedAt`;

const JOIN = `query Join($from: Int!) {
  cases(first: 50, from: $from) {
    ${CASE_FIELDS}
    department { id name phone division { code name fullName } }
  }
}`;

const DEEP = `query Deep($from: Int!) {
  divisions(first: 4, from: $from) {
    code name fullName tier population
    grids {
      id name areaHectares
      manager { id name post phone }
      cases {
        ${ALL_CASE_FIELDS}
        category { code name kind hoursToClose }
        department { id name phone leader { id name post } division { code name } }
      }
    }
  }
}`;

const FLAT = `query Flat($from: Int!) { cases(first: 500, from: $from) { ${CASE_FIELDS} } }`;
const BIG_ROWS = 18_000;
const BIG_JOIN_ROWS = 15_000;
const BIG = `query Big($from: Int!) { cases(first: ${BIG_ROWS}, from: $from) { ${ALL_CASE_FIELDS} } }`;
const BIG_JOIN = `query BigJoin($from: Int!) {
  cases(first: ${BIG_JOIN_ROWS}, from: $from) { ${ALL_CASE_FIELDS} department { id name } }
}`;

/** Declares an answer to be reference data of this version. */
const REFERENCE = { [REFERENCE_VERSION_HEADER]: 'bench-1' };

/** A prime distance between callers keeps their windows of rows apart. */
const STEP = 613;
const from = (caller: number) => ({ from: (caller * STEP) % 20_011 });

interface ScenarioInput {
  readonly name: ScenarioName;
  readonly about: string;
  readonly query: string;
  readonly fetches: number;
  readonly callers?: number;
  readonly connections?: number;
  readonly variables?: Scenario['variables'];
  readonly answerHeaders?: AnswerHeaders;
}

function createScenario(input: ScenarioInput): Scenario {
  return { callers: 509, connections: 32, variables: from, answerHeaders: {}, ...input };
}

export const SCENARIOS: readonly Scenario[] = [
  createScenario({ name: 'join', about: '50 rows, two levels of entity fetches', query: JOIN, fetches: 3 }),
  createScenario({
    name: 'join-cached',
    about: 'the join, departments and divisions declared to be reference data',
    query: JOIN,
    fetches: 1,
    answerHeaders: { departments: REFERENCE, divisions: REFERENCE },
  }),
  createScenario({
    name: 'deep',
    about: 'about 90 KB in eight fetches on five levels',
    query: DEEP,
    fetches: 8,
    callers: 281,
    variables: (caller) => ({ from: (caller * 29) % 293 }),
  }),
  createScenario({ name: 'flat', about: '500 rows of one subgraph', query: FLAT, fetches: 1 }),
  createScenario({ name: 'big', about: '8 MB of one subgraph', query: BIG, fetches: 1, callers: 13, connections: 4 }),
  createScenario({
    name: 'big-join',
    about: '8 MB, joined, so that it cannot be passed through',
    query: BIG_JOIN,
    fetches: 2,
    callers: 13,
    connections: 4,
  }),
];
