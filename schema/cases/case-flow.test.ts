/** The flow of a case by stories: what each act does to state, counters and clocks, and what is refused by which rule. */
import { describe, expect, test } from '@jest/globals';
import { parseTimeLimit } from '../time/time-limit.ts';
import { applyCaseStage, isCaseOnTime, readCaseClocks, replayCase, startCase } from './case-flow.ts';
import type { FlowProgress, FlowStage } from './flow/flow-progress.ts';

const DAY = '2026-11-20';
/** A Friday. `14:30`, or a whole date and time, at +08:00. */
const at = (time: string) => Date.parse(`${time.includes('T') ? time : `${DAY}T${time}`}:00+08:00`);
const text = (instant: number | null) =>
  instant === null ? null : new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16);

type Detail = Partial<FlowStage>;
const stage = (action: string, role: string, time: string, detail: Detail = {}): FlowStage => ({
  action,
  role,
  at: at(time),
  ...detail,
});

const [ROADS, WATER] = ['roads', 'water'];
const reported = stage('REPORT', 'COLLECTOR', '08:00', { actor: 'col-1' });
const filed = stage('FILE', 'SHIFT_LEADER', '08:10');
const dispatched = stage('DISPATCH', 'DISPATCHER', '08:20', { department: ROADS });
const assigned = stage('ASSIGN', 'HANDLING_DEPARTMENT', '08:30', { department: ROADS, receiver: 'han-1' });
const submitted = stage('SUBMIT', 'HANDLER', '09:30', { department: ROADS, actor: 'han-1' });
const confirmed = stage('FORWARD', 'HANDLING_DEPARTMENT', '09:40', { department: ROADS });
const forwarded = stage('FORWARD', 'DISPATCHER', '09:50', { receiver: 'acc-1' });
const inspected = stage('INSPECT', 'ACCEPTOR', '10:00', { actor: 'acc-1', receiver: 'col-2' });
const answered = stage('ANSWER', 'COLLECTOR', '10:30', { actor: 'col-2' });
const closed = stage('CLOSE', 'ACCEPTOR', '10:40', { actor: 'acc-1' });
const toDepartment = [reported, filed, dispatched];
const toHandler = [...toDepartment, assigned];
const whole = [...toHandler, submitted, confirmed, forwarded, inspected, answered, closed];

const replay = (stages: readonly FlowStage[], limit = '2 URGENT_HOUR') =>
  replayCase({ limit: parseTimeLimit(limit) }, stages);

function clock(progress: FlowProgress, name: string, time: string) {
  const reading = readCaseClocks(progress, at(time)).find((candidate) => candidate.clock === name)!;
  const { startedAt, dueAt, finishedAt, usedSeconds, pausedSeconds, overdue } = reading;
  return [text(startedAt), text(dueAt), text(finishedAt), usedSeconds / 60, pausedSeconds / 60, overdue];
}

describe('a case on the straight way', () => {
  test('a case on the straight way has each clock started, due and finished by its own stages', () => {
    const progress = replay([...whole, stage('ARCHIVE', 'SYSTEM', '2026-11-27T10:40')]);
    const d = (time: string) => `${DAY}T${time}`;
    expect([progress.state, progress.status, isCaseOnTime(progress)]).toEqual(['ARCHIVED', 'CLOSED', true]);
    expect(clock(progress, 'ACCEPT', '12:00')).toEqual([d('08:00'), d('08:15'), d('08:10'), 10, 0, false]);
    expect(clock(progress, 'DISPATCH', '12:00')).toEqual([d('08:10'), d('08:25'), d('08:20'), 10, 0, false]);
    expect(clock(progress, 'HANDLE', '12:00')).toEqual([d('08:20'), d('10:20'), d('09:40'), 80, 0, false]);
    expect(clock(progress, 'INSPECT', '12:00')).toEqual([d('10:00'), '2026-11-21T10:00', d('10:30'), 30, 0, false]);
    expect(clock(progress, 'TOTAL', '12:00')).toEqual([d('08:10'), d('12:25'), d('10:40'), 150, 0, false]);
  });

  test('verifying before the filing has a clock of its own and leaves the accept clock running', () => {
    const progress = replay([
      reported,
      stage('VERIFY', 'ACCEPTOR', '08:02', { receiver: 'col-9' }),
      stage('ANSWER', 'COLLECTOR', '08:20', { actor: 'col-9' }),
      stage('FILE', 'ACCEPTOR', '08:21'),
    ]);
    expect(clock(progress, 'VERIFY', '08:30').slice(2)).toEqual([`${DAY}T08:20`, 18, 0, false]);
    expect(clock(progress, 'ACCEPT', '08:30').slice(2)).toEqual([`${DAY}T08:21`, 21, 0, true]);
    expect(progress.onTime.get('filedAt')).toBe(false);
  });

  test('a running clock shows what is used so far, and is overdue as soon as its deadline is past', () => {
    const progress = replay(toHandler);
    expect(clock(progress, 'HANDLE', '10:20')).toEqual([`${DAY}T08:20`, `${DAY}T10:20`, null, 120, 0, false]);
    expect(clock(progress, 'HANDLE', '10:21').slice(3)).toEqual([121, 0, true]);
  });

  test('a problem solved on the spot is reported and closed in one, on time and without clocks', () => {
    const progress = replay([stage('SELF_HANDLE', 'COLLECTOR', '08:00', { actor: 'col-1' })]);
    expect([progress.state, isCaseOnTime(progress), readCaseClocks(progress, at('09:00'))]).toEqual([
      'CLOSED',
      true,
      [],
    ]);
    expect(progress.instant('reportedAt')).toBe(at('08:00'));
  });
});

describe('a case that goes back', () => {
  const returned = stage('RETURN', 'HANDLING_DEPARTMENT', '09:20', { department: ROADS, reason: 'not ours' });
  const again = (department: string) => stage('DISPATCH', 'DISPATCHER', '09:30', { department });

  test('a return pauses the handling clock and starts the dispatch clock; the whole runs on', () => {
    const progress = replay([...toDepartment, returned]);
    expect([progress.state, progress.count('returns')]).toEqual(['RETURNED_TO_DISPATCHER', 1]);
    expect(clock(progress, 'HANDLE', '09:25')).toEqual([`${DAY}T08:20`, null, null, 60, 5, false]);
    expect(clock(progress, 'DISPATCH', '09:25')).toEqual([`${DAY}T09:20`, `${DAY}T09:35`, null, 5, 0, false]);
    expect(clock(progress, 'TOTAL', '09:25')).toEqual([`${DAY}T08:10`, `${DAY}T12:25`, null, 75, 0, false]);
  });

  test('the same department goes on with the time that was left, and another gets the whole limit', () => {
    const same = replay([...toDepartment, returned, again(ROADS)]);
    expect(clock(same, 'HANDLE', '09:40')).toEqual([`${DAY}T08:20`, `${DAY}T10:30`, null, 70, 10, false]);
    const other = replay([...toDepartment, returned, again(WATER)]);
    expect(clock(other, 'HANDLE', '09:40')).toEqual([`${DAY}T09:30`, `${DAY}T11:30`, null, 10, 0, false]);
  });

  test('the deadline of the whole is the same after a return, a second dispatch, a second filing and a rework', () => {
    const total = (stages: readonly FlowStage[]) => clock(replay(stages), 'TOTAL', '12:00').slice(0, 2);
    const expected = [`${DAY}T08:10`, `${DAY}T12:25`];
    expect(total([...toDepartment, returned, again(WATER)])).toEqual(expected);
    const toAcceptor = stage('RETURN', 'DISPATCHER', '09:25', { reason: 'not ours' });
    const filedAgain = stage('FILE', 'ACCEPTOR', '09:28');
    const progress = replay([...toDepartment, returned, toAcceptor, filedAgain, again(WATER)]);
    expect(clock(progress, 'TOTAL', '12:00').slice(0, 2)).toEqual(expected);
    expect([text(progress.instant('filedAt')), progress.onTime.get('filedAt')]).toEqual([`${DAY}T08:10`, true]);
    const rework = stage('REWORK', 'ACCEPTOR', '10:40', { actor: 'acc-1', reason: 'not done' });
    expect(total([...whole.slice(0, -1), rework])).toEqual(expected);
  });

  test('a rework by the acceptor keeps the department, whose clock goes on after the dispatch', () => {
    const rework = stage('REWORK', 'ACCEPTOR', '10:40', { actor: 'acc-1', reason: 'not done' });
    const dispatch = stage('DISPATCH', 'DISPATCHER', '10:50', { department: ROADS });
    const progress = replay([...whole.slice(0, -1), rework, dispatch]);
    expect([progress.state, progress.count('reworks'), progress.count('returns')]).toEqual(['PENDING_HANDLE', 1, 0]);
    expect(clock(progress, 'HANDLE', '11:00')).toEqual([`${DAY}T08:20`, `${DAY}T11:30`, null, 90, 70, false]);
  });

  test('a rework by the department lets the handling clock run on, one by the dispatcher lets it go on', () => {
    const byDepartment = stage('REWORK', 'HANDLING_DEPARTMENT', '09:35', { department: ROADS, reason: 'untidy' });
    const running = replay([...toHandler, submitted, byDepartment]);
    expect(clock(running, 'HANDLE', '09:40')).toEqual([`${DAY}T08:20`, `${DAY}T10:20`, null, 80, 0, false]);
    const byDispatcher = stage('REWORK', 'DISPATCHER', '10:00', { reason: 'untidy' });
    const resumed = replay([...toHandler, submitted, confirmed, byDispatcher]);
    expect(clock(resumed, 'HANDLE', '10:10')).toEqual([`${DAY}T08:20`, `${DAY}T10:40`, null, 90, 20, false]);
  });

  test('a deadline that was missed before a return stays missed with the same department', () => {
    const late = { ...returned, at: at('11:00') };
    const progress = replay([...toDepartment, late, { ...again(ROADS), at: at('11:10') }]);
    expect(clock(progress, 'HANDLE', '11:20')).toEqual([`${DAY}T08:20`, `${DAY}T10:20`, null, 170, 10, true]);
  });
});

describe('extension and suspension', () => {
  const ask = stage('ASK_EXTENSION', 'HANDLING_DEPARTMENT', '09:00', { department: ROADS, reason: 'spare parts' });
  const grant = stage('EXTEND', 'DISPATCHER', '09:05');

  test('an extension adds one original limit to the deadlines of handling and of the whole', () => {
    const progress = replay([...toHandler, ask, grant]);
    expect(progress.count('extensions')).toBe(1);
    expect(clock(progress, 'HANDLE', '09:10')[1]).toBe(`${DAY}T12:20`);
    expect(clock(progress, 'TOTAL', '09:10')[1]).toBe(`${DAY}T14:25`);
  });

  test('a handler asks the department, which passes it on; a refusal does not count, and two extensions are the most', () => {
    const handler = stage('ASK_EXTENSION', 'HANDLER', '09:00', { department: ROADS, actor: 'han-1', reason: 'rain' });
    const endorse = stage('ENDORSE_EXTENSION', 'HANDLING_DEPARTMENT', '09:02', { department: ROADS });
    const refuse = stage('REFUSE_EXTENSION', 'DISPATCHER', '09:03', { reason: 'no' });
    const refused = [...toHandler, handler, endorse, refuse];
    const twice = [ask, grant, ask, grant].map((one, index) => ({ ...one, at: at(`09:1${index}`) }));
    const progress = replay([...refused, ...twice]);
    expect([progress.count('extensions'), clock(progress, 'HANDLE', '09:20')[1]]).toEqual([2, `${DAY}T14:20`]);
    expect(() => applyCaseStage(progress, { ...ask, at: at('09:20') })).toThrow(
      expect.objectContaining({ stage: 12, rule: 'GRANTS_MAX' }),
    );
    expect(() => replay([...toHandler, handler, grant])).toThrow(
      'Stage 6, EXTEND: EXTENSION waits for HANDLING_DEPARTMENT, not for DISPATCHER (NOT_PENDING)',
    );
  });

  test('a suspension stops handling and whole until its end, and both go on in the unit of the limit', () => {
    const limit = '1 WORKDAY';
    const suspended = [
      ...toHandler,
      stage('ASK_SUSPENSION', 'HANDLING_DEPARTMENT', '09:00', { department: ROADS, reason: 'lawsuit' }),
      stage('SUSPEND', 'DISPATCHER', '09:20', { until: at('2026-11-24T09:20') }),
    ];
    const progress = replay(suspended, limit);
    expect([progress.state, text(progress.suspendedUntil)]).toEqual(['HANDLING', '2026-11-24T09:20']);
    // One hour of eight was used on Friday; the other seven follow the end of the suspension. Nights are not paused.
    expect(clock(progress, 'HANDLE', '2026-11-23T12:00')).toEqual([
      `${DAY}T08:20`,
      '2026-11-25T08:20',
      null,
      60,
      640,
      false,
    ]);
    const early = replay([...suspended, stage('RESUME', 'DISPATCHER', '2026-11-23T09:20')], limit);
    expect(clock(early, 'HANDLE', '2026-11-23T09:20').slice(1)).toEqual(['2026-11-24T08:20', null, 60, 480, false]);
    expect(early.suspendedUntil).toBeNull();
  });

  test('nothing is handled during a suspension, and an act after its end comes after the resumption', () => {
    const suspended = [
      ...toHandler,
      stage('ASK_SUSPENSION', 'HANDLING_DEPARTMENT', '09:00', { department: ROADS, reason: 'lawsuit' }),
      stage('SUSPEND', 'DISPATCHER', '09:05', { until: at('2026-11-22T09:00') }),
    ];
    expect(() => replay([...suspended, submitted])).toThrow(
      expect.objectContaining({ rule: 'NOT_SUSPENDED', stage: 7 }),
    );
    const resumed = stage('RESUME', 'SYSTEM', '2026-11-22T09:00');
    expect(() => replay([...suspended, { ...resumed, at: at('2026-11-23T09:00') }])).toThrow(
      expect.objectContaining({ rule: 'SUSPENDED' }),
    );
    const done = { ...submitted, at: at('2026-11-22T10:00') };
    expect(replay([...suspended, resumed, done]).state).toBe('HANDLED');
  });
});

describe('a stage that is not allowed', () => {
  const cases: readonly (readonly [rule: string, stages: readonly FlowStage[]])[] = [
    ['STATE', [reported, dispatched]],
    ['STATE', [reported, { ...reported, at: at('08:05') }]],
    ['ROLE', [reported, { ...filed, role: 'DISPATCHER' }]],
    ['REASON', [reported, stage('VOID', 'ACCEPTOR', '08:05')]],
    ['TIME', [reported, { ...filed, at: at('07:59') }]],
    ['GIVEN', [reported, filed, { ...dispatched, department: null }]],
    ['OWN', [...toDepartment, { ...assigned, department: WATER }]],
    ['NAMED', [...toHandler, { ...submitted, actor: 'han-2' }]],
    ['HANDLED_BY_ANOTHER', [...whole.slice(0, -2), { ...answered, actor: 'han-1' }].map(anonymous('INSPECT'))],
    ['HANDLED_BY_ANOTHER', [...whole.slice(0, -1), { ...closed, actor: 'han-1' }].map(anonymous('FORWARD'))],
    [
      'NOT_OVERDUE',
      [...toHandler, stage('ASK_EXTENSION', 'HANDLING_DEPARTMENT', '10:21', { department: ROADS, reason: 'x' })],
    ],
    ['NOT_PENDING', [...toHandler, stage('EXTEND', 'DISPATCHER', '09:00')]],
    ['CLOSED_LATE', [...whole, stage('APPEAL', 'HANDLING_DEPARTMENT', '11:00', { department: ROADS, reason: 'x' })]],
  ];

  /** Leaves the officer open whom an act names, so that the rule under test is the first to refuse. */
  function anonymous(action: string) {
    return (one: FlowStage) => (one.action === action ? { ...one, receiver: null } : one);
  }

  test.each(cases)('a stage against %s is refused with its number', (rule, stages) => {
    expect(() => replay(stages)).toThrow(expect.objectContaining({ name: 'FlowError', rule, stage: stages.length }));
  });

  test('a stage that is refused leaves no trace', () => {
    const progress = replay(toHandler);
    const shape = () =>
      JSON.stringify([progress.state, progress.stages, progress.at, readCaseClocks(progress, at('09:00'))]);
    const before = shape();
    for (const wrong of [closed, { ...submitted, actor: 'han-2' }, { ...submitted, role: 'ACCEPTOR' }]) {
      expect(() => applyCaseStage(progress, wrong)).toThrow();
      expect(shape()).toBe(before);
    }
    applyCaseStage(progress, submitted);
    expect(progress.state).toBe('HANDLED');
  });

  test('a case without a limit is reported and void, and never filed', () => {
    const progress = startCase({ limit: null });
    applyCaseStage(progress, reported);
    expect(() => applyCaseStage(progress, filed)).toThrow(expect.objectContaining({ rule: 'LIMIT', stage: 2 }));
    expect(applyCaseStage(progress, stage('VOID', 'ACCEPTOR', '08:05', { reason: 'nothing there' })).to).toBe('VOIDED');
  });
});

test('an appeal against a late closing is decided once, and the fact stays', () => {
  const late = [...whole.slice(0, -1), { ...closed, at: at('13:00') }];
  const appeal = stage('APPEAL', 'HANDLING_DEPARTMENT', '13:10', { department: ROADS, reason: 'storm' });
  const endorse = stage('ENDORSE_APPEAL', 'DISPATCHER', '13:20');
  const progress = replay([...late, appeal, endorse, stage('GRANT_APPEAL', 'ACCEPTOR', '13:30')]);
  expect([isCaseOnTime(progress), progress.chain('APPEAL').grants]).toEqual([false, 1]);
  expect(() => applyCaseStage(progress, { ...appeal, at: at('14:00') })).toThrow(
    expect.objectContaining({ rule: 'ASKS_MAX' }),
  );
});

test('a transferred case ends here: every clock stops, and nothing follows', () => {
  const progress = replay([
    reported,
    filed,
    stage('TRANSFER', 'DISPATCHER', '08:15', { reason: 'the province handles it' }),
  ]);
  expect([progress.state, progress.status]).toEqual(['TRANSFERRED', 'VOIDED']);
  expect(readCaseClocks(progress, at('20:00')).every(({ finishedAt }) => finishedAt !== null)).toBe(true);
  expect(() => applyCaseStage(progress, dispatched)).toThrow(expect.objectContaining({ rule: 'STATE' }));
});
