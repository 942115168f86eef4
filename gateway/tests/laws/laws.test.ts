/** The laws of the engine on random rows and partitions, over real HTTP. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { containsDivision, createId, prefixOf, type Region, regionOf, regionOfPrefix, subtract } from '@yiwang/schema';
import fc from 'fast-check';
import type { Row } from '../support/toys/toy-data.ts';
import { rightsWithin, startToyEngine } from '../support/toys/toy-engine.ts';
import { startToyPlatform, type ToyPlatform } from '../support/toys/toy-platform.ts';

/** Where a platform may be; the first two hold what nobody else takes. */
const SITES = ['420000', '110000', '420100', '420106', '110102', '110102020', '429004'] as const;
const DIVISIONS = [
  '420106003',
  '420102001',
  '420502001',
  '429004001',
  '110101001',
  '110102020',
  '110102020001',
  '110102001',
];

const STATISTICS = 'key { division { code } kind } counts { rows size } rates { big { numerator denominator value } }';
const QUESTIONS = [
  '{ rows(first: 4) { totalCount nodes { id size } edges { node { kind } } pageInfo { hasNextPage } } }',
  '{ rows(within: "42", first: 100, orderBy: SIZE_ASC) { nodes { id } } more: rows(first: 1) { totalCount } }',
  '{ a: rows(within: "420106", first: 4) { totalCount nodes { id } } b: rows(within: "420102", first: 4) { totalCount nodes { id } } c: rows(within: "42", first: 9) { nodes { id } } }',
  '{ a: statistics(within: "420106", groupBy: "DIVISION") { key { division { code } } counts { rows } } b: statistics(within: "110102", groupBy: "DIVISION") { key { division { code } } counts { rows } } c: statistics(within: "420102", groupBy: "DIVISION") { key { division { code } } counts { rows } } }',
  '{ list { id kind division { code } } inHubei: list(within: "420000") { id } }',
  '{ total whole smallest latest share { value numerator denominator } standard }',
  '{ big: share(within: "1101") { v: value } few: total(within: "429004") }',
  `{ statistics { ${STATISTICS} } }`,
  `{ statistics(groupBy: "DIVISION") { ${STATISTICS} } }`,
  `{ statistics(groupBy: "KIND", orderBy: { by: "rates.big", direction: ASC }, top: 2) { key { kind } } }`,
  `{ statistics(groupBy: "DIVISION", orderBy: { by: "counts.size" }, top: 3) { key { division { code } } } }`,
  '{ corners { kind rows quadrant rank } }',
  '{ leagues { kind rank } }',
  '{ list(within: "110102") { division { whole } } }',
  '{ rows(withinAny: ["4201", "110102", "420106"], first: 4) { totalCount nodes { id } pageInfo { hasNextPage } } list(withinAny: ["110102020", "429004"]) { id } }',
  `{ total(withinAny: ["42", "420106"]) smallest(withinAny: ["4201", "11"]) share(withinAny: ["420102", "1101"]) { value numerator denominator } statistics(withinAny: ["4201", "110102"], groupBy: "DIVISION", orderBy: { by: "counts.size" }, top: 3) { ${STATISTICS} } }`,
  `{ list(within: "110102020") { division { statistics(groupBy: "KIND") { ${STATISTICS} } } } }`,
];

const rowsArbitrary = fc
  .array(
    fc.record({
      division: fc.constantFrom(...DIVISIONS),
      kind: fc.constantFrom('A', 'B', 'C'),
      size: fc.option(fc.integer({ min: 0, max: 12 }), { nil: null }),
      at: fc.constantFrom('2026-01', '2026-02', '2026-03'),
    }),
    { maxLength: 30 },
  )
  .map((rows) => rows.map((row, i): Row => ({ ...row, id: createId(row.division, 'R', i) })));

const sitesArbitrary = fc.subarray([...SITES.slice(2)]).map((sites) => [...SITES.slice(0, 2), ...sites]);

let platforms: Map<string, ToyPlatform>;
let whole: ToyPlatform;

beforeAll(async () => {
  platforms = new Map(await Promise.all(SITES.map(async (site) => [site, await startToyPlatform()] as const)));
  whole = await startToyPlatform();
});

afterAll(async () => {
  await Promise.all([whole, ...platforms.values()].map((platform) => platform.close()));
});

/** Gives each platform the rows of its own part, and all of them to `whole`. */
function spread(rows: readonly Row[], sites: readonly string[]) {
  whole.rows = rows;
  return sites.map((division) => {
    const platform = platforms.get(division)!;
    platform.behaviour = { kind: 'well' };
    platform.guarded = true;
    platform.rows = rows.filter(({ division: at }) => containsDivision(partOf(division, sites), at));
    return { division, platform };
  });
}

function partOf(division: string, sites: readonly string[]): Region {
  const below = sites.filter((other) => other !== division && prefixOf(other).startsWith(prefixOf(division)));
  return below.reduce<Region>((part, other) => subtract(part, regionOf(other)), regionOfPrefix(prefixOf(division)));
}

describe('partition', () => {
  test('one platform with all rows and any distribution over many give the same data', async () => {
    await fc.assert(
      fc.asyncProperty(rowsArbitrary, sitesArbitrary, async (rows, sites) => {
        const [many, one] = await Promise.all([
          startToyEngine(spread(rows, sites)),
          startToyEngine([{ division: '100000', platform: whole }]),
        ]);
        try {
          for (const question of QUESTIONS) {
            const [spreadOut, together] = await Promise.all([many.ask(question), one.ask(question)]);
            expect(spreadOut.errors).toEqual([]);
            expect(spreadOut.data).toEqual(together.data);
          }
        } finally {
          await Promise.all([many.close(), one.close()]);
        }
      }),
      { numRuns: 25 },
    );
  });

  test('pages of any size give every row once, in order, over any distribution', async () => {
    await fc.assert(
      fc.asyncProperty(rowsArbitrary, sitesArbitrary, fc.integer({ min: 1, max: 7 }), async (rows, sites, first) => {
        const engine = await startToyEngine(spread(rows, sites));
        try {
          const seen: unknown[] = [];
          let after: string | null = null;
          for (let more = true; more; ) {
            const page: Page = (await engine.ask(PAGES, { variables: { first, after } })).data as unknown as Page;
            seen.push(...page.rows.nodes.map(({ id }) => id));
            more = page.rows.pageInfo.hasNextPage;
            after = page.rows.pageInfo.endCursor;
          }
          const all = (await engine.ask('{ rows(first: 500) { nodes { id } } }')).data as unknown as Page;
          expect(seen).toEqual(all.rows.nodes.map(({ id }) => id));
          expect(seen.length).toBe(rows.length);
        } finally {
          await engine.close();
        }
      }),
      { numRuns: 25 },
    );
  });
});

const PAGES =
  'query($first: Int, $after: String) { rows(first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }';
interface Page {
  rows: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}

describe('containment', () => {
  const callers = fc.constantFrom('420000', '420100', '110000', '110102', '110102020', '429004');

  test('the gateway calls no platform out of scope, and gives each its own part of the scope alone', async () => {
    await fc.assert(
      fc.asyncProperty(rowsArbitrary, sitesArbitrary, callers, async (rows, sites, caller) => {
        const placed = spread(rows, sites);
        for (const { platform } of placed) platform.calls.length = 0;
        const engine = await startToyEngine(placed);
        const answer = await engine.ask('{ list { id division { code } } }', {
          rights: rightsWithin(regionOf(caller), caller),
        });
        await engine.close();
        const list = (answer.data as { list: { division: { code: string } }[] }).list;
        expect(list.length).toBe(rows.filter(({ division }) => containsDivision(regionOf(caller), division)).length);
        expect(list.every(({ division }) => containsDivision(regionOf(caller), division.code))).toBe(true);
        for (const { division, platform } of placed) {
          for (const { claims } of platform.calls) {
            const scope = claims!.scope;
            for (const code of DIVISIONS) {
              const reach = scope.some((_, i) => i % 2 === 0 && code >= scope[i]! && code < scope[i + 1]!);
              expect(reach).toBe(
                containsDivision(partOf(division, sites), code) && containsDivision(regionOf(caller), code),
              );
            }
          }
        }
      }),
      { numRuns: 25 },
    );
  });
});
