/** Law 2: no row outside the scope reaches the caller, even with only one of the layers. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { containsDivision, regionOf } from '@yiwang/schema';
import pg from 'pg';
import type { RunningNetwork } from '../../demo/network/start-network.ts';
import { rightsOf, startEngineOverNetwork } from './engine.ts';
import { type Answer, BROAD, createAskAs, divisionsIn, type GetNetwork, WAIT_MS } from './network-client.ts';

const CALLERS = [
  ['hubei', '420000'],
  ['beijing', '110000'],
  ['wuhan', '420100'],
  ['xiangyang', '420600'],
  ['dongcheng', '110101'],
  ['guangwai', '110102020'],
  ['wuhan-fire', '420100'],
] as const;

export function testContainment(network: GetNetwork): void {
  const askAs = createAskAs(network);
  describe('containment: no row outside the scope reaches the caller', () => {
    const answers = new Map<string, Answer>();

    beforeAll(async () => {
      for (const [identity] of CALLERS) answers.set(identity, await askAs(identity, BROAD));
    }, WAIT_MS);

    test.each(CALLERS)('all layers contain the rows of %s', (identity, division) => {
      const { data, errors } = answers.get(identity)!;
      expect(errors).toBeUndefined();
      const codes = divisionsIn(data);
      expect(codes.length).toBeGreaterThan(50);
      expect(codes.filter((code) => !containsDivision(regionOf(division), code))).toEqual([]);
    });

    test('a division outside the scope is refused, and a row outside it is not found', async () => {
      const hubei = answers.get('hubei')!.data.cases.nodes[0].id;
      const { data, errors } = await askAs(
        'beijing',
        `{ case(id: "${hubei}") { id } cases(within: "420100") { totalCount } }`,
      );
      expect(data.case).toBeNull();
      const directory = await askAs('beijing', '{ platforms(within: "420100") { id } me { audience } }');
      expect(directory.data).toEqual({ platforms: [], me: { audience: 'supervisor' } });
      expect(directory.errors).toMatchObject([{ path: ['platforms'], extensions: { code: 'OUT_OF_SCOPE' } }]);
      expect(errors).toMatchObject([{ path: ['cases'], extensions: { code: 'OUT_OF_SCOPE' } }]);
    });

    test(
      "with the platforms' row security off, the gateway alone",
      async () => {
        await setRowSecurity(network(), 'disable');
        try {
          for (const [identity] of CALLERS) {
            expect((await askAs(identity, BROAD)).data).toEqual(answers.get(identity)!.data);
          }
        } finally {
          await setRowSecurity(network(), 'enable');
        }
      },
      WAIT_MS,
    );

    test(
      "with the gateway's pruning off, the platforms alone",
      async () => {
        const unpruned = await startEngineOverNetwork(network(), { prune: false });
        try {
          for (const [identity, division] of CALLERS) {
            const { data } = await unpruned.ask(BROAD, rightsOf(identity, division));
            expect(data).toEqual(answers.get(identity)!.data);
          }
        } finally {
          await unpruned.close();
        }
      },
      WAIT_MS,
    );
  });
}

async function setRowSecurity({ network, databaseUrl }: RunningNetwork, verb: 'enable' | 'disable'): Promise<void> {
  for (const { id } of network.platforms) {
    const client = new pg.Client({ connectionString: databaseUrl(id) });
    await client.connect();
    try {
      const { rows } = await client.query(
        verb === 'disable'
          ? "select oid::regclass::text as name from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace"
          : 'select distinct polrelid::regclass::text as name from pg_policy',
      );
      for (const { name } of rows) await client.query(`alter table ${name} ${verb} row level security`);
    } finally {
      await client.end();
    }
  }
}
