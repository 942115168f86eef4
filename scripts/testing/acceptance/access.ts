/** Masks, the record, refused requests and pages. */
import { describe, expect, test } from '@jest/globals';
import { type Answer, askNetwork, createAskAs, type GetNetwork } from './network-client.ts';

export function testAccess(network: GetNetwork): void {
  const askAs = createAskAs(network);
  describe('masks', () => {
    test('names and phones are masked, and in clear with clearance, purpose and matter', async () => {
      const query = '{ cases(filter: { source: [PUBLIC] }, first: 30) { nodes { reporter { name phone } } } }';
      const people = ({ data }: Answer) =>
        data.cases.nodes.flatMap((node: { reporter: { name: string; phone: string } | null }) => node.reporter ?? []);
      const masked = people(await askAs('wuhan', query));
      const clear = people(
        await askAs('wuhan', query, { 'x-yiwang-purpose': 'handling of the case', 'x-yiwang-matter': 'test' }),
      );
      expect(masked.length).toBeGreaterThan(0);
      for (const { phone } of masked) expect(phone).toMatch(/^\d{3}\*{4}\d{4}$/);
      for (const { phone } of clear) expect(phone).toMatch(/^\d{11}$/);
    });
  });

  describe('the record', () => {
    const query = `{ operations(filter: { subject: "wuhan" }, first: 1) {
      totalCount nodes { subject purpose division { code name level } text platforms } } }`;

    test('shows auditors who asked, with names of divisions', async () => {
      const operation = '{ cases(first: 1) { totalCount } }';
      const headers = { 'x-yiwang-purpose': 'handling of the case', 'x-yiwang-matter': 'test' };
      await askAs('wuhan', operation, headers);
      let answer: Answer;
      // The gateway writes entries after their answers.
      do answer = await askAs('auditor', query);
      while (answer.data.operations.nodes[0]?.text !== '{cases(first:1){totalCount}}');
      expect(answer.errors).toBeUndefined();
      expect(answer.data.operations.nodes[0]).toMatchObject({
        subject: 'wuhan',
        purpose: 'handling of the case',
        division: { code: '420100', name: '武汉市', level: 'CITY' },
        platforms: expect.arrayContaining(['municipal/420100']),
      });
    });

    test('does not exist for anybody else', async () => {
      for (const name of ['ministry', 'wuhan', 'wuhan-fire', 'app', null]) {
        const { errors } = await askAs(name, query);
        expect(errors?.[0]?.message).toMatch(/^Cannot query field "operations" on type "Query"/);
      }
    });
  });

  describe('refused requests', () => {
    test('an expired, forged or malformed token gets UNAUTHENTICATED, never the open view', async () => {
      for (const token of ['nonsense', 'a.b.c', 'eyJhbGciOiJub25lIn0.e30.']) {
        const answer = await askAs(null, '{ me { audience } }', { authorization: `Bearer ${token}` });
        expect([answer.status, answer.errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
      }
    });

    test('a request without credentials gets the open view', async () => {
      expect((await askAs(null, '{ me { audience tier } }')).data).toEqual({
        me: { audience: 'open', tier: 'PUBLIC' },
      });
    });

    test('a malformed or unknown division and a wrong check digit are refused', async () => {
      for (const query of [
        '{ cases(within: "42010") { totalCount } }',
        '{ cases(within: "429999") { totalCount } }',
        '{ cases(filter: { department: "91350100M000100Y44" }) { totalCount } }',
      ]) {
        const { errors } = await askAs('hubei', query);
        expect(errors).toMatchObject([{ path: ['cases'], extensions: { code: 'BAD_USER_INPUT' } }]);
      }
    });

    test('pages walk through cities without a repetition or a gap', async () => {
      const query =
        'query($after: String) { cases(within: "420500", first: 200, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }';
      const ids: string[] = [];
      let total = 0;
      for (let after: string | null = null, more = true; more; ) {
        const { data }: Answer = await askNetwork(network(), 'hubei', { query, variables: { after } });
        ids.push(...data.cases.nodes.map(({ id }: { id: string }) => id));
        ({ hasNextPage: more, endCursor: after } = data.cases.pageInfo);
        total = data.cases.totalCount;
      }
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBe(total);
    });
  });
}
