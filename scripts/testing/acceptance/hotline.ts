/** The hotline is the city's: districts and streets ask it about themselves, and a district that is down stops nothing of it. */
import { describe, expect, test } from '@jest/globals';
import { containsDivision, regionOf } from '@yiwang/schema';
import { type Answer, createAskAs, type GetNetwork, type ListedPlatform } from './network-client.ts';

interface RequestNode {
  readonly id: string;
  readonly division: { readonly code: string };
}

interface Hotspot {
  readonly key: { readonly division: { readonly code: string } };
  readonly requests: number;
  readonly cases: number;
}

const REQUESTS = '{ requests(first: 400) { totalCount nodes { id division { code } } } }';
const HOTSPOTS = 'period: "2026", groupBy: [COUNTY]) { key { division { code } } requests cases quadrant } }';

export function testHotline(network: GetNetwork): void {
  testRequests(network);
  testOutages(network);
}

function testRequests(network: GetNetwork): void {
  const askAs = createAskAs(network);
  describe('the hotline of a city', () => {
    test.each([
      ['dongcheng', '110101'],
      ['guangwai', '110102020'],
    ])('gives %s the requests about itself, by ids of the city, and no others', async (identity, division) => {
      const { data, errors } = await askAs(identity, REQUESTS);
      expect(errors).toBeUndefined();
      const nodes: readonly RequestNode[] = data.requests.nodes;
      expect(nodes.length).toBeGreaterThan(50);
      expect(nodes.filter((node) => !containsDivision(regionOf(division), node.division.code))).toEqual([]);
      expect(nodes.filter(({ id }) => !id.startsWith('110000-R-'))).toEqual([]);

      const [own] = nodes;
      const all: readonly RequestNode[] = (await askAs('beijing', REQUESTS)).data.requests.nodes;
      const other = all.find((node) => !containsDivision(regionOf(division), node.division.code));
      const byId = await askAs(
        identity,
        `{ own: request(id: "${own?.id}") { id title division { code name } } other: request(id: "${other?.id}") { id } }`,
      );
      expect(byId.errors).toBeUndefined();
      expect(byId.data).toMatchObject({ own, other: null });
    });

    test('has requests about cases of every platform of the city, and each leads to the other', async () => {
      for (const identity of ['dongcheng', 'guangwai', 'beijing', 'wuhan']) {
        const { data, errors } = await askAs(
          identity,
          '{ cases(filter: { source: HOTLINE }, first: 30) { nodes { id request { id title grid { name } case { id status } } } } }',
        );
        expect(errors).toBeUndefined();
        const linked = data.cases.nodes.filter((node: { request: unknown }) => node.request !== null);
        expect(linked.length).toBeGreaterThan(0);
        for (const { id, request } of linked)
          expect(request).toMatchObject({ title: expect.any(String), case: { id } });
      }
    });

    test('counts as the rows tell, for the city and for its districts', async () => {
      const { data } = await askAs(
        'beijing',
        `{ whole: requestStatistics(period: "2026") { counts { received } }
          counties: requestStatistics(period: "2026", groupBy: [COUNTY]) { key { division { code } } counts { received } }
          division(code: "110101") { requestStatistics(period: "2026") { counts { received } } }
          requests(filter: { received: "2026" }) { totalCount } }`,
      );
      const received = data.whole[0].counts.received;
      const counties: readonly { counts: { received: number }; key: Hotspot['key'] }[] = data.counties;
      expect(received).toBe(data.requests.totalCount);
      expect(counties.reduce((sum, { counts }) => sum + counts.received, 0)).toBe(received);
      const dongcheng = counties.find(({ key }) => key.division.code === '110101');
      expect(data.division.requestStatistics).toEqual([{ counts: dongcheng?.counts }]);
    });

    test('gives topics of the city to its districts, each with its own requests alone', async () => {
      const TOPICS = '{ monthlyTopics(month: "2026-09") { id division { code } requests rank } }';
      const [city, district] = [await askAs('beijing', TOPICS), await askAs('dongcheng', TOPICS)];
      expect([city.errors, district.errors]).toEqual([undefined, undefined]);
      const idsOf = ({ data }: Answer) => data.monthlyTopics.map(({ id }: { id: string }) => id).sort();
      const sumOf = ({ data }: Answer) =>
        data.monthlyTopics.reduce((sum: number, { requests }: { requests: number }) => sum + requests, 0);
      expect(idsOf(district)).toEqual(idsOf(city));
      expect(sumOf(city)).toBeGreaterThan(sumOf(district));
      expect(sumOf(district)).toBeGreaterThan(0);
    });
  });
}

function testOutages(network: GetNetwork): void {
  const askAs = createAskAs(network);
  const without = async (platform: string, ask: () => Promise<void>) => {
    await network().stopPlatform(platform);
    try {
      await ask();
    } finally {
      await network().startPlatform(platform);
    }
  };
  const listed = ({ extensions }: Answer) =>
    extensions?.coverage?.platforms.map(({ platform, status, path }: ListedPlatform) => [platform, status, path[0]]);

  describe('the hotline of a city', () => {
    test('goes on while a district is down, which is missing from the cases of hotspots alone', async () => {
      const whole = await askAs('beijing', `{ hotspots(${HOTSPOTS}`);
      const requests = await askAs('dongcheng', REQUESTS);
      await without('municipal/110101', async () => {
        const partial = await askAs('beijing', `{ hotspots(${HOTSPOTS}`);
        const ofDistrict = ({ data }: Answer): Hotspot =>
          data.hotspots.find(({ key }: Hotspot) => key.division.code === '110101');
        expect(ofDistrict(whole).cases).toBeGreaterThan(0);
        expect(ofDistrict(partial)).toMatchObject({ requests: ofDistrict(whole).requests, cases: 0 });
        expect(listed(partial)).toEqual([['municipal/110101', 'UNREACHABLE', 'hotspots']]);
        expect((await askAs('dongcheng', REQUESTS)).data).toEqual(requests.data);
      });
      expect((await askAs('beijing', `{ hotspots(${HOTSPOTS}`)).data).toEqual(whole.data);
    }, 60_000);

    test('is missed by name while the city is down, and the cases of districts stay', async () => {
      const whole = await askAs('dongcheng', `{ hotspots(${HOTSPOTS}`);
      await without('municipal/110000', async () => {
        const partial = await askAs('dongcheng', `{ requests { totalCount } hotspots(${HOTSPOTS}`);
        const [{ cases }] = whole.data.hotspots;
        expect(partial.data.hotspots).toMatchObject([{ requests: 0, cases }]);
        expect(listed(partial)).toEqual([['municipal/110000', 'UNREACHABLE', 'requests']]);
        expect(partial.errors?.map(({ path, extensions }) => [path?.[0], extensions.code])).toEqual([
          ['requests', 'PLATFORM_UNREACHABLE'],
          ['hotspots', 'PLATFORM_UNREACHABLE'],
        ]);
      });
    }, 60_000);
  });
}
