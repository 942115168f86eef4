/** What statistics of alarms, penalty cases and components count. */
import { during, type FactTable } from '@yiwang/platform/statistics';

const STILL_OPEN = 't.ended_at >= span.hi';
const ACKNOWLEDGED = during('t.acknowledged_at');
const RESOLVED = during('t.resolved_at');
const DECIDED = `${during('t.decided_at')} and t.status <> 'WITHDRAWN'`;

function minutesUntil(column: string): string {
  return `floor(extract(epoch from ${column} - t.raised_at) / 60)`;
}

export const ALARMS = {
  table: 'alarms',
  columns: {
    division: 't.division',
    field: 't.field',
    level: 't.level',
    month: 'span.month',
    day: 'span.day',
  },
  lifetime: { from: 't.raised_at', to: 't.ended_at' },
  facts: {
    raised: during('t.raised_at'),
    acknowledged: ACKNOWLEDGED,
    resolved: RESOLVED,
    falseAlarms: `${RESOLVED} and t.false_alarm`,
    open: STILL_OPEN,
    unacknowledged: `${STILL_OPEN} and (t.acknowledged_at is null or t.acknowledged_at >= span.hi)`,
    minutesToAcknowledge: { row: ACKNOWLEDGED, sum: minutesUntil('t.acknowledged_at') },
    minutesToResolve: { row: RESOLVED, sum: minutesUntil('t.resolved_at') },
  },
} as const satisfies FactTable<string>;

export const ENFORCEMENT = {
  table: 'enforcement_cases',
  columns: {
    division: 't.division',
    category: 't.category',
    department: 't.department',
    month: 'span.month',
    day: 'span.day',
  },
  lifetime: { from: 't.filed_at', to: 't.ended_at' },
  facts: {
    filed: during('t.filed_at'),
    decided: DECIDED,
    withdrawn: `${during('t.decided_at')} and t.status = 'WITHDRAWN'`,
    open: STILL_OPEN,
    fined: `${DECIDED} and t.fine_yuan > 0`,
    fineYuan: { row: DECIDED, sum: 'round(t.fine_yuan)' },
  },
} as const satisfies FactTable<string>;

/** Components have a present and no past: their states are of the time of the question. */
export const COMPONENTS = {
  table: 'components',
  columns: { division: 't.division', category: 't.category', state: 't.state', owner: 't.owner' },
  lifetime: { from: `'-infinity'::timestamptz`, to: `'infinity'::timestamptz` },
  facts: {
    total: 'true',
    intact: `t.state = 'INTACT'`,
    damaged: `t.state = 'DAMAGED'`,
    lost: `t.state = 'LOST'`,
    discarded: `t.state = 'DISCARDED'`,
  },
} as const satisfies FactTable<string>;
