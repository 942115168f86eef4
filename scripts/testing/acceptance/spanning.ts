/** Entities that other platforms hold than those that refer to them. */
import { describe, expect, test } from '@jest/globals';
import { createAskAs, type GetNetwork } from './network-client.ts';

export function testSpanning(network: GetNetwork): void {
  const askAs = createAskAs(network);
  describe('spanning entities', () => {
    test("a department's name is public: a street sees who handles its cases, though the department lies above it", async () => {
      const query = '{ cases(first: 50) { nodes { department { name division { code } } } } }';
      const { data, errors } = await askAs('guangwai', query);
      expect(errors).toBeUndefined();
      const departments = data.cases.nodes.flatMap((node: { department: unknown }) => node.department ?? []);
      expect(departments.length).toBeGreaterThan(10);
      const divisions = new Set(departments.map(({ division }: { division: { code: string } }) => division.code));
      expect([...divisions].filter((division) => division !== '110000')).toEqual(['110102']);
    });

    test("statistics of a division inside a platform's answer cover the whole division", async () => {
      const nested = await askAs(
        'beijing',
        '{ cases(within: "110102020", first: 1) { nodes { division { parent { parent { code caseStatistics(period: "2026") { counts { reported } } } } } } } }',
      );
      const direct = await askAs(
        'beijing',
        '{ caseStatistics(within: "110102", period: "2026") { counts { reported } } }',
      );
      const [node] = nested.data.cases.nodes;
      expect(node.division.parent.parent).toEqual({ code: '110102', caseStatistics: direct.data.caseStatistics });
    });
  });
}
