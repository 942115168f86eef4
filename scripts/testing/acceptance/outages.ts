/** Outages of platforms with reference data. */
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { createAskAs, type GetNetwork } from './network-client.ts';

export function testOutages(network: GetNetwork): void {
  const askAs = createAskAs(network);
  describe('one platform of reference data', () => {
    const NAMES =
      '{ cases(first: 2) { totalCount nodes { id division { code name } category { name } } } me { subject } }';

    test('if national/100000 is down, cached reference data stand in and coverage says so', async () => {
      const id = 'national/100000';
      const whole = await askAs('hubei', NAMES);
      await network().stopPlatform(id);
      try {
        const answers = [];
        // The gateway does not fetch fresh entries again, so that the outage shows only after their time to live.
        do {
          await pause(1_000);
          answers.push(await askAs('hubei', NAMES));
        } while (answers.length < 45 && answers.at(-1)?.extensions?.coverage?.platforms.length === 0);
        for (const { data, errors } of answers) expect([data, errors]).toEqual([whole.data, undefined]);
        expect(answers.at(-1)?.extensions?.coverage?.platforms).toMatchObject([{ platform: id, status: 'STALE' }]);
      } finally {
        await network().startPlatform(id);
      }
    }, 90_000);

    test('if exchange/100000 is down, rows stay without its fields and coverage says so', async () => {
      const id = 'exchange/100000';
      const whole = await askAs('hubei', NAMES);
      await network().stopPlatform(id);
      try {
        const { data, errors, extensions } = await askAs('hubei', NAMES);
        expect(data.me).toBeNull();
        expect(data.cases.totalCount).toBe(whole.data.cases.totalCount);
        expect(data.cases.nodes.map(rowOf)).toEqual(whole.data.cases.nodes.map(rowOf));
        expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(new Set(['PLATFORM_UNREACHABLE']));
        expect(extensions?.coverage?.platforms).toMatchObject([{ platform: id, status: 'UNREACHABLE' }]);
      } finally {
        await network().startPlatform(id);
      }
      expect((await askAs('hubei', NAMES)).data).toEqual(whole.data);
    }, 60_000);

    const rowOf = ({ id, division }: { id: string; division: { code: string } }) => [id, division.code];
  });
}
