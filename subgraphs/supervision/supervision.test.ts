import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ORDER_STATUSES } from '@yiwang/schema/cases';
import { startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import { supervision } from './module.ts';

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform({
    modules: [supervision],
    identity: { id: 'provincial/420000', tier: 'PROVINCIAL', division: '420000' },
  });
  await platform.seed(`
    insert into supervision_orders (id, division, issued_by, tier, subject, status, issued_at, deadline, case_id, request_id) values
      ('420106-SO-1', '420106', '420000', 'PROVINCIAL', 'manholes', 'ISSUED', '2026-10-01T08:00:00+08:00', '2026-10-11T08:00:00+08:00', '420106003001-C-7', null),
      ('420106-SO-2', '420106', '420000', 'PROVINCIAL', 'noise', 'ANSWERED', '2026-10-03T08:00:00+08:00', null, null, '420106003-R-9'),
      ('420500-SO-1', '420500', '420000', 'PROVINCIAL', 'dust', 'ISSUED', '2026-10-02T08:00:00+08:00', null, null, null);
    insert into order_stages values
      ('420106-SO-2', 2, '420106', 'SIGN', '2026-10-03T09:00:00+08:00', '11420106000000000X', null, 'ISSUED', 'ACKNOWLEDGED'),
      ('420106-SO-2', 1, '420106', 'ISSUE', '2026-10-03T08:00:00+08:00', null, null, null, 'ISSUED'),
      ('420106-SO-2', 3, '420106', 'WITHDRAW', '2026-10-03T10:00:00+08:00', null, 'done elsewhere', 'ACKNOWLEDGED', 'WITHDRAWN');
    insert into order_answers values
      ('420106-SO-2', '420106', '2026-10-05T08:00:00+08:00', null, 'second word'),
      ('420106-SO-2', '420106', '2026-10-04T08:00:00+08:00', '11420106000000000X', 'first word');`);
});

afterAll(() => platform.close());

const ALL_FIELDS = `id subject tier status overdue issuedAt signBy answerBy deadline issuedBy { code } issuedTo { code }
  case { id } request { id } stages { action at by { code } reason from to } answers { at by { code } text }`;

describe('lateness of orders', () => {
  const overdueIds = async (filter: string): Promise<string[]> => {
    const { data, errors } = await platform.ask(
      `{ supervisionOrders(first: 500, ${filter}) { nodes { id overdue status } } }`,
    );
    expect(errors).toEqual([]);
    return data.supervisionOrders.nodes.map(({ id, overdue }: { id: string; overdue: boolean }) => `${id} ${overdue}`);
  };

  test('an order whose deadline is over and whose answer is owed is overdue, one without a deadline is not', async () => {
    expect(await overdueIds('overdue: true')).toEqual(['420106-SO-1 true']);
    expect(await overdueIds('overdue: false')).toEqual(['420106-SO-2 false', '420500-SO-1 false']);
  });

  test('the status OVERDUE of older operations means the late orders, and no answer holds it', async () => {
    expect(await overdueIds('status: OVERDUE')).toEqual(await overdueIds('overdue: true'));
    expect(await overdueIds('status: OVERDUE, overdue: false')).toEqual([]);
    const { data } = await platform.ask('{ supervisionOrders(status: OVERDUE) { nodes { status } } }');
    expect(data.supervisionOrders.nodes).toEqual([{ status: 'ISSUED' }]);
  });

  test('filter and field agree about every status and every combination of deadlines', async () => {
    const deadlines = ['null', "'2026-10-31T23:59:59+08:00'", "'2026-11-01T00:00:00+08:00'", "'2026-12-01'"];
    const rows = ORDER_STATUSES.flatMap((status) =>
      deadlines.flatMap((signBy) => deadlines.map((answerBy) => ({ status, signBy, answerBy }))),
    );
    await platform.seed(
      `insert into supervision_orders (id, division, issued_by, tier, subject, status, issued_at, sign_by, deadline) values ${rows
        .map(
          ({ status, signBy, answerBy }, index) =>
            `('420600-SO-${index}', '420600', '420000', 'PROVINCIAL', 'x', '${status}', '2026-01-01', ${signBy}, ${answerBy})`,
        )
        .join(', ')}`,
    );
    const [late, inTime] = [
      await overdueIds('within: "420600", overdue: true'),
      await overdueIds('within: "420600", overdue: false'),
    ];
    await platform.seed("delete from supervision_orders where division = '420600'");
    expect(late.every((row) => row.endsWith(' true'))).toBe(true);
    expect(inTime.every((row) => row.endsWith(' false'))).toBe(true);
    expect(late.length + inTime.length).toBe(rows.length);
    // Four states owe an answer; the deadline is over in one row of four. Of the other twelve, three lack the signature in time.
    expect(late.length).toBe(4 * 4 + 3);
  });
});

describe('supervision orders', () => {
  test('supervision orders come newest first, narrowed by division and status', async () => {
    const all = await platform.ask('{ supervisionOrders { nodes { id } totalCount } }');
    expect(all.data.supervisionOrders).toEqual({
      nodes: [{ id: '420106-SO-2' }, { id: '420500-SO-1' }, { id: '420106-SO-1' }],
      totalCount: 3,
    });
    const narrowed = await platform.ask(
      '{ supervisionOrders(within: "420106", status: ISSUED) { nodes { id } totalCount } }',
    );
    expect(narrowed.data.supervisionOrders).toEqual({ nodes: [{ id: '420106-SO-1' }], totalCount: 1 });
  });

  test('supervision orders carry their stages and answers in the order of time, and stubs of what they are about', async () => {
    const { data, errors } = await platform.ask(`{ supervisionOrder(id: "420106-SO-2") { ${ALL_FIELDS} } }`);
    expect(errors).toEqual([]);
    expect(data.supervisionOrder).toEqual({
      id: '420106-SO-2',
      subject: 'noise',
      tier: 'PROVINCIAL',
      status: 'ANSWERED',
      overdue: false,
      issuedAt: '2026-10-03T08:00:00+08:00',
      signBy: null,
      answerBy: null,
      deadline: null,
      issuedBy: { code: '420000' },
      issuedTo: { code: '420106' },
      case: null,
      request: { id: '420106003-R-9' },
      stages: [
        { action: 'ISSUE', at: '2026-10-03T08:00:00+08:00', by: null, reason: null, from: null, to: 'ISSUED' },
        {
          action: 'SIGN',
          at: '2026-10-03T09:00:00+08:00',
          by: { code: '11420106000000000X' },
          reason: null,
          from: 'ISSUED',
          to: 'ACKNOWLEDGED',
        },
        {
          action: 'WITHDRAW',
          at: '2026-10-03T10:00:00+08:00',
          by: null,
          reason: 'done elsewhere',
          from: 'ACKNOWLEDGED',
          to: 'WITHDRAWN',
        },
      ],
      answers: [
        { at: '2026-10-04T08:00:00+08:00', by: { code: '11420106000000000X' }, text: 'first word' },
        { at: '2026-10-05T08:00:00+08:00', by: null, text: 'second word' },
      ],
    });
  });

  test('supervision orders resolve as entities', async () => {
    const { data } = await platform.ask(
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on SupervisionOrder { subject } } }`,
      { variables: { r: ['420500-SO-1', '420500-SO-9'].map((id) => ({ __typename: 'SupervisionOrder', id })) } },
    );
    expect(data._entities).toEqual([{ subject: 'dust' }, null]);
  });

  test('supervision orders outside the scope are not there, nor are their answers', async () => {
    const passport = { scope: ['4205', '4206'] };
    const list = await platform.ask('{ supervisionOrders { nodes { id answers { text } } totalCount } }', { passport });
    expect(list.data.supervisionOrders).toEqual({ nodes: [{ id: '420500-SO-1', answers: [] }], totalCount: 1 });
    const one = await platform.ask('{ supervisionOrder(id: "420106-SO-2") { id } }', { passport });
    expect(one.data.supervisionOrder).toBeNull();
  });
});
