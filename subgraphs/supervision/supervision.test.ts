import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import { supervision } from './module.ts';

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform({
    modules: [supervision],
    identity: { id: 'provincial/420000', tier: 'PROVINCIAL', division: '420000' },
  });
  await platform.seed(`
    insert into supervision_orders values
      ('420106-SO-1', '420106', '420000', 'PROVINCIAL', 'manholes', 'ISSUED', '2026-10-01T08:00:00+08:00', '2026-10-11T08:00:00+08:00', '420106003001-C-7', null),
      ('420106-SO-2', '420106', '420000', 'PROVINCIAL', 'noise', 'ANSWERED', '2026-10-03T08:00:00+08:00', null, null, '420106003-R-9'),
      ('420500-SO-1', '420500', '420000', 'PROVINCIAL', 'dust', 'ISSUED', '2026-10-02T08:00:00+08:00', null, null, null);
    insert into order_answers values
      ('420106-SO-2', '420106', '2026-10-05T08:00:00+08:00', null, 'second word'),
      ('420106-SO-2', '420106', '2026-10-04T08:00:00+08:00', '11420106000000000X', 'first word');`);
});

afterAll(() => platform.close());

const ALL_FIELDS = `id subject tier status issuedAt deadline issuedBy { code } issuedTo { code }
  case { id } request { id } answers { at by { code } text }`;

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

  test('supervision orders carry their answers in the order of time, and stubs of what they are about', async () => {
    const { data, errors } = await platform.ask(`{ supervisionOrder(id: "420106-SO-2") { ${ALL_FIELDS} } }`);
    expect(errors).toEqual([]);
    expect(data.supervisionOrder).toEqual({
      id: '420106-SO-2',
      subject: 'noise',
      tier: 'PROVINCIAL',
      status: 'ANSWERED',
      issuedAt: '2026-10-03T08:00:00+08:00',
      deadline: null,
      issuedBy: { code: '420000' },
      issuedTo: { code: '420106' },
      case: null,
      request: { id: '420106003-R-9' },
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
