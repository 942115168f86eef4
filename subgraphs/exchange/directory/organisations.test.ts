import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCreditCode, REFERENCE_VERSION_HEADER } from '@yiwang/schema';
import { startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import pg from 'pg';
import { exchange } from '../module.ts';
import { parseOrganisations, readOrganisationsFile, storeOrganisations } from './organisations.ts';

const codeOf = (serial: number): string => createCreditCode('11', '100000', `MB00000${serial}`);
const MINISTRY = codeOf(1);
const CITY = codeOf(2);
const OLD = codeOf(3);
const ROWS = [
  { code: MINISTRY, name: '部', division: '100000', serves: ['100000'], tier: 'NATIONAL' },
  { code: CITY, name: '局', division: '420100', serves: ['420100'], tier: 'MUNICIPAL', parent: MINISTRY },
  {
    ...{ code: OLD, name: '旧局', division: '420100', serves: ['420100'], tier: 'MUNICIPAL' },
    ...{ validTo: '2019-03-01', successor: CITY },
  },
];
const changed = (index: number, change: object) => ROWS.map((row, i) => (i === index ? { ...row, ...change } : row));

describe('a file of organisations', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yiwang-organisations-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('a file of organisations is read from where the environment says, and may be missing', () => {
    const file = join(folder, 'organisations.json');
    writeFileSync(file, JSON.stringify({ organisations: ROWS }));
    expect(readOrganisationsFile({ YIWANG_ORGANISATIONS: file })).toHaveLength(3);
    expect(readOrganisationsFile({})).toBeUndefined();
    writeFileSync(file, '{');
    expect(() => readOrganisationsFile({ YIWANG_ORGANISATIONS: file })).toThrow(/YIWANG_ORGANISATIONS is ".*json"/);
  });

  test.each<[string, unknown, RegExp]>([
    ['without a list', {}, /expected a list of "organisations"/],
    ['with a wrong check digit', changed(0, { code: `${MINISTRY.slice(0, 17)}?` }), /organisations\[0\]: "code"/],
    ['without a name', changed(1, { name: ' ' }), /organisations\[1\]: "name"/],
    ['with a tier that is none', changed(1, { tier: 'PUBLIC' }), /"tier": expected one of NATIONAL/],
    ['with a row twice', [...ROWS, ROWS[0]], /is listed more than once/],
    [
      'with a superior that is not listed',
      changed(1, { parent: createCreditCode('11', '110000', 'MB000009') }),
      /the parent of .* is not listed/,
    ],
    [
      'with a successor that is not listed',
      ROWS.slice(0, 1).concat(ROWS.slice(2)),
      /the successor of .* is not listed/,
    ],
    ['with a circle of superiors', changed(0, { parent: CITY }), /leads itself/],
  ])('a file of organisations %s is refused', (_what, organisations, fault) => {
    const content = Array.isArray(organisations) ? { organisations } : organisations;
    expect(() => parseOrganisations(content)).toThrow(fault);
  });
});

describe('the stored directory', () => {
  let platform: TestPlatform;
  let owner: pg.Client;
  beforeAll(async () => {
    platform = await startTestPlatform({
      modules: [exchange],
      identity: { id: 'exchange/100000', tier: 'NATIONAL', division: '100000' },
      limits: { referenceVersionMs: 0 },
    });
    owner = new pg.Client({ connectionString: platform.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await platform.close();
  });

  const store = (organisations: readonly unknown[]) => storeOrganisations(owner, parseOrganisations({ organisations }));
  const version = async () => {
    const { headers } = await platform.ask('{ organisations(first: 0) { pageInfo { hasNextPage } } }');
    return headers.get(REFERENCE_VERSION_HEADER);
  };

  test('a directory is stored with its links, changes by row, and has a new version only if something changed', async () => {
    expect(await store(ROWS)).toBe(3);
    const first = await version();
    expect(await store(ROWS)).toBe(0);
    expect(await version()).toBe(first);
    expect(await store(changed(1, { name: '新局', serves: ['420100', '420106'] }))).toBe(1);
    expect(await version()).not.toBe(first);
    const { data } = await platform.ask(
      '{ organisations { nodes { name serves { code } parent { code } successor { code } } } }',
    );
    expect(data.organisations.nodes).toEqual(
      [
        { code: MINISTRY, name: '部', serves: ['100000'], parent: null, successor: null },
        { code: CITY, name: '新局', serves: ['420100', '420106'], parent: MINISTRY, successor: null },
        { code: OLD, name: '旧局', serves: ['420100'], parent: null, successor: CITY },
      ]
        .sort((a, b) => (a.code < b.code ? -1 : 1))
        .map(({ name, serves, parent, successor }) => ({
          name,
          serves: serves.map((code) => ({ code })),
          parent: parent && { code: parent },
          successor: successor && { code: successor },
        })),
    );
  });

  test('an organisation that a file no longer lists is kept', async () => {
    await store(ROWS);
    expect(await store(ROWS.slice(0, 2))).toBe(0);
    const { data } = await platform.ask('{ organisations { totalCount } }');
    expect(data.organisations.totalCount).toBe(3);
  });
});
