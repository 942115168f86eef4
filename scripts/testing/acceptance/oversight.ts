/** What upper tiers hold of the lower ones: figures against rows, and evaluations before and after their publication. */
import { describe, expect, test } from '@jest/globals';
import { createAskAs, type GetNetwork, WAIT_MS } from './network-client.ts';

interface Figure {
  readonly metric: string;
  readonly reported: number;
  readonly live: number | null;
  readonly difference: number | null;
  readonly adjustedBecause: string | null;
}

interface Account {
  readonly kind: string;
  readonly division: { readonly code: string };
  readonly figures: readonly Figure[];
}

interface Evaluation {
  readonly scheme: string;
  readonly published: boolean;
  readonly key: { readonly department: object | null };
  readonly parts: readonly { readonly rate: { readonly numerator: number; readonly denominator: number } | null }[];
}

const accountsOf = (within: string, period: string) =>
  `{ periodicReports(within: "${within}", period: "${period}", first: 50) { nodes {
    kind division { code } figures { metric reported live difference adjustedBecause }
  } } }`;
const evaluationsOf = (period: string, within: string) =>
  `{ evaluations(within: "${within}", period: "${period}") {
    scheme published key { division { code } department { code } } score parts { rate { numerator denominator } }
  } }`;

export function testOversight(network: GetNetwork): void {
  testFigures(network);
  testPublication(network);
}

function testFigures(network: GetNetwork): void {
  const askAs = createAskAs(network);
  const accounts = async (identity: string, within: string, period: string) => {
    const { data, errors, extensions } = await askAs(identity, accountsOf(within, period));
    return { nodes: data.periodicReports.nodes as readonly Account[], errors, coverage: extensions?.coverage };
  };

  describe('figures that were handed in, beside what the rows say', () => {
    test(
      "a true figure equals the rows of the city's, the districts' and the street's platforms",
      async () => {
        const { nodes, errors } = await accounts('beijing', '110000', '2026-06');
        expect(errors).toBeUndefined();
        // Sixteen districts and the municipality, cases and hotline.
        expect(nodes).toHaveLength(34);
        const figures = nodes.flatMap((node) => node.figures);
        expect(figures.filter(({ live, difference }) => live === null || difference !== 0)).toEqual([]);
        expect(figures.some(({ live }) => (live ?? 0) > 0)).toBe(true);
      },
      WAIT_MS,
    );

    test(
      'a false figure shows at once, and an adjusted one has its reason',
      async () => {
        const differing = async (period: string) => {
          const { nodes } = await accounts('hubei', '420600', period);
          return nodes.flatMap(({ figures }) => figures).filter(({ difference }) => difference !== 0);
        };
        const wrong = await differing('2026-08');
        expect(wrong.map(({ metric }) => metric)).toEqual(['closeDue', 'closed', 'closedOnTime']);
        for (const { reported, live, difference, adjustedBecause } of wrong) {
          expect([difference, adjustedBecause]).toEqual([reported - live!, null]);
          expect(difference).toBeGreaterThanOrEqual(3);
        }
        const adjusted = await differing('2026-07');
        expect(adjusted.length).toBeGreaterThan(0);
        for (const { adjustedBecause } of adjusted) expect(adjustedBecause).toMatch(/\p{Script=Han}/u);
        expect(await differing('2026-06')).toEqual([]);
      },
      WAIT_MS,
    );

    test(
      'with the platform of a street down, the figures of its district and city are unknown and no others are, as coverage says',
      async () => {
        const street = 'municipal/110102020';
        await network().stopPlatform(street);
        try {
          const { nodes, coverage } = await accounts('beijing', '110000', '2026-06');
          const casesOf = (isAround: boolean) =>
            nodes
              .filter(
                ({ kind, division }) => kind === 'CASES' && ['110102', '110000'].includes(division.code) === isAround,
              )
              .flatMap(({ figures }) => figures);
          expect(casesOf(true).length).toBeGreaterThan(0);
          for (const figure of casesOf(true)) expect(figure).toMatchObject({ live: null, difference: null });
          for (const { difference } of casesOf(false)) expect(difference).toBe(0);
          expect(coverage?.complete).toBe(false);
          expect(coverage?.platforms.map(({ platform }) => platform)).toEqual([street]);
        } finally {
          await network().startPlatform(street);
        }
      },
      WAIT_MS,
    );
  });
}

function testPublication(network: GetNetwork): void {
  const askAs = createAskAs(network);
  describe('evaluations', () => {
    const seenBy = async (identity: string, period: string, within: string): Promise<readonly Evaluation[]> => {
      const { data, errors } = await askAs(identity, evaluationsOf(period, within));
      expect(errors).toBeUndefined();
      return data.evaluations;
    };

    test(
      'are seen by supervisors before their publication, and by the public and departments from it on',
      async () => {
        const newest = await seenBy('hubei', '2026-10', '420000');
        expect(newest.length).toBeGreaterThan(0);
        expect(newest.every(({ published }) => !published)).toBe(true);
        expect(await seenBy('app', '2026-10', '420000')).toEqual([]);
        expect(await seenBy('wuhan-fire', '2026-10', '420100')).toEqual([]);
        const before = await seenBy('hubei', '2026-09', '420000');
        expect(before.every(({ published }) => published)).toBe(true);
        expect((await seenBy('app', '2026-09', '420000')).length).toBe(before.length);
      },
      WAIT_MS,
    );

    test(
      'show the public their rates in tens, and none of fewer than ten rows',
      async () => {
        const rates = (rows: readonly Evaluation[]) =>
          rows.flatMap(({ parts }) => parts.flatMap(({ rate }) => rate ?? []));
        const year = '2025-11-01/2026-10-01';
        const shown = rates(await seenBy('app', year, '420000'));
        expect(shown.length).toBeGreaterThan(0);
        for (const { numerator, denominator } of shown) {
          expect([numerator % 10, denominator % 10]).toEqual([0, 0]);
          expect(denominator).toBeGreaterThanOrEqual(10);
        }
        expect(rates(await seenBy('hubei', year, '420000')).some(({ denominator }) => denominator % 10 > 0)).toBe(true);
      },
      WAIT_MS,
    );

    test('score areas by schemes for areas, and departments by schemes for departments', async () => {
      const rows = await seenBy('hubei', '2025-11-01/2026-11-01', '420000');
      for (const { scheme, key } of rows) expect(scheme === 'AREA-2026').toBe(key.department === null);
    });
  });
}
