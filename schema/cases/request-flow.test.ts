/** The flow of a request: its table, and by stories what each act does to state, parties and clocks. */
import { describe, expect, test } from '@jest/globals';
import type { FlowProgress, FlowStage, Judgement } from './flow/flow-progress.ts';
import {
  applyRequestStage,
  REQUEST_CLOCKS,
  REQUEST_STATUSES,
  readRequestClocks,
  replayRequest,
  requestStatusOf,
  requestTable,
  requestTransitions,
} from './request-flow.ts';
import { summarizeRequest } from './request-summary.ts';

/** A Friday, unless a whole date is given; at +08:00. */
const at = (time: string) => Date.parse(`${time.includes('T') ? time : `2026-11-20T${time}`}:00+08:00`);
const text = (instant: number | null) =>
  instant === null ? null : new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16);

const stage = (action: string, role: string, time: string, detail: Partial<FlowStage> = {}): FlowStage => ({
  action,
  role,
  at: at(time),
  ...detail,
});

const [STREET, WATER, ROADS] = ['street', 'water', 'roads'];
const judged = (satisfied: Judgement['satisfied'], resolved = satisfied !== 'DISSATISFIED'): Judgement => ({
  valid: true,
  responded: true,
  resolved,
  satisfied,
});

const received = stage('RECEIVE', 'OPERATOR', '08:00');
const dispatched = stage('DISPATCH', 'DISPATCHER', '09:00', { department: STREET });
const signed = stage('SIGN', 'LEAD_UNIT', '10:00', { department: STREET });
const contacted = stage('CONTACT', 'LEAD_UNIT', '11:00', { department: STREET });
const answered = stage('ANSWER', 'LEAD_UNIT', '2026-11-24T09:00', { department: STREET });
const calledBack = stage('CALL_BACK', 'CALLBACK', '2026-11-28T10:00', { judgement: judged('SATISFIED') });
const closed = stage('CLOSE', 'CALLBACK', '2026-11-28T11:00');
const returned = stage('RETURN', 'LEAD_UNIT', '10:00', { department: STREET, reason: 'water pipe' });
const ruledValid = stage('ACCEPT_RETURN', 'REVIEWER', '11:00');
const ruledVoid = stage('REFUSE_RETURN', 'REVIEWER', '11:00', { reason: 'it is your street' });
const again = stage('DISPATCH', 'DISPATCHER', '14:00', { department: WATER });
const handled = [received, dispatched, signed, contacted, answered];

const replay = (stages: readonly FlowStage[], facts: Partial<Parameters<typeof replayRequest>[0]> = {}) =>
  replayRequest({ kind: 'COMPLAINT', urgent: false, ...facts }, stages);

function clock(progress: FlowProgress, name: string, time: string) {
  const reading = readRequestClocks(progress, at(time)).find((candidate) => candidate.clock === name)!;
  return [text(reading.startedAt), text(reading.dueAt), text(reading.finishedAt), reading.overdue];
}

describe('the table of requests', () => {
  const states = [...new Set(requestTransitions().flatMap(({ from, to }) => [from, to]))].filter((one) => one !== null);

  test('the flow of a request has one way out of a state by each action, and every state a public status', () => {
    const keys = requestTransitions().map(({ from, action }) => `${from} ${action}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(states.map(requestStatusOf))).toEqual(new Set(REQUEST_STATUSES));
  });

  test('the flow of a request reaches every state, and leaves only closed and declined requests for good', () => {
    const reached = new Set<string>();
    const visit = (state: string | null): void => {
      for (const { to } of requestTable().from(state)) {
        if (reached.has(to)) continue;
        reached.add(to);
        visit(to);
      }
    };
    visit(null);
    expect([...reached].sort()).toEqual([...states].sort());
    const final = states.filter((state) =>
      requestTable()
        .from(state)
        .every(({ to }) => to === state),
    );
    expect(final.sort()).toEqual(['CLOSED', 'DECLINED']);
  });

  test('the flow of a request uses only roles, clocks, instants, chains and checks that its own lists explain', () => {
    const { roles, clocks, instants, chains, checks } = requestTable().file;
    expect(Object.keys(clocks)).toEqual([...REQUEST_CLOCKS]);
    for (const transition of requestTransitions()) {
      expect(Object.keys(roles)).toEqual(expect.arrayContaining([...transition.roles]));
      expect(Object.keys(clocks)).toEqual(expect.arrayContaining(transition.clocks.map(([name]) => name)));
      expect(Object.keys(instants)).toEqual(expect.arrayContaining([...transition.sets]));
      expect(Object.keys(checks)).toEqual(expect.arrayContaining([...transition.checks]));
      if (transition.request !== null) expect(Object.keys(chains)).toContain(transition.request.chain);
    }
  });
});

describe('a request on the straight way', () => {
  test('a request is signed for within a working day and answered within the limit of its kind', () => {
    const progress = replay([...handled, calledBack, closed]);
    expect([progress.state, progress.status]).toEqual(['CLOSED', 'CLOSED']);
    expect(clock(progress, 'SIGN', '2026-11-28T12:00')).toEqual([
      '2026-11-20T09:00',
      '2026-11-23T09:00',
      '2026-11-20T10:00',
      false,
    ]);
    expect(clock(progress, 'ANSWER', '2026-11-28T12:00').slice(1, 3)).toEqual(['2026-11-27T09:00', '2026-11-24T09:00']);
    expect(summarizeRequest(progress)).toMatchObject({
      ...{ firstReceiver: STREET, handler: STREET, signedOnTime: true, answeredOnTime: true },
      ...{ answeredAtOnce: false, returns: 0, returnRuling: null, judgement: judged('SATISFIED') },
    });
  });

  test('an urgent request is signed for within two hours, and one of another kind has another limit', () => {
    const urgent = replay([received, dispatched], { urgent: true, kind: 'INQUIRY' });
    expect(clock(urgent, 'SIGN', '10:00')[1]).toBe('2026-11-20T11:00');
    expect(clock(urgent, 'ANSWER', '10:00')[1]).toBe('2026-11-23T09:00');
  });

  test('an inquiry is answered at once without an order, and a declined request is closed with its reason', () => {
    const atOnce = replay([
      received,
      stage('ANSWER_AT_ONCE', 'OPERATOR', '08:03'),
      stage('CLOSE', 'OPERATOR', '08:04'),
    ]);
    expect(summarizeRequest(atOnce)).toMatchObject({ status: 'CLOSED', answeredAtOnce: true, answeredOnTime: null });
    const declined = replay([received, stage('DECLINE', 'OPERATOR', '08:03', { reason: 'call 110' })]);
    expect(summarizeRequest(declined)).toMatchObject({ state: 'DECLINED', status: 'CLOSED', answeredAt: null });
  });

  test('an extension adds the limit of the kind once more, and is granted once', () => {
    const ask = stage('ASK_EXTENSION', 'LEAD_UNIT', '11:10', { department: STREET, reason: 'rain' });
    const grant = stage('EXTEND', 'REVIEWER', '11:20');
    const progress = replay([received, dispatched, signed, contacted, ask, grant]);
    expect(clock(progress, 'ANSWER', '12:00')[1]).toBe('2026-12-04T09:00');
    expect(() => applyRequestStage(progress, { ...ask, at: at('11:30') })).toThrow(
      expect.objectContaining({ rule: 'GRANTS_MAX' }),
    );
  });
});

describe('a request that is sent back', () => {
  test('the first receiver moves when the return is ruled valid, and the next unit gets the time that was left', () => {
    const ruled = replay([received, dispatched, returned, ruledValid]);
    expect([ruled.firstReceiver, ruled.status, clock(ruled, 'ANSWER', '12:00')[1]]).toEqual([null, 'RETURNED', null]);
    const progress = replay([received, dispatched, returned, ruledValid, again]);
    expect(summarizeRequest(progress)).toMatchObject({
      ...{ firstReceiver: WATER, handler: WATER, returns: 1, returnRuling: 'ACCEPTED' },
    });
    // Two working hours of five days were used until the ruling at 11:00, and the rest begins at 14:00.
    expect(clock(progress, 'ANSWER', '15:00').slice(0, 2)).toEqual(['2026-11-20T09:00', '2026-11-27T10:00']);
    expect(clock(progress, 'SIGN', '15:00')[0]).toBe('2026-11-20T14:00');
  });

  test('a refused return leaves the first receiver and the clock, and there is no second one', () => {
    const progress = replay([received, dispatched, returned, ruledVoid]);
    expect([progress.firstReceiver, progress.state]).toEqual([STREET, 'DISPATCHED']);
    expect(clock(progress, 'ANSWER', '12:00')[1]).toBe('2026-11-27T09:00');
    expect(() => applyRequestStage(progress, { ...returned, at: at('14:00') })).toThrow(
      expect.objectContaining({ rule: 'REFUSALS_MAX', stage: 5 }),
    );
  });
});

describe('after the callback', () => {
  const unsatisfied = { ...calledBack, judgement: judged('DISSATISFIED') };
  const second = stage('HANDLE_AGAIN', 'CALLBACK', '2026-11-28T11:00', { reason: 'not solved' });
  const answeredAgain = { ...answered, at: at('2026-12-01T09:00') };
  const final = { ...calledBack, at: at('2026-12-02T09:00') };

  test('an unsatisfactory callback leads to a second handling, whose callback counts and whose answer does not', () => {
    const progress = replay([...handled, unsatisfied, second, answeredAgain, final]);
    expect(summarizeRequest(progress)).toMatchObject({
      ...{ status: 'CALLED_BACK', answeredAt: answered.at, calledBackAt: final.at, secondHandledAt: second.at },
      judgement: judged('SATISFIED'),
    });
    const onceMore = [...handled, unsatisfied, second, answeredAgain, { ...unsatisfied, at: final.at }];
    expect(() => replay([...onceMore, { ...second, at: at('2026-12-03T09:00') }])).toThrow(
      expect.objectContaining({ rule: 'SECOND_LEFT' }),
    );
  });

  test('whoever is left out of the rates is named by one person and decided on by another', () => {
    const ask = stage('ASK_EXCLUSION', 'CALLBACK', '2026-11-28T10:10', { reason: 'no legal ground' });
    const decide = stage('EXCLUDE_FROM_RATES', 'REVIEWER', '2026-11-28T10:20');
    expect(summarizeRequest(replay([...handled, calledBack, ask, decide])).excluded).toBe(true);
    expect(() => replay([...handled, calledBack, decide])).toThrow(expect.objectContaining({ rule: 'NOT_PENDING' }));
  });
});

describe('a stage of a request that is not allowed', () => {
  const cases: readonly (readonly [rule: string, stages: readonly FlowStage[]])[] = [
    ['STATE', [received, signed]],
    ['ROLE', [received, { ...dispatched, role: 'OPERATOR' }]],
    ['REASON', [received, dispatched, { ...returned, reason: null }]],
    ['TIME', [received, { ...dispatched, at: at('07:00') }]],
    ['OWN', [received, dispatched, { ...signed, department: ROADS }]],
    ['NOT_COMPLAINED_OF', [received, { ...dispatched, department: ROADS }]],
    ['ANOTHER_UNIT', [received, dispatched, returned, ruledValid, { ...again, department: STREET }]],
    ['RETURN_IN_TIME', [received, dispatched, { ...returned, at: at('2026-11-23T09:01') }]],
    ['JUDGEMENT', [...handled, { ...calledBack, judgement: null }]],
    ['CALLED_BY_ANOTHER', [...handled, { ...calledBack, department: STREET }]],
    ['UNSATISFIED', [...handled, calledBack, stage('HANDLE_AGAIN', 'CALLBACK', '2026-11-28T11:00', { reason: 'x' })]],
  ];

  test.each(cases)('a stage of a request against %s is refused with its number', (rule, stages) => {
    expect(() => replay(stages, { complainedOf: ROADS })).toThrow(
      expect.objectContaining({ name: 'FlowError', rule, stage: stages.length }),
    );
  });
});
