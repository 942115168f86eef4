/** Platforms on each version of PostgreSQL that Debian's packages installed on this machine. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { municipal } from '@yiwang/municipal';
import { national } from '@yiwang/national';
import { startPlatform } from '@yiwang/platform';
import { POSTGRES_VERSION_MIN } from '@yiwang/platform/database/migrate.ts';
import { PASSPORT_HEADER } from '@yiwang/schema';
import { createTestPassport, testPassportKeys } from '@yiwang/scripts/testing/platform.ts';
import pg from 'pg';
import { connectPostgres } from './connect.ts';
import { startPostgres } from './start-postgres.ts';

const VERSIONS = [14, 15, 16, 17].map((version) => ({ version, programs: `/usr/lib/postgresql/${version}/bin` }));
const OWNER = "create role owner login createdb createrole password 'owner'";

/** Starts a server of that version and passes its URL for an owner who is not a superuser. */
async function withServer<T>(programs: string, work: (databaseUrl: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'yiwang-version-test-'));
  await rm(folder, { recursive: true });
  const server = await startPostgres({ folder, programs, durable: false });
  try {
    const url = new URL(server.url('x'));
    url.pathname = '/postgres';
    const admin = new pg.Client({ connectionString: url.href });
    await admin.connect();
    await admin.query(OWNER);
    await admin.end();
    [url.username, url.password] = ['owner', 'owner'];
    return await work(url.href);
  } finally {
    await server.stop();
    await rm(server.folder, { recursive: true, force: true });
  }
}

describe.each(VERSIONS)('PostgreSQL $version', ({ version, programs }) => {
  if (!existsSync(join(programs, 'postgres'))) {
    test.skip(`is not installed here (${programs})`, () => undefined);
    return;
  }
  if (version < POSTGRES_VERSION_MIN) {
    test('is refused in one line', () =>
      withServer(programs, async (databaseUrl) => {
        await expect(connectPostgres({ databaseUrl })).rejects.toMatchObject({
          name: 'SetupError',
          message: expect.stringMatching(/^PostgreSQL \d+ at [^\n]* is too old; expected 15 or later$/),
        });
      }));
    return;
  }
  test('holds the platforms of two networks, each with a role of its own', () =>
    withServer(programs, async (databaseUrl) => {
      for (const network of ['one', 'two']) {
        const server = await connectPostgres({ databaseUrl, network });
        await server.createDatabase('municipal/420100');
        const platform = await startPlatform({
          identity: { id: 'municipal/420100', name: '武汉市', tier: 'MUNICIPAL', division: '420100' },
          modules: [municipal, national],
          databaseUrl: server.url('municipal/420100'),
          databaseRole: server.platformRole,
          passportKeys: await testPassportKeys(),
        });
        const response = await fetch(platform.url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            [PASSPORT_HEADER]: await createTestPassport('municipal/420100'),
          },
          body: JSON.stringify({
            query: '{ caseStatistics(period: "2026-10") { counts { open } } cases { totalCount nodes { id } } }',
          }),
        });
        expect(await response.json()).toEqual({
          data: { caseStatistics: [{ counts: { open: 0 } }], cases: { totalCount: 0, nodes: [] } },
        });
        await platform.close();
      }
    }));
});
