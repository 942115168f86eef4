/** The case flow: its states, their public statuses, and what may follow what. */
import { describe, expect, test } from '@jest/globals';
import { CASE_STATUSES, statusOf, transitionBy, transitions, transitionsFrom } from './transitions.ts';

const states = [...new Set(transitions().flatMap(({ from, to }) => [from, to]))].filter((state) => state !== null);

describe('the flow', () => {
  test('the flow of a case has 25 transitions, and one way out of a state by each action', () => {
    expect(transitions()).toHaveLength(25);
    const keys = transitions().map(({ from, action }) => `${from} ${action}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('the flow of a case gives every state a public status, and every public status a state', () => {
    expect(new Set(states.map(statusOf))).toEqual(new Set(CASE_STATUSES));
    expect(() => statusOf('SLEEPING')).toThrow(expect.objectContaining({ reason: 'TRANSITION' }));
  });

  test('the flow of a case reaches every state from the report, and leaves only archived and void cases for good', () => {
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
    expect(states.filter((state) => transitionsFrom(state).length === 0).sort()).toEqual(['ARCHIVED', 'VOIDED']);
  });

  test('the flow of a case asks a reason for every return, rework and voiding, and for nothing else', () => {
    for (const { action, reasonRequired } of transitions()) {
      expect(`${action} ${reasonRequired}`).toBe(`${action} ${['RETURN', 'REWORK', 'VOID'].includes(action)}`);
    }
  });

  test('the flow of a case walks a case from its report to the archive', () => {
    const actions = [
      'REPORT',
      'FILE',
      'DISPATCH',
      'ASSIGN',
      'SUBMIT',
      'FORWARD',
      'FORWARD',
      'INSPECT',
      'ANSWER',
      'CLOSE',
      'ARCHIVE',
    ];
    let state: string | null = null;
    const walked: string[] = [];
    for (const action of actions) {
      state = transitionBy(state, action).to;
      walked.push(statusOf(state));
    }
    expect(walked).toEqual([
      'REPORTED',
      'FILED',
      'DISPATCHED',
      'HANDLING',
      'HANDLED',
      'HANDLED',
      'HANDLED',
      'INSPECTING',
      'HANDLED',
      'CLOSED',
      'CLOSED',
    ]);
  });

  test('the flow of a case refuses what is not open, and says what is', () => {
    expect(() => transitionBy('PENDING_DISPATCH', 'CLOSE')).toThrow(
      'The action "CLOSE" is not open in "PENDING_DISPATCH"; DISPATCH, RETURN was expected',
    );
    expect(() => transitionBy('VOIDED', 'FILE')).toThrow(expect.objectContaining({ reason: 'TRANSITION' }));
  });
});
