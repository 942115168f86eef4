/** Pages in shares through a tree of real gateways equal those of the flat network. */
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createSigner, type LowerGateway, type Signer, startLowerGateway } from '../support/toys/lower-gateway.ts';
import { askPage, inPageOrder, isRefill, type ManyToys, rowOf, startManyToys } from '../support/toys/many-toys.ts';
import { LAYERED_SUPERGRAPH, startToyEngine, type ToyAnswer, type ToyEngine } from '../support/toys/toy-engine.ts';

const PROVINCES = ['320000', '330000', '420000', '440000'];
const CITIES = PROVINCES.flatMap((province) => [1, 2, 3].map((n) => `${province.slice(0, 2)}0${n}00`));
const [A, B] = CITIES as [string, string];
/** Time enough on a machine that is busy. */
const LIMITS = { platformDeadlineMs: 20_000, operationDeadlineMs: 20_000, breakerFailures: 1_000 };
const PATIENT = { deadlineMs: 20_000 };
const times = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

/** Hands requests on to a gateway, until it is told to break off those that ask for more. */
interface Wire {
  readonly url: string;
  isCut: boolean;
  /** Requests that asked for more of a page. */
  refills: number;
  close(): Promise<void>;
}

let toys: ManyToys;
let ministry: Signer;
let relays: LowerGateway[];
let wires: Wire[];
let tree: ToyEngine;
let flat: ToyEngine;

beforeAll(async () => {
  toys = await startManyToys(CITIES);
  ministry = await createSigner();
  relays = await Promise.all(
    PROVINCES.map((division) =>
      startLowerGateway({
        division,
        placed: toys.placed.filter((place) => place.division.startsWith(division.slice(0, 2))),
        above: ministry,
        limits: LIMITS,
      }),
    ),
  );
  wires = await Promise.all(relays.map(({ url }) => startWire(url)));
  const world = { signPassport: ministry.signPassport };
  const above = PROVINCES.map((division, i) => ({ division, platform: wires[i]! }));
  [tree, flat] = await Promise.all([
    startToyEngine(above, LIMITS, world),
    startToyEngine(toys.placed, { ...LIMITS, pageShareMin: 100 }, world),
  ]);
}, 120_000);

afterAll(async () => {
  await Promise.all([tree.close(), flat.close(), ...wires.map((wire) => wire.close())]);
  await Promise.all(relays.map((relay) => relay.close()));
  await Promise.all([ministry.close(), toys.close()]);
});

async function startWire(url: string): Promise<Wire> {
  const server: Server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { query, variables = {} } = JSON.parse(body.toString());
    if (isRefill({ query, variables, claims: undefined })) {
      wire.refills++;
      if (wire.isCut) return void incoming.socket.destroy();
    }
    const { host: _host, ...headers } = incoming.headers;
    request(url, { method: 'POST', headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
    }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const wire: Wire = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/platform`,
    isCut: false,
    refills: 0,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return wire;
}

function comparable({ data, errors, coverage }: ToyAnswer) {
  const platforms = coverage?.platforms
    .map(({ platform, division, status, path, reason }) => ({ platform, division, status, path, reason }))
    .sort((a, b) => (a.platform < b.platform ? -1 : 1));
  return { data, errors: errors.map(({ message }) => message), coverage: coverage && { ...coverage, platforms } };
}

const listed = ({ coverage }: ToyAnswer) =>
  coverage?.platforms.flatMap(({ platform, status }) => (status === 'OK' ? [] : [[platform, status]])).sort();

const rowsArbitrary = fc
  .array(
    fc.record({
      city: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(A, B) }, fc.constantFrom(...CITIES)),
      size: fc.option(fc.integer({ min: 0, max: 60 }), { nil: null, freq: 12 }),
    }),
    { minLength: 40, maxLength: 90, size: 'max' },
  )
  .map((rows) => rows.map(({ city, size }, i) => rowOf(city, i + 1, size)));

/**
 * The first 12 of A are the first of all; its province is asked for 11 of a page of 20, and A itself for 9 of those.
 */
const OF_A = times(30).map((n) => rowOf(A, n, 100 - n));
const OF_OTHERS = CITIES.slice(1).map((city, i) => rowOf(city, 1, 50 - i));

describe('pages through a tree of gateways', () => {
  test('of random rows equal whole pages over the flat network, with the same cursors, coverage and errors', async () => {
    for (const wire of wires) wire.refills = 0;
    await fc.assert(
      fc.asyncProperty(rowsArbitrary, fc.integer({ min: 9, max: 30 }), async (rows, first) => {
        toys.spread(rows);
        const seen: string[] = [];
        let after: string | null = null;
        for (let more = true; more; ) {
          const page = await askPage(tree, first, after, PATIENT);
          expect(comparable(page.answer)).toEqual(comparable((await askPage(flat, first, after, PATIENT)).answer));
          seen.push(...page.ids);
          more = page.hasNextPage;
          after = page.endCursor;
        }
        expect(seen).toEqual(inPageOrder(rows).map(({ id }) => id));
      }),
      { numRuns: 10 },
    );
    expect(wires[0]!.refills).toBeGreaterThan(5);
  });

  test('count a city once, however often its gateway calls it', async () => {
    toys.spread([...OF_A, ...OF_OTHERS]);
    const { answer } = await askPage(tree, 20, null, PATIENT);
    // Nine and two more for the eleven that its province is asked for, eight and one more for the nine that it is asked
    // for again.
    expect(toys.of(A).calls.map(({ variables }) => variables.__yw_first_0)).toEqual([9, 2, 8, 1]);
    expect(answer.coverage).toMatchObject({ asked: 12, answered: 12, complete: false });
  });

  test('list a city once that fails on the second call, and STALE on the page after', async () => {
    toys.spread([...OF_A, ...OF_OTHERS]);
    let calls = 0;
    toys.of(A).behaviour = {
      kind: 'by-call',
      of: () => (++calls > 2 ? { kind: 'status', status: 500, body: '' } : { kind: 'well' }),
    };
    const { ids, answer, endCursor } = await askPage(tree, 20, null, PATIENT);
    expect(ids).toEqual(
      inPageOrder([...OF_A.slice(0, 11), ...OF_OTHERS])
        .slice(0, 20)
        .map(({ id }) => id),
    );
    expect(listed(answer)).toEqual([[`toy/${A}`, 'FAILED']]);
    expect(answer.coverage).toMatchObject({ asked: 12, answered: 11 });
    expect(answer.errors.map(({ path, extensions }) => [path, extensions.platform])).toEqual([[['rows'], `toy/${A}`]]);
    toys.of(A).behaviour = { kind: 'well' };
    expect(listed((await askPage(tree, 20, endCursor, PATIENT)).answer)).toEqual([[`toy/${A}`, 'STALE']]);
  });

  test('list a gateway that fails on the second call beside its cities, which are STALE on the page after', async () => {
    toys.spread([...OF_A, ...OF_OTHERS]);
    wires[0]!.isCut = true;
    const { ids, answer, endCursor } = await askPage(tree, 20, null, PATIENT);
    wires[0]!.isCut = false;
    expect(ids.slice(0, 11)).toEqual(OF_A.slice(0, 11).map(({ id }) => id));
    expect(listed(answer)).toEqual([['toy/320000', 'UNREACHABLE']]);
    expect(answer.coverage).toMatchObject({ asked: 13, answered: 12 });
    const { answer: next } = await askPage(tree, 20, endCursor, PATIENT);
    expect(listed(next)).toEqual(CITIES.slice(0, 3).map((city) => [`toy/${city}`, 'STALE']));
  });

  test('know by tier what a gateway answers for if each tier has its own rows', async () => {
    const supergraph = LAYERED_SUPERGRAPH;
    const isBelow = ({ division }: { division: string }) => division.startsWith('32');
    const gateway = await startLowerGateway({
      division: '320000',
      tier: 'PROVINCIAL',
      placed: toys.placed.filter(isBelow),
      above: ministry,
      limits: LIMITS,
      supergraph,
    });
    const wire = await startWire(gateway.url);
    const layered = await startToyEngine(
      [{ division: '320000', platform: wire, tier: 'PROVINCIAL' }, ...toys.placed.filter((place) => !isBelow(place))],
      LIMITS,
      { supergraph, signPassport: ministry.signPassport },
    );
    try {
      toys.spread([...OF_A, ...OF_OTHERS]);
      wire.isCut = true;
      const { answer, endCursor } = await askPage(layered, 20, null, PATIENT);
      expect(listed(answer)).toEqual([['toy-provincial/320000', 'UNREACHABLE']]);
      wire.isCut = false;
      const { answer: next } = await askPage(layered, 20, endCursor, PATIENT);
      expect(listed(next)).toEqual(CITIES.slice(0, 3).map((city) => [`toy/${city}`, 'STALE']));
    } finally {
      await Promise.all([layered.close(), gateway.close(), wire.close()]);
    }
  });
});
