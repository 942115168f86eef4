/** The five questions of the example network. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { containsDivision, regionOf } from '@yiwang/schema';
import { readQuestions } from '../../tools/examples/questions.ts';
import { type Answer, askNetwork, createAskAs, type GetNetwork, WAIT_MS } from './network-client.ts';

export function testFiveQuestions(network: GetNetwork): void {
  const askAs = createAskAs(network);
  describe('the five questions', () => {
    const answers = new Map<string, Answer>();

    beforeAll(async () => {
      for (const { identity, operationName, text } of await readQuestions()) {
        answers.set(operationName, await askNetwork(network(), identity, { query: text, operationName }));
      }
    }, WAIT_MS);

    test('are answered without errors by every platform, and complete if platforms cover all of the scope', () => {
      expect(answers.size).toBe(5);
      for (const { errors, extensions } of answers.values()) {
        expect(errors).toBeUndefined();
        const { asked, answered, complete, unserved } = extensions!.coverage!;
        expect([answered, complete]).toEqual([asked, unserved === undefined]);
      }
    });

    test('question 1 ranks provinces by on-time closing for the ministry', () => {
      const groups = answers.get('ProvincesByOnTimeClosing')!.data.caseStatistics;
      expect(groups.map((group: Ranked) => group.key.division.name).sort()).toEqual(['北京市', '湖北省']);
      const [best, worst] = groups.map((group: Ranked) => group.rates.closingOnTime.value);
      expect(best).toBeGreaterThanOrEqual(worst);
    });

    test("question 2 drills down to a case over three subgraphs for Hubei's supervisor", () => {
      const { province, city, cases } = answers.get('HubeiDrillDown')!.data;
      expect(province.cities.map((group: Ranked) => group.key.division.name).sort()).toEqual(
        ['仙桃市', '宜昌市', '武汉市', '襄阳市'].sort(),
      );
      expect(city.streets.length).toBeGreaterThan(0);
      for (const node of cases.nodes) {
        expect(containsDivision(regionOf('420100'), node.id)).toBe(true);
        expect(node.department.name).toEqual(expect.any(String));
        expect(node.stages[0].action).toBe('REPORT');
      }
    });

    test('question 3 returns the nearest toilets in the order of distance', () => {
      const distances = answers
        .get('NearestToilets')!
        .data.facilities.nodes.map((node: { distanceMetres: number }) => node.distanceMetres);
      expect(distances).toEqual([...distances].sort((a: number, b: number) => a - b));
    });

    test('question 4 fails for a department that asks for a field outside its view, as for an unknown field', async () => {
      const refused = await askAs('wuhan-fire', '{ cases { nodes { id reporter { phone } } } }');
      const unknown = await askAs('wuhan-fire', '{ cases { nodes { id nonsense { phone } } } }');
      expect(refused.errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
      const sentence = ({ errors }: Answer, name: string) =>
        errors?.[0]?.message.split(' Did you mean')[0]?.replace(name, 'X');
      expect(sentence(refused, 'reporter')).toBe(sentence(unknown, 'nonsense'));
      expect((await askAs('wuhan', '{ cases(first: 1) { nodes { reporter { phone } } } }')).errors).toBeUndefined();
    });

    test('question 5 gets the rest for Beijing if a platform is down, and names the missing one', async () => {
      const [, , , , question] = await readQuestions();
      // All districts: which of them come first depends on the data.
      const query = question!.text.replace(/top: \d+/, 'top: 20');
      const params = { query, operationName: question!.operationName };
      const names = ({ data }: Answer) => data.caseStatistics.map((group: Ranked) => group.key.division.code);
      const listed = names(await askNetwork(network(), 'beijing', params));
      expect(listed).toContain('110101');
      await network().stopPlatform('municipal/110101');
      try {
        const partial = await askNetwork(network(), 'beijing', params);
        expect(names(partial)).not.toContain('110101');
        expect(names(partial)).toEqual(expect.arrayContaining(listed.filter((code: string) => code !== '110101')));
        expect(partial.extensions?.coverage?.platforms).toMatchObject([
          { platform: 'municipal/110101', division: '110101', status: 'UNREACHABLE', path: ['caseStatistics'] },
        ]);
        expect(partial.errors?.map(({ extensions }) => extensions.code)).toContain('PLATFORM_UNREACHABLE');
        const complete = await askNetwork(network(), 'beijing', {
          ...params,
          headers: { 'x-yiwang-completeness': 'complete' },
        });
        expect(complete.data).toBeNull();
        expect(complete.errors?.[0]?.extensions.code).toBe('INCOMPLETE');
      } finally {
        await network().startPlatform('municipal/110101');
      }
      expect(names(await askNetwork(network(), 'beijing', params))).toContain('110101');
    }, 60_000);
  });
}

interface Ranked {
  key: { division: { code: string; name: string } };
  rates: { closingOnTime: { value: number } };
}
