/** Two laws over every request of the demo network: its stages replay to its row, and its deadlines follow from its stages. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  type FlowStage,
  type RequestFacts,
  type RequestKind,
  readRequestClocks,
  replayRequest,
  requestLimit,
  summarizeRequest,
} from '@yiwang/schema/cases';
import { addLimit, addTime, timeBetween } from '@yiwang/schema/time';
import fc from 'fast-check';
import { DEMO_PLATFORMS, ownRegion } from '../../../platforms.ts';
import { DATA_END, isoOf } from '../../data-period.ts';
import { differences, readFlows, type StoredFlow, textOf } from '../fixtures/stored-flows.ts';
import { generateHotline } from '../generate.ts';
import { cityOf } from '../offices/departments.ts';
import type { Row } from '../tables.ts';

type Recorded = StoredFlow<Row<'requests'>, Row<'request_stages'>>;

const SCALE = 0.25;
const recorded: Recorded[] = [];

beforeAll(() => {
  const municipal = DEMO_PLATFORMS.filter(({ kind }) => kind === 'municipal');
  for (const city of new Set(municipal.map(({ division }) => cityOf(division.slice(0, 6))))) {
    const platforms = municipal
      .filter(({ division }) => cityOf(division.slice(0, 6)) === city)
      .map((platform) => ({ id: platform.id, division: platform.division, region: ownRegion(platform) }));
    const batches = generateHotline({ city, platforms }, { scale: SCALE, now: DATA_END });
    const tables = { table: 'requests', stages: 'request_stages', of: 'request_id' };
    for (const flow of readFlows<Row<'requests'>, Row<'request_stages'>>(batches, tables)) recorded.push(flow);
  }
});

/** A stage as its row tells it, nothing else. */
function stageOf(row: Row<'request_stages'>): FlowStage {
  const { valid_callback: valid, responded, resolved, satisfied } = row;
  return {
    action: String(row.action),
    at: Date.parse(String(row.at)),
    role: String(row.actor_post),
    actor: textOf(row.officer),
    department: textOf(row.department),
    reason: textOf(row.reason),
    judgement: valid === null ? null : ({ valid, responded, resolved, satisfied } as FlowStage['judgement'] & object),
  };
}

const factsOf = (row: Row<'requests'>): RequestFacts => ({
  kind: row.kind as RequestKind,
  urgent: row.urgent === true,
});

/** The columns of a row that its stages decide. */
function decidedColumns(facts: RequestFacts, stages: readonly FlowStage[]): Partial<Row<'requests'>> {
  const summary = summarizeRequest(replayRequest(facts, stages));
  return {
    status: summary.status,
    flow_state: summary.state,
    first_receiver: summary.firstReceiver,
    handler: summary.handler,
    received_at: isoOf(summary.receivedAt),
    dispatched_at: isoOf(summary.dispatchedAt),
    sign_due_at: isoOf(summary.signDueAt),
    signed_at: isoOf(summary.signedAt),
    contacted_at: isoOf(summary.contactedAt),
    due_at: isoOf(summary.dueAt),
    answered_at: isoOf(summary.answeredAt),
    called_back_at: isoOf(summary.calledBackAt),
    second_handled_at: isoOf(summary.secondHandledAt),
    closed_at: isoOf(summary.closedAt),
    return_count: summary.returns,
    return_ruling: summary.returnRuling,
    extension_count: summary.extensions,
    excluded: summary.excluded,
    valid_callback: summary.judgement?.valid ?? null,
    responded: summary.judgement?.responded ?? null,
    resolved: summary.judgement?.resolved ?? null,
    satisfied: summary.judgement?.satisfied ?? null,
  };
}

describe('stages replay to the row', () => {
  test('the stages of every request replay to every column of its row that they decide', () => {
    expect(recorded.length).toBeGreaterThan(14_000);
    const broken = recorded.flatMap(({ row, stages }) => {
      const faults = differences(row, decidedColumns(factsOf(row), stages.map(stageOf)));
      return faults.length === 0 ? [] : [[row.id, ...faults]];
    });
    expect(broken.slice(0, 3)).toEqual([]);
  });

  test('what the database works out from the instants of a request is what its stages say', () => {
    const broken = recorded.filter(({ row, stages }) => {
      const summary = summarizeRequest(replayRequest(factsOf(row), stages.map(stageOf)));
      const inTime = (done: unknown, due: unknown) =>
        done === null || due === null ? null : Date.parse(String(done)) <= Date.parse(String(due));
      return (
        summary.signedOnTime !== inTime(row.signed_at, row.sign_due_at) ||
        summary.answeredOnTime !== inTime(row.answered_at, row.due_at) ||
        summary.answeredAtOnce !== (row.answered_at !== null && row.dispatched_at === null)
      );
    });
    expect(broken.slice(0, 3)).toEqual([]);
  });

  test('a request with one stage taken out or two changed about no longer replays to its row', () => {
    const closed = recorded.filter(({ row, stages }) => row.status === 'CLOSED' && stages.length > 4);
    const pick = fc.record({ of: fc.nat(closed.length - 1), at: fc.nat(50), swap: fc.boolean() });
    fc.assert(
      fc.property(pick, ({ of, at, swap }) => {
        const { row, stages } = closed[of]!;
        const list = stages.map(stageOf);
        const index = at % (list.length - 1);
        // What is noted beside the flow leaves no other trace in the row.
        if (list.slice(index, index + 2).some(({ action }) => ['MAKE_CASE', 'ASK_EXTENSION'].includes(action))) return;
        if (swap) list.splice(index, 2, list[index + 1]!, list[index]!);
        else list.splice(index, 1);
        let replayed: object | undefined;
        try {
          replayed = decidedColumns(factsOf(row), list);
        } catch {
          return;
        }
        expect(row).not.toMatchObject(replayed);
      }),
      { numRuns: 500 },
    );
  });
});

describe('deadlines follow from stages', () => {
  test('the deadline of every answer is set by the first dispatch, and only extensions and valid returns move it', () => {
    const moved = { EXTEND: 0, ACCEPT_RETURN: 0, REFUSE_RETURN: 0 };
    const broken = recorded.filter(({ row, stages }) => {
      const limit = requestLimit(row.kind as RequestKind);
      let due: number | null = null;
      let left: number | null = null;
      for (const { action, at } of stages.map(stageOf)) {
        if (action === 'DISPATCH' && left === null) due = addLimit(new Date(at), limit).getTime();
        else if (action === 'DISPATCH') due = addTime(at, left!, limit.unit);
        else if (due === null) continue;
        else if (action === 'EXTEND') due = addLimit(new Date(due), limit).getTime();
        else if (action === 'ACCEPT_RETURN') {
          left = timeBetween(at, due, limit.unit);
          due = null;
        }
        if (action in moved) moved[action as keyof typeof moved]++;
      }
      return row.due_at !== isoOf(due);
    });
    expect(broken.slice(0, 3)).toEqual([]);
    for (const count of Object.values(moved)) expect(count).toBeGreaterThan(30);
  });

  test('the first receiver of every request is the unit that got it first, or after a valid return the next', () => {
    const broken = recorded.filter(({ row, stages }) => {
      const units = stages.filter(({ action }) => action === 'DISPATCH').map(({ department }) => department);
      const waits = stages.at(-1)?.action === 'ACCEPT_RETURN';
      return row.first_receiver !== (waits ? null : (units.at(-1) ?? null));
    });
    expect(broken.slice(0, 3)).toEqual([]);
  });

  test('used and paused time of every clock add up to its span', () => {
    const broken = recorded.flatMap(({ row, stages }) => {
      const progress = replayRequest(factsOf(row), stages.map(stageOf));
      return readRequestClocks(progress, DATA_END).filter(({ clock, ...reading }) => {
        const span = timeBetween(reading.startedAt!, reading.finishedAt ?? DATA_END, progress.clock(clock).unit) / 1000;
        return reading.usedSeconds + reading.pausedSeconds !== span;
      });
    });
    expect(broken.slice(0, 3)).toEqual([]);
  });
});

test('no unit calls back what it undertook, and whoever was not contacted never finds a contact in the record', () => {
  const broken = recorded.filter(({ row, stages }) => {
    const handlers = new Set(
      stages.filter(({ actor_post }) => actor_post === 'LEAD_UNIT').map(({ officer }) => officer),
    );
    const callbacks = stages.filter(({ action }) => action === 'CALL_BACK');
    const contact = stages.some(({ action }) => action === 'CONTACT');
    return (
      callbacks.some(({ officer }) => officer === null || handlers.has(officer)) ||
      (row.responded === false && row.second_handled_at === null && contact)
    );
  });
  expect(broken.slice(0, 3)).toEqual([]);
});
