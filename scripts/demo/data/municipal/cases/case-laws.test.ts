/** Two laws over every case of the demo network: its stages replay to its row, and its clocks follow from its stages. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  applyCaseStage,
  type CaseFacts,
  type FlowStage,
  readCaseClocks,
  replayCase,
  startCase,
  statusOf,
  summarizeCase,
} from '@yiwang/schema/cases';
import { addLimit, addTime, type TimeLimit, type TimeUnit, timeBetween } from '@yiwang/schema/time';
import fc from 'fast-check';
import { DEMO_PLATFORMS, ownRegion } from '../../../platforms.ts';
import { DATA_END, isoOf } from '../../data-period.ts';
import { differences, readFlows, type StoredFlow, textOf } from '../fixtures/stored-flows.ts';
import { generateMunicipal } from '../generate.ts';
import type { Row } from '../tables.ts';

type Recorded = StoredFlow<Row<'cases'>, Row<'case_stages'>>;

const SCALE = 0.3;
const recorded: Recorded[] = [];

beforeAll(() => {
  for (const platform of DEMO_PLATFORMS.filter(({ kind }) => kind === 'municipal')) {
    const area = { id: platform.id, division: platform.division, region: ownRegion(platform) };
    const batches = generateMunicipal(area, { scale: SCALE, now: DATA_END });
    const tables = { table: 'cases', stages: 'case_stages', of: 'case_id' };
    for (const flow of readFlows<Row<'cases'>, Row<'case_stages'>>(batches, tables)) recorded.push(flow);
  }
});

const instant = (value: unknown) => (value === null ? null : Date.parse(String(value)));

/** A stage as its row tells it, nothing else. */
function stageOf(row: Row<'case_stages'>): FlowStage {
  return {
    action: String(row.action),
    at: Date.parse(String(row.at)),
    role: String(row.actor_post),
    actor: textOf(row.officer),
    receiver: textOf(row.receiver),
    department: textOf(row.department),
    reason: textOf(row.reason),
    until: instant(row.suspended_until),
  };
}

function limitOf(row: Row<'cases'>): TimeLimit {
  return { amount: Number(row.limit_amount), unit: row.limit_unit as TimeUnit };
}

const factsOf = (row: Row<'cases'>): CaseFacts => ({ limit: limitOf(row) });

/** The columns of a row that its stages decide. */
function decidedColumns(facts: CaseFacts, stages: readonly FlowStage[]) {
  const summary = summarizeCase(replayCase(facts, stages));
  return {
    status: summary.status,
    flow_state: summary.state,
    department: summary.department,
    suspended: summary.suspendedUntil !== null,
    suspended_until: isoOf(summary.suspendedUntil),
    reported_at: isoOf(summary.reportedAt),
    verified_at: isoOf(summary.verifiedAt),
    filed_at: isoOf(summary.filedAt),
    dispatched_at: isoOf(summary.dispatchedAt),
    handled_at: isoOf(summary.handledAt),
    inspected_at: isoOf(summary.inspectedAt),
    closed_at: isoOf(summary.closedAt),
    voided_at: isoOf(summary.voidedAt),
    transferred_at: isoOf(summary.transferredAt),
    accept_due_at: isoOf(summary.acceptDueAt),
    verify_due_at: isoOf(summary.verifyDueAt),
    dispatch_due_at: isoOf(summary.dispatchDueAt),
    handle_due_at: isoOf(summary.handleDueAt),
    inspect_due_at: isoOf(summary.inspectDueAt),
    due_at: isoOf(summary.dueAt),
    accept_seconds: summary.acceptSeconds,
    dispatch_seconds: summary.dispatchSeconds,
    handle_seconds: summary.handleSeconds,
    total_seconds: summary.totalSeconds,
    paused_seconds: summary.pausedSeconds,
    filed_on_time: summary.filedOnTime,
    handled_on_time: summary.handledOnTime,
    on_time: summary.onTime,
    return_count: summary.returns,
    rework_count: summary.reworks,
    extension_count: summary.extensions,
    appeal: summary.appeal,
  };
}

describe('stages replay to the row', () => {
  test('the stages of every case replay to every column of its row that they decide', () => {
    expect(recorded.length).toBeGreaterThan(9000);
    const broken = recorded.flatMap(({ row, stages }) => {
      const faults = differences(row, decidedColumns(factsOf(row), stages.map(stageOf)));
      return faults.length === 0 ? [] : [[row.id, ...faults]];
    });
    expect(broken.slice(0, 3)).toEqual([]);
  });

  test('every stage of every case stands with the status before and after it, and the deadline that it met', () => {
    const broken = recorded.flatMap(({ row, stages }) => {
      const progress = startCase(factsOf(row));
      return stages.flatMap((stored, index) => {
        const { at: before, stages: count } = progress;
        const stage = stageOf(stored);
        const { from, to, dueAt } = applyCaseStage(progress, stage);
        const faults = differences(stored, {
          seq: count + 1,
          from_status: from === null ? null : statusOf(from),
          to_status: statusOf(to),
          due_at: isoOf(dueAt),
          elapsed_seconds: index === 0 ? null : (stage.at - before) / 1000,
        });
        return faults.length === 0 ? [] : [[row.id, stored.action, ...faults]];
      });
    });
    expect(broken.slice(0, 3)).toEqual([]);
  });

  test('a case with one stage taken out or two changed about no longer replays to its row', () => {
    const closed = recorded.filter(({ row }) => row.flow_state === 'ARCHIVED' && row.filed_at !== null);
    const pick = fc.record({ of: fc.nat(closed.length - 1), at: fc.nat(50), swap: fc.boolean() });
    fc.assert(
      fc.property(pick, ({ of, at, swap }) => {
        const { row, stages } = closed[of]!;
        const list = stages.map(stageOf);
        const index = at % (list.length - 1);
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

describe('clocks follow from stages', () => {
  test('the deadline of every case is set by its first filing, and only extensions and suspensions move it', () => {
    const broken: unknown[] = [];
    const moved = { EXTEND: 0, SUSPEND: 0, again: 0 };
    for (const { row, stages } of recorded) {
      const limit = limitOf(row);
      const continuous = limit.unit === 'URGENT_HOUR' || limit.unit === 'NATURAL_DAY';
      const closing: TimeLimit = continuous ? { amount: 2, unit: 'URGENT_HOUR' } : { amount: 4, unit: 'WORK_HOUR' };
      let due: number | null = null;
      let left = 0;
      for (const { action, at, until } of stages.map(stageOf)) {
        if (action === 'FILE' && due === null) {
          due = addLimit(addLimit(new Date(at + 15 * 60_000), limit), closing).getTime();
        } else if (action === 'DISPATCH' || action === 'FILE') moved.again++;
        else if (due === null) continue;
        else if (action === 'EXTEND') due = addLimit(new Date(due), limit).getTime();
        else if (action === 'SUSPEND') {
          left = timeBetween(at, due, limit.unit);
          due = addTime(until!, left, limit.unit);
        } else if (action === 'RESUME') due = addTime(at, left, limit.unit);
        if (action === 'EXTEND' || action === 'SUSPEND') moved[action]++;
      }
      if (row.due_at !== isoOf(due)) broken.push([row.id, row.due_at, isoOf(due)]);
    }
    expect(broken.slice(0, 3)).toEqual([]);
    for (const count of Object.values(moved)) expect(count).toBeGreaterThan(10);
  });

  test('used and paused time of every clock add up to its span, and it is overdue exactly if it ended after its deadline', () => {
    const broken = recorded.flatMap(({ row, stages }) => {
      const progress = replayCase(factsOf(row), stages.map(stageOf));
      return readCaseClocks(progress, DATA_END).filter((clock) => {
        const unit = ['HANDLE', 'TOTAL'].includes(clock.clock) ? limitOf(row).unit : 'NATURAL_DAY';
        const end = clock.finishedAt ?? DATA_END;
        const span = timeBetween(clock.startedAt!, end, unit) / 1000;
        const late = clock.dueAt !== null && end > clock.dueAt;
        return clock.usedSeconds + clock.pausedSeconds !== span || clock.overdue !== late;
      });
    });
    expect(broken.slice(0, 3)).toEqual([]);
  });
});

test('nobody inspects or closes a case that he handled, and side tasks are answered by whom they were sent to', () => {
  const broken = recorded.filter(({ row, stages }) => {
    const handlers = new Set(stages.filter(({ actor_post }) => actor_post === 'HANDLER').map(({ officer }) => officer));
    const judges = stages.filter(({ action }) => action === 'CLOSE' || action === 'ANSWER');
    const sent = stages.filter(({ action }) => action === 'INSPECT' || action === 'VERIFY');
    return (
      judges.some(({ officer }) => officer === null || handlers.has(officer)) ||
      sent.some(({ seq, receiver }) => (stages[Number(seq)]?.officer ?? receiver) !== receiver) ||
      (row.closed_at !== null && row.filed_at !== null && handlers.size === 0)
    );
  });
  expect(broken.slice(0, 3)).toEqual([]);
});
