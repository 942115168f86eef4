/** Open statistics reveal nothing about single cases or requests. */
import { describe, expect, test } from '@jest/globals';
import { createAskAs, type GetNetwork } from '../network-client.ts';

export function testOpenStatistics(network: GetNetwork): void {
  const askAs = createAskAs(network);
  const counted = async (identity: string, args: string) => {
    const { data, extensions } = await askAs(identity, `{ caseStatistics(${args}) { counts { reported } } }`);
    return { counts: data.caseStatistics.map(({ counts }: Counted) => counts.reported), extensions };
  };
  interface Counted {
    readonly counts: { readonly reported: number };
  }

  describe('open statistics', () => {
    test('are the official ones rounded to ten, and say so', async () => {
      const question = 'within: "420100", period: "2026", groupBy: [COUNTY], orderBy: { by: "counts.reported" }';
      const [open, official] = [await counted('app', question), await counted('wuhan', question)];
      expect(open.counts.length).toBeGreaterThan(1);
      expect(open.counts).toEqual(
        official.counts.slice(0, open.counts.length).map((count: number) => Math.round(count / 10) * 10),
      );
      expect(open.extensions).toMatchObject({ withheld: [{ path: ['caseStatistics'], below: 10, roundedTo: 10 }] });
      expect(official.extensions).not.toHaveProperty('withheld');
    });

    test('are of one month, quarter or year, at the root and of a division', async () => {
      const days = 'period: "2026-09-01/2026-09-30"';
      const root = await askAs('app', `{ caseStatistics(within: "420100", ${days}) { counts { reported } } }`);
      expect([root.data, root.errors?.[0]?.extensions.code]).toEqual([{ caseStatistics: [] }, 'BAD_USER_INPUT']);
      const below = await askAs(
        'app',
        `{ division(code: "420100") { caseStatistics(${days}) { counts { reported } } } }`,
      );
      expect(below.data).toEqual({ division: { caseStatistics: [] } });
      expect(below.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
      expect((await counted('wuhan', `within: "420100", ${days}`)).counts).toHaveLength(1);
    });

    test('have no filter by fields outside the open view', async () => {
      const { data } = await askAs('wuhan', '{ requests(first: 1) { nodes { id kind } } }');
      const [{ id, kind }] = data.requests.nodes;
      for (const filter of [`text: "${id}"`, `kind: ${kind}`]) {
        const query = `{ requestStatistics(period: "2026", filter: { ${filter} }) { counts { received } } }`;
        expect((await askAs('wuhan', query)).errors).toBeUndefined();
        expect((await askAs('app', query)).errors?.[0]).toMatchObject({
          message: 'Unknown argument "filter" on field "Query.requestStatistics".',
          extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
        });
      }
    });

    test('answer the same for few rows and for none', async () => {
      const month = async (period: string) => {
        const { data, extensions } = await askAs(
          'app',
          `{ requestStatistics(within: "110102020", period: "${period}", groupBy: [CATEGORY, DEPARTMENT]) { counts { received } } }`,
        );
        return { data, extensions };
      };
      expect(await month('2026-09')).toEqual(await month('2026-12'));
    });
  });
}
