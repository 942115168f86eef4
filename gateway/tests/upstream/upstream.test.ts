/** A gateway is a platform: a tree of real gateways answers as the flat network of the same platforms. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { containsDivision, createId, regionOf } from '@yiwang/schema';
import { measureDeadline } from '../support/measure-deadline.ts';
import { createSigner, type LowerGateway, type Signer, startLowerGateway } from '../support/toys/lower-gateway.ts';
import type { Row } from '../support/toys/toy-data.ts';
import {
  LAYERED_SUPERGRAPH,
  type PlacedPlatform,
  rightsWithin,
  startToyEngine,
  type ToyAnswer,
  type ToyEngine,
} from '../support/toys/toy-engine.ts';
import { type Behaviour, startToyPlatform, type ToyPlatform } from '../support/toys/toy-platform.ts';

/** Wuhan is a gateway below Hubei's; Wuchang runs its own platform below Wuhan's. */
const SITES = ['420100', '420106', '420500', '110101', '110102'] as const;
const DIVISIONS = ['420102001', '420106003', '420502001', '110101001', '110102020', '110102020001'];

/** Time enough on a machine that is busy: only a test of what hangs waits for the end of it. */
const DEADLINE_MS = 20_000;
const HANG_LEAST_MS = 4_000;
const LIMITS = {
  breakerFailures: 1_000,
  platformDeadlineMs: DEADLINE_MS,
  operationDeadlineMs: DEADLINE_MS,
  platformResponseBytesMax: 100_000,
};

let ministry: Signer;
let toys: Map<string, ToyPlatform>;
let relays: LowerGateway[];
let flat: ToyEngine;
let tree: ToyEngine;

const toy = (site: (typeof SITES)[number]): ToyPlatform => toys.get(site)!;

beforeAll(async () => {
  ministry = await createSigner();
  const hubeiSigner = await createSigner();
  toys = new Map(await Promise.all(SITES.map(async (site) => [site, await startToyPlatform()] as const)));
  const placed = (division: (typeof SITES)[number]): PlacedPlatform => ({ division, platform: toy(division) });
  const wuhan = await startLowerGateway({
    division: '420100',
    placed: [placed('420100'), placed('420106')],
    above: hubeiSigner,
    limits: LIMITS,
  });
  const hubei = await startLowerGateway({
    division: '420000',
    placed: [{ division: '420100', platform: wuhan }, placed('420500')],
    above: ministry,
    own: hubeiSigner,
    limits: LIMITS,
  });
  const beijing = await startLowerGateway({
    division: '110000',
    placed: [placed('110101'), placed('110102')],
    above: ministry,
    limits: LIMITS,
  });
  relays = [hubei, wuhan, beijing];
  const world = { signPassport: ministry.signPassport };
  flat = await startToyEngine(SITES.map(placed), LIMITS, world);
  tree = await startToyEngine(
    [
      { division: '420000', platform: hubei },
      { division: '110000', platform: beijing },
    ],
    LIMITS,
    world,
  );
}, 120_000);

beforeEach(() => {
  for (const platform of toys.values()) {
    platform.rows = [];
    platform.behaviour = { kind: 'well' };
    platform.calls.length = 0;
  }
});

afterAll(async () => {
  await Promise.all([flat.close(), tree.close(), ...relays.map((relay) => relay.close())]);
  await Promise.all([ministry.close(), ...[...toys.values()].map((platform) => platform.close())]);
});

const row = (division: string, serial: number, kind = 'A', size: number | null = serial): Row => ({
  id: createId(division, 'R', serial),
  division,
  kind,
  size,
  at: `2026-0${(serial % 3) + 1}`,
});

const PARTS: Readonly<Record<string, (division: string) => boolean>> = {
  '420106': (division) => containsDivision(regionOf('420106'), division),
  '420100': (division) =>
    containsDivision(regionOf('420100'), division) && !containsDivision(regionOf('420106'), division),
  '420500': (division) => containsDivision(regionOf('420500'), division),
  '110101': (division) => containsDivision(regionOf('110101'), division),
  '110102': (division) => containsDivision(regionOf('110102'), division),
};

function spread(rows: readonly Row[]): void {
  for (const site of SITES) toy(site).rows = rows.filter(({ division }) => PARTS[site]!(division));
}

const ROWS = DIVISIONS.flatMap((division, i) => [row(division, i + 1), row(division, i + 21, i % 2 ? 'B' : 'C')]);

/** Coverage without what differs from one asking to the next. */
function coverageOf({ coverage }: ToyAnswer) {
  if (!coverage) return undefined;
  const entries = coverage.platforms.map(({ platform, division, status, path, reason }) =>
    JSON.stringify({ platform, division, status, path, reason: reason?.replace(/within \d+ ms/, 'in time') }),
  );
  return { ...coverage, platforms: entries.sort() };
}

function errorsOf({ errors }: ToyAnswer) {
  return errors
    .map(({ message, path, extensions }) =>
      JSON.stringify({ message: message.replace(/within \d+ ms/, 'in time'), path, extensions }),
    )
    .sort();
}

async function expectSame(question: string, options: Parameters<ToyEngine['ask']>[1] = {}) {
  const asking = { explain: true, deadlineMs: DEADLINE_MS, ...options };
  const [below, beside] = [await tree.ask(question, asking), await flat.ask(question, asking)];
  expect(below.data).toEqual(beside.data);
  expect(coverageOf(below)).toEqual(coverageOf(beside));
  expect(errorsOf(below)).toEqual(errorsOf(beside));
  expect(below.withheld).toEqual(beside.withheld);
  return below;
}

const STATISTICS = 'key { division { code } kind } counts { rows size } rates { big { numerator denominator value } }';
const QUESTIONS = [
  '{ rows(first: 4) { totalCount nodes { id size } edges { node { kind } } pageInfo { hasNextPage } } }',
  '{ rows(within: "42", first: 100, orderBy: SIZE_ASC) { nodes { id } } more: rows(first: 1) { totalCount } }',
  '{ row(id: "420106003-R-2") { kind division { code statistics { counts { rows } } } } }',
  '{ list { id kind division { code } } inHubei: list(within: "420000") { id } }',
  '{ total whole smallest latest share { value numerator denominator } standard }',
  '{ list { id division { code whole } } inHubei: whole(within: "42") }',
  '{ big: share(within: "1101") { v: value } few: total(within: "420500") }',
  `{ statistics { ${STATISTICS} } }`,
  `{ statistics(groupBy: "DIVISION") { ${STATISTICS} } }`,
  `{ statistics(groupBy: "KIND", orderBy: { by: "rates.big", direction: ASC }, top: 2) { key { kind } } }`,
  `{ statistics(groupBy: "DIVISION", orderBy: { by: "counts.size" }, top: 3) { key { division { code } } } }`,
  '{ corners { kind rows quadrant rank } }',
  `{ list(within: "110102020") { division { statistics(groupBy: "KIND") { ${STATISTICS} } } } }`,
  '{ list { id division { code statistics(top: 1) { counts { rows } } } } }',
];

async function idsOf(engine: ToyEngine, question: string, first: number): Promise<string[]> {
  const ids: string[] = [];
  let after: string | null = null;
  for (let more = true; more; ) {
    const { data, errors }: ToyAnswer = await engine.ask(question, {
      variables: { first, after },
      deadlineMs: DEADLINE_MS,
    });
    expect(errors).toEqual([]);
    const { rows } = data as {
      rows: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    };
    ids.push(...rows.nodes.map(({ id }) => id));
    more = rows.pageInfo.hasNextPage;
    after = rows.pageInfo.endCursor;
  }
  return ids;
}

describe('a tree of gateways', () => {
  test.each(QUESTIONS)('gives the data of the flat network: %s', async (question) => {
    spread(ROWS);
    const { errors, data } = await expectSame(question);
    expect(errors).toEqual([]);
    expect(data).not.toEqual({});
    for (const within of ['420000', '420106', '110000']) {
      await expectSame(question, { rights: rightsWithin(regionOf(within), within) });
    }
    await expectSame(question, { rights: { audience: 'open', classes: ['OPEN'], fingerprint: 'open' } });
  });

  test('passes the variables of the client on', async () => {
    spread(ROWS);
    const question =
      'query($top: Int!, $by: String, $in: DivisionCode) { list(within: $in) { division { statistics(top: $top, groupBy: $by) { counts { rows } } } } }';
    const { errors } = await expectSame(question, { variables: { top: 1, by: 'KIND', in: '4201' } });
    expect(errors).toEqual([]);
  });

  test('gives every row once, in order, in pages of any size', async () => {
    spread(ROWS);
    const question =
      'query($first: Int, $after: String) { rows(first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }';
    for (const first of [1, 3, 5]) {
      const [below, beside] = [await idsOf(tree, question, first), await idsOf(flat, question, first)];
      expect(below).toHaveLength(ROWS.length);
      expect(below).toEqual(beside);
    }
  });

  test('makes one call for each province at the top', async () => {
    spread(ROWS);
    const { coverage } = await tree.ask('{ total }', { explain: true, deadlineMs: DEADLINE_MS });
    expect(coverage).toMatchObject({ asked: 5, answered: 5, complete: false });
    expect(toy('420106').calls.map(({ claims }) => claims?.aud)).toEqual(['toy/420106']);
  });
});

const FAULTS: readonly [string, Behaviour, status: string][] = [
  ['hangs', { kind: 'hang' }, 'LATE'],
  ['breaks the connection off', { kind: 'reset' }, 'UNREACHABLE'],
  ['answers with status 500', { kind: 'status', status: 500, body: 'oops' }, 'FAILED'],
  ['refuses the passport', { kind: 'status', status: 401, body: '{}' }, 'REFUSED'],
  ['answers what is no JSON', { kind: 'status', status: 200, body: '<html>' }, 'NONCONFORMING'],
  ['answers too much', { kind: 'status', status: 200, body: `"${'x'.repeat(110_000)}"` }, 'NONCONFORMING'],
  ['answers with errors only', { kind: 'status', status: 200, body: '{"errors":[{"message":"secret"}]}' }, 'FAILED'],
  ['answers without the fields', { kind: 'change', change: () => ({}) }, 'NONCONFORMING'],
];

describe('a platform that fails below a gateway is reported as beside it', () => {
  const question =
    '{ total whole smallest list { id } rows { totalCount nodes { id } } statistics(groupBy: "DIVISION") { counts { rows } } standard }';

  test.each(FAULTS)('it %s', async (_name, behaviour, status) => {
    spread(ROWS);
    const well = () => Promise.all([tree, flat].map((engine) => engine.ask(question, { deadlineMs: DEADLINE_MS })));
    const deadlineMs = behaviour.kind === 'hang' ? await measureDeadline(well, HANG_LEAST_MS) : DEADLINE_MS;
    toy('420106').behaviour = behaviour;
    toy('110101').behaviour = behaviour;
    const { coverage, errors } = await expectSame(question, { deadlineMs });
    expect(coverage).toMatchObject({ asked: 5, answered: 3, complete: false });
    const listed = coverage?.platforms.filter((entry) => entry.status !== 'OK');
    expect(listed?.map((entry) => [entry.platform, entry.status]).sort()).toEqual([
      ['toy/110101', status],
      ['toy/420106', status],
    ]);
    expect(JSON.stringify(errors)).not.toContain('secret');
  });

  test('all platforms below one gateway fail: nullable fields are null, and every gap has an error', async () => {
    spread(ROWS);
    for (const site of ['110101', '110102'] as const) toy(site).behaviour = { kind: 'reset' };
    const rights = rightsWithin(regionOf('110000'), '110000');
    await expectSame(question, { rights });
    const { data } = await expectSame('{ smallest list { id } rows { nodes { id } } }', { rights });
    expect(data).toEqual({ smallest: null, list: [], rows: { nodes: [] } });
  });

  test('it fails in the second fetch: its error has the path of the entity', async () => {
    spread(ROWS);
    const behaviour: Behaviour = {
      kind: 'change',
      change: (data) => ('_entities' in data ? { _entities: null } : data),
    };
    toy('420106').behaviour = behaviour;
    toy('110102').behaviour = behaviour;
    const { coverage } = await expectSame('{ list { id division { code whole statistics { counts { rows } } } } }');
    expect(coverage).toMatchObject({ asked: 10, answered: 8 });
  });

  test('input that platforms refuse is one error, of the input', async () => {
    const body =
      '{"errors":[{"message":"\\"text\\" is too long","path":["total"],"extensions":{"code":"BAD_USER_INPUT"}}],"data":null}';
    for (const platform of toys.values()) platform.behaviour = { kind: 'status', status: 200, body };
    const { errors } = await expectSame('{ total }');
    expect(errors).toMatchObject([{ message: '"text" is too long', path: ['total'] }]);
  });

  test('`complete` fails an operation with a gap below a gateway', async () => {
    spread(ROWS);
    toy('420106').behaviour = { kind: 'reset' };
    expect((await tree.ask('{ total }', { completeness: 1, deadlineMs: DEADLINE_MS })).data).toBeNull();
    expect((await expectSame('{ total }', { completeness: 0.8 })).data).toEqual({ total: expect.any(Number) });
  });
});

describe('cursors through a tree', () => {
  const page =
    'query($after: String) { rows(first: 3, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }';
  const endCursorOf = ({ data }: ToyAnswer) =>
    (data as { rows: { pageInfo: { endCursor: string } } }).rows.pageInfo.endCursor;

  test('a platform that comes back below a gateway is STALE as beside it, with the same cursors', async () => {
    spread(ROWS);
    toy('420106').behaviour = { kind: 'reset' };
    toy('110102').behaviour = { kind: 'status', status: 500, body: '' };
    const first = await expectSame(page);
    for (const site of ['420106', '110102'] as const) toy(site).behaviour = { kind: 'well' };
    const second = await expectSame(page, { variables: { after: endCursorOf(first) } });
    const stale = ({ coverage }: ToyAnswer) =>
      coverage?.platforms.flatMap(({ platform, status }) => (status === 'STALE' ? platform : [])).sort();
    expect(stale(second)).toEqual(['toy/110102', 'toy/420106']);
    const third = await expectSame(page, { variables: { after: endCursorOf(second) } });
    expect(stale(third)).toEqual(['toy/110102', 'toy/420106']);
  });
});

describe('tiers', () => {
  test('of one province behind one gateway give the data that they give side by side', async () => {
    spread([row('420102001', 1), row('420106003', 2)]);
    const [city, province] = [toy('420100'), toy('420500')];
    province.rows = [row('420102001', 7), row('420500', 8)];
    const placed: PlacedPlatform[] = [
      { division: '420100', platform: city },
      { division: '420000', platform: province, tier: 'PROVINCIAL' },
    ];
    const supergraph = LAYERED_SUPERGRAPH;
    const gateway = await startLowerGateway({
      division: '420000',
      tier: 'PROVINCIAL',
      placed,
      above: ministry,
      limits: LIMITS,
      supergraph,
    });
    const world = { supergraph, signPassport: ministry.signPassport };
    const [beside, below] = [
      await startToyEngine(placed, LIMITS, world),
      await startToyEngine([{ division: '420000', platform: gateway, tier: 'PROVINCIAL' }], LIMITS, world),
    ];
    for (const question of [
      '{ list { id } total }',
      '{ row(id: "420102001-R-7") { size } }',
      '{ rows { nodes { id } } }',
    ]) {
      for (const behaviour of [{ kind: 'well' }, { kind: 'reset' }] as const) {
        province.behaviour = behaviour;
        const asking = { explain: true, deadlineMs: DEADLINE_MS };
        const [left, right] = [await beside.ask(question, asking), await below.ask(question, asking)];
        expect(right.data).toEqual(left.data);
        expect(coverageOf(right)?.platforms).toEqual(coverageOf(left)?.platforms);
      }
    }
    await Promise.all([beside.close(), below.close(), gateway.close()]);
  });
});
