/** Statistics of supervision orders and of inspections: counted by their states, their stages and their deadlines. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { isOrderOverdue } from '@yiwang/schema/cases';
import { startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import { supervision } from '@yiwang/supervision';
import fc from 'fast-check';
import { provincial } from './module.ts';

const NOW = new Date('2026-10-20T12:00:00+08:00');
const FROM = Date.parse('2026-09-01T00:00:00+08:00');
const TO = Date.parse('2026-10-01T00:00:00+08:00');
const DAY_MS = 86_400_000;
const DIVISIONS = ['420100', '420500', '420106', '110000'];
const STATUSES = ['ISSUED', 'ACKNOWLEDGED', 'HANDLING', 'ANSWERED', 'ACCEPTED', 'REJECTED', 'WITHDRAWN'];
const COUNTS = 'issued acknowledged answered answeredOnTime accepted rejected withdrawn open overdue';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ modules: [provincial, supervision], now: () => NOW });
});
afterAll(() => platform.close());

const at = (days: number) => new Date(FROM + days * DAY_MS);
const anyOrder = fc.record({
  division: fc.constantFrom(...DIVISIONS),
  issuedBy: fc.constantFrom('420000', '100000'),
  status: fc.constantFrom(...STATUSES),
  issued: fc.integer({ min: -10, max: 40 }),
  deadline: fc.option(fc.constantFrom(0, 3, 20, 60)),
  signBy: fc.option(fc.constantFrom(3, 60)),
  signed: fc.option(fc.integer({ min: 0, max: 20 })),
  answered: fc.option(fc.constantFrom(0, 3, 10, 20)),
  hasStages: fc.boolean(),
});
type Order = typeof anyOrder extends fc.Arbitrary<infer Value> ? Value : never;

const TABLES = {
  orderStatistics: {
    truncate: 'truncate supervision_orders, order_stages, order_answers',
    insert: `insert into supervision_orders (id, division, issued_by, tier, subject, status, issued_at, deadline, sign_by)
      select id, division, by, 'PROVINCIAL', 's', status, issued, deadline, sign
      from json_to_recordset($1) as r(id text, division text, by text, status text, issued timestamptz, deadline timestamptz, sign timestamptz)`,
    stages: `insert into order_stages (order_id, seq, division, action, at, to_status)
      select id, seq, division, action, at, 'X' from json_to_recordset($1) as r(id text, seq int, division text, action text, at timestamptz)`,
  },
  inspectionStatistics: {
    truncate: 'truncate inspections, inspection_stages, inspection_tasks',
    insert: `insert into inspections (id, division, issued_by, tier, kind, title, status, issued_at, deadline)
      select id, division, by, 'PROVINCIAL', 'ROUTINE', 't', status, issued, deadline
      from json_to_recordset($1) as r(id text, division text, by text, status text, issued timestamptz, deadline timestamptz)`,
    stages: `insert into inspection_stages (of, seq, division, action, at, to_status)
      select id, seq, division, action, at, 'X' from json_to_recordset($1) as r(id text, seq int, division text, action text, at timestamptz)`,
  },
} as const;
type Field = keyof typeof TABLES;

const deadlineOf = ({ issued, deadline }: Order) => (deadline === null ? null : at(issued + deadline));
const signByOf = ({ issued, signBy }: Order) => (signBy === null ? null : at(issued + signBy));

async function insert(field: Field, orders: readonly Order[]): Promise<void> {
  const { truncate, insert: rows, stages } = TABLES[field];
  await platform.seed(truncate);
  const ids = orders.map((order, i) => ({ ...order, id: `${order.division}-SO-${i}` }));
  const records = ids.map((order) => ({
    ...{ id: order.id, division: order.division, by: order.issuedBy, status: order.status, issued: at(order.issued) },
    ...{ deadline: deadlineOf(order), sign: signByOf(order) },
  }));
  const steps = ids.flatMap(({ id, division, issued, signed, answered, hasStages }) => {
    if (!hasStages) return [];
    return [
      { id, division, seq: 1, action: 'ISSUE', at: at(issued) },
      ...(signed === null ? [] : [{ id, division, seq: 2, action: 'SIGN', at: at(issued + signed) }]),
      ...(answered === null ? [] : [{ id, division, seq: 3, action: 'ANSWER', at: at(issued + answered) }]),
    ];
  });
  await platform.seed(rows, [JSON.stringify(records)]);
  await platform.seed(stages, [JSON.stringify(steps)]);
}

function naive(field: Field, orders: readonly Order[]) {
  const own = orders.filter(({ issued }) => at(issued).getTime() >= FROM && at(issued).getTime() < TO);
  const count = (test: (order: Order) => boolean) => own.filter(test).length;
  const isIn =
    (...statuses: readonly string[]) =>
    (order: Order) =>
      statuses.includes(order.status);
  const wasAnswered = (order: Order) =>
    isIn('ANSWERED', 'ACCEPTED', 'REJECTED')(order) || (order.hasStages && order.answered !== null);
  return {
    issued: own.length,
    acknowledged: count(
      (order) =>
        isIn('ACKNOWLEDGED', 'HANDLING', 'ANSWERED', 'ACCEPTED', 'REJECTED')(order) ||
        (order.hasStages && order.signed !== null),
    ),
    answered: count(wasAnswered),
    // No words and no tasks: a row without stages has an answer in time only as an inspection without tasks.
    answeredOnTime: count((order) => {
      if (!wasAnswered(order)) return false;
      if (!order.hasStages) return field === 'inspectionStatistics';
      return order.answered !== null && (order.deadline === null || order.answered <= order.deadline);
    }),
    accepted: count(isIn('ACCEPTED')),
    rejected: count(isIn('REJECTED')),
    withdrawn: count(isIn('WITHDRAWN')),
    open: count((order) => !isIn('ACCEPTED', 'WITHDRAWN')(order)),
    overdue: count((order) =>
      isOrderOverdue(
        {
          status: order.status,
          answerBy: deadlineOf(order),
          ...(field === 'orderStatistics' ? { signBy: signByOf(order) } : {}),
        },
        NOW,
      ),
    ),
  };
}

test.each(['orderStatistics', 'inspectionStatistics'] as const)(
  '%s count what was issued in the period, as it stands',
  async (field) => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyOrder, { maxLength: 20 }), async (orders) => {
        await insert(field, orders);
        const { data, errors } = await platform.ask(
          `{ whole: ${field}(period: "2026-09") { counts { ${COUNTS} } }
           parts: ${field}(period: "2026-09", groupBy: [CITY, ISSUER]) { key { division { code } issuedBy { code } } counts { issued } } }`,
        );
        expect(errors).toEqual([]);
        expect(data.whole).toEqual([{ counts: naive(field, orders) }]);
        const sum = data.parts.reduce(
          (all: number, part: { counts: { issued: number } }) => all + part.counts.issued,
          0,
        );
        expect(sum).toBe(data.whole[0].counts.issued);
      }),
      { numRuns: 25 },
    );
  },
);
