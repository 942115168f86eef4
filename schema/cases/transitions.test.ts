/** The case flow as data: its states, their public statuses, what may follow what, and that every word in it is known. */
import { describe, expect, test } from '@jest/globals';
import {
  CASE_CLOCKS,
  CASE_STATUSES,
  caseTable,
  statusOf,
  transitionBy,
  transitions,
  transitionsFrom,
} from './transitions.ts';

const states = [...new Set(transitions().flatMap(({ from, to }) => [from, to]))].filter((state) => state !== null);

describe('the flow of a case', () => {
  test('the flow of a case has one way out of a state by each action', () => {
    const keys = transitions().map(({ from, action }) => `${from} ${action}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('the flow of a case gives every state a public status, and every public status a state', () => {
    expect(new Set(states.map(statusOf))).toEqual(new Set(CASE_STATUSES));
    expect(() => statusOf('SLEEPING')).toThrow(expect.objectContaining({ reason: 'TRANSITION' }));
  });

  test('the flow of a case reaches every state, and leaves only archived, void and transferred cases for good', () => {
    const reached = new Set<string>();
    const visit = (state: string | null): void => {
      for (const { to } of transitionsFrom(state)) {
        if (reached.has(to)) continue;
        reached.add(to);
        visit(to);
      }
    };
    visit(null);
    expect([...reached].sort()).toEqual([...states].sort());
    const left = (state: string) => transitionsFrom(state).some(({ to }) => to !== state);
    expect(states.filter((state) => !left(state)).sort()).toEqual(['ARCHIVED', 'TRANSFERRED', 'VOIDED']);
  });

  test('the flow of a case asks a reason for whatever goes back, is refused, asked for, voided or given away', () => {
    const reasoned = new Set(transitions().flatMap(({ action, reasonRequired }) => (reasonRequired ? [action] : [])));
    expect([...reasoned].sort()).toEqual(
      [
        ...['APPEAL', 'ASK_EXTENSION', 'ASK_SUSPENSION', 'REFUSE_APPEAL', 'REFUSE_EXTENSION', 'REFUSE_SUSPENSION'],
        ...['RETURN', 'REWORK', 'SUPERVISE', 'TRANSFER', 'VOID'],
      ].sort(),
    );
  });

  test('the flow of a case uses only roles, clocks, effects, instants, chains and checks that its own lists explain', () => {
    const { roles, clocks, instants, chains, checks, handlerRole } = caseTable().file;
    expect(Object.keys(clocks)).toEqual([...CASE_CLOCKS]);
    expect(Object.keys(roles)).toContain(handlerRole);
    for (const chain of Object.values(chains))
      expect(Object.keys(roles)).toEqual(expect.arrayContaining([...chain.roles]));
    for (const transition of transitions()) {
      expect(Object.keys(roles)).toEqual(expect.arrayContaining([...transition.roles]));
      if (transition.names !== null) expect(Object.keys(roles)).toContain(transition.names);
      expect(Object.keys(clocks)).toEqual(expect.arrayContaining(transition.clocks.map(([clock]) => clock)));
      expect(Object.keys(instants)).toEqual(expect.arrayContaining([...transition.sets]));
      expect(Object.keys(checks)).toEqual(expect.arrayContaining([...transition.checks]));
      expect(Object.keys(chains)).toEqual(expect.arrayContaining([...transition.cancels]));
      if (transition.request !== null) expect(Object.keys(chains)).toContain(transition.request.chain);
    }
  });

  test('the clock of the whole starts with the filing and nothing starts it anew', () => {
    const starts = transitions().flatMap(({ from, action, clocks }) =>
      clocks.some(([clock, effect]) => clock === 'TOTAL' && !['STOP', 'EXTEND', 'SUSPEND', 'RESUME'].includes(effect))
        ? [`${from} ${action} ${new Map(clocks).get('TOTAL')}`]
        : [],
    );
    expect(starts).toEqual(['REPORTED FILE START', 'RETURNED_TO_ACCEPTOR FILE START']);
  });

  test('the flow of a case walks a case from its report to the archive', () => {
    const actions = ['REPORT', 'FILE', 'DISPATCH', 'ASSIGN', 'SUBMIT', 'FORWARD', 'FORWARD', 'INSPECT', 'ANSWER'];
    let state: string | null = null;
    const walked: string[] = [];
    for (const action of [...actions, 'CLOSE', 'ARCHIVE']) {
      state = transitionBy(state, action).to;
      walked.push(statusOf(state));
    }
    expect(walked).toEqual([
      ...['REPORTED', 'FILED', 'DISPATCHED', 'HANDLING', 'HANDLED', 'HANDLED', 'HANDLED', 'INSPECTING', 'HANDLED'],
      ...['CLOSED', 'CLOSED'],
    ]);
  });

  test('the flow of a case refuses what is not open, and says what is', () => {
    expect(() => transitionBy('FEEDBACK_ACCEPTOR', 'DISPATCH')).toThrow(
      'The action "DISPATCH" is not open in "FEEDBACK_ACCEPTOR"; INSPECT, REWORK, CLOSE, URGE, SUPERVISE was expected',
    );
    expect(() => transitionBy('VOIDED', 'FILE')).toThrow('nothing, the state is final, was expected');
  });
});
