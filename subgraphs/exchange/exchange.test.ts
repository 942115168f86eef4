import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCreditCode, type PassportClaims } from '@yiwang/schema';
import { type AskOptions, startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import pg from 'pg';
import { type DirectoryEntry, recordHealthChecks, replaceDirectory } from './directory/directory.ts';
import { exchange } from './module.ts';

let platform: TestPlatform;
let owner: pg.Client;

const FIRE = createCreditCode('11', '420100', 'MB000001');
const WATER = createCreditCode('11', '420100', 'MB000002');
const BEIJING = createCreditCode('11', '110000', 'MB000003');

const ENTRIES: readonly DirectoryEntry[] = [
  entry('national/100000', ['national', 'provincial', 'supervision']),
  entry('provincial/420000', ['provincial', 'supervision']),
  entry('municipal/420100', ['municipal', 'supervision']),
  entry('municipal/429004', ['municipal', 'supervision']),
  entry('municipal/110000', ['municipal', 'supervision']),
  entry('municipal/110102', ['municipal', 'supervision']),
  entry('municipal/110102020', ['municipal', 'supervision']),
];

function entry(id: string, subgraphs: readonly string[]): DirectoryEntry {
  const division = id.slice(id.indexOf('/') + 1);
  return {
    id,
    name: `platform of ${division}`,
    tier: 'MUNICIPAL',
    division,
    subgraphs,
    url: 'http://127.0.0.1:9/graphql',
  };
}

beforeAll(async () => {
  platform = await startTestPlatform({
    modules: [exchange],
    identity: { id: 'exchange/100000', tier: 'NATIONAL', division: '100000' },
  });
  owner = new pg.Client({ connectionString: platform.ownerUrl });
  await owner.connect();
  await replaceDirectory(owner, ENTRIES, '1');
  await platform.seed(`
    insert into catalogue_entries values
      ('municipal/Case', '网格案件', '案件的办理过程', '${FIRE}', 'CONDITIONAL', 'DAILY'),
      ('municipal/Facility', '便民设施', '公共厕所_停车场', '${BEIJING}', 'UNCONDITIONAL', 'WEEKLY'),
      ('national/Division', '行政区划', '代码和名称', '${BEIJING}', 'UNCONDITIONAL', 'YEARLY');
    insert into catalogue_fields values
      ('municipal/Case', 2, 'Case.status', 'SHARED', 'CONDITIONAL', '按批准的用途'),
      ('municipal/Case', 1, 'Case.id', 'SHARED', 'CONDITIONAL', '按批准的用途'),
      ('municipal/Facility', 1, 'Facility.name', 'OPEN', 'UNCONDITIONAL', '无条件'),
      ('national/Division', 1, 'Division.code', 'OPEN', 'UNCONDITIONAL', '无条件');
    insert into grants values
      ('420100-GR-1', '${FIRE}', '${WATER}', 'hydrants', '{Component.longitude}', '{420100}', '2026-01-01', '2026-12-31', 'GRANTED', null, '2025-12-01T00:00:00+08:00'),
      ('420100-GR-2', '${WATER}', '${BEIJING}', 'rivers', '{Alarm.value}', '{110000}', '2026-02-01', '2026-12-31', 'REFUSED', 'too wide', '2026-01-01T00:00:00+08:00'),
      ('110000-GR-3', '${BEIJING}', '${BEIJING}', 'own', '{Alarm.value}', '{110000}', '2026-02-01', '2026-12-31', 'GRANTED', null, '2026-01-02T00:00:00+08:00');
    insert into grant_parties values
      ('420100-GR-1', 'GRANTEE', '${FIRE}', '420100'), ('420100-GR-1', 'PROVIDER', '${WATER}', '420100'),
      ('420100-GR-2', 'GRANTEE', '${WATER}', '420100'), ('420100-GR-2', 'PROVIDER', '${BEIJING}', '110000'),
      ('110000-GR-3', 'GRANTEE', '${BEIJING}', '110000'), ('110000-GR-3', 'PROVIDER', '${BEIJING}', '110000');
    insert into apps values
      ('app', '420100', 'map', 'Someone', 'open', 'ACTIVE', repeat('a', 64), '2026-01-15T09:00:00+08:00'),
      ('other', '110000', 'parking', 'Another', 'open', 'REVOKED', repeat('b', 64), '2026-01-15T09:00:00+08:00');`);
});

afterAll(async () => {
  await owner.end();
  await platform.close();
});

async function ask(query: string, options: AskOptions = {}) {
  const { data, errors } = await platform.ask(query, options);
  expect(errors).toEqual([]);
  return data;
}

function caller(claims: Partial<PassportClaims>): AskOptions {
  return { passport: claims };
}

const WUHAN: Partial<PassportClaims> = { tier: 'MUNICIPAL', division: '420100', scope: ['4201', '4202'] };

describe('me', () => {
  test('me shows the claims of the passport', async () => {
    const query = '{ me { subject tier division { code } department { code } roles audience } }';
    const { me } = await ask(
      query,
      caller({ ...WUHAN, sub: 'fire', department: FIRE, roles: ['department'], audience: 'department' }),
    );
    expect(me).toEqual({
      subject: 'fire',
      tier: 'MUNICIPAL',
      division: { code: '420100' },
      department: { code: FIRE },
      roles: ['department'],
      audience: 'department',
    });
    const open = await ask(query, caller({ sub: 'app', tier: 'PUBLIC', audience: 'open', roles: [] }));
    expect(open.me).toMatchObject({ tier: 'PUBLIC', division: null, department: null });
  });
});

describe('platforms', () => {
  const ids = async (within: string | null, claims: Partial<PassportClaims> = {}) => {
    const data = await ask('query ($within: DivisionCode) { platforms(within: $within) { id } }', {
      variables: { within },
      ...caller(claims),
    });
    return data.platforms.map((row: { id: string }) => row.id);
  };

  test('platforms are those of the division asked and below, the caller’s own if none is named', async () => {
    expect(await ids('420000')).toEqual(['municipal/420100', 'provincial/420000', 'municipal/429004'].sort(byDivision));
    expect(await ids('110102')).toEqual(['municipal/110102', 'municipal/110102020']);
    expect(await ids(null, WUHAN)).toEqual(['municipal/420100']);
    expect(await ids(null)).toHaveLength(ENTRIES.length);
  });

  test('platforms of several divisions are listed once each', async () => {
    const { platforms } = await ask('{ platforms(withinAny: ["420100", "4201", "110102"]) { id } }');
    expect(platforms.map(({ id }: { id: string }) => id)).toEqual([
      'municipal/110102',
      'municipal/110102020',
      'municipal/420100',
    ]);
  });

  test('platforms beyond the caller’s scope are not there, whatever is asked', async () => {
    expect(await ids('100000', WUHAN)).toEqual(['municipal/420100']);
    expect(await ids('110000', WUHAN)).toEqual([]);
  });

  test('platforms are new at first, then as the last probe found them', async () => {
    const query = '{ platforms(within: "420000") { id subgraph subgraphs standardVersion state lastSeenAt } }';
    const before = await ask(query);
    expect(before.platforms[0]).toEqual({
      id: 'provincial/420000',
      subgraph: 'provincial',
      subgraphs: ['provincial', 'supervision'],
      standardVersion: '1',
      state: 'NEW',
      lastSeenAt: null,
    });
    const seenAt = new Date('2026-10-31T10:00:00+08:00');
    await recordHealthChecks(owner, [{ kind: 'online', id: 'municipal/420100', standardVersion: '2' }], seenAt);
    await recordHealthChecks(
      owner,
      [
        { kind: 'unreachable', id: 'municipal/420100' },
        { kind: 'online', id: 'provincial/420000', standardVersion: null },
      ],
      new Date('2026-10-31T10:00:05+08:00'),
    );
    const { platforms } = await ask(query);
    expect(platforms.map((row: object) => Object.values(row).slice(3))).toEqual([
      ['1', 'ONLINE', '2026-10-31T10:00:05+08:00'],
      ['2', 'UNREACHABLE', '2026-10-31T10:00:00+08:00'],
      ['1', 'NEW', null],
    ]);
  });

  test.each([
    ['2', 'CURRENT'],
    ['1', 'IN_FORCE'],
    ['0.9', 'UNKNOWN'],
  ])('a platform that states version %s stays in the directory as %s', async (standardVersion, standardStatus) => {
    const seenAt = new Date('2026-10-31T10:00:00+08:00');
    await recordHealthChecks(owner, [{ kind: 'online', id: 'municipal/420100', standardVersion }], seenAt);
    const { platforms } = await ask('{ platforms(within: "420100") { id standardVersion standardStatus } }');
    expect(platforms).toEqual([{ id: 'municipal/420100', standardVersion, standardStatus }]);
    await recordHealthChecks(owner, [{ kind: 'unreachable', id: 'municipal/420100' }], seenAt);
  });

  test('platforms that are listed anew keep their state, and those no longer listed go', async () => {
    const moved = ENTRIES.map((row) => ({ ...row, url: 'http://127.0.0.1:10/graphql' }));
    await replaceDirectory(owner, [...moved, entry('municipal/420600', ['municipal'])], '1');
    expect(await ids('420600')).toEqual(['municipal/420600']);
    await replaceDirectory(owner, ENTRIES, '1');
    expect(await ids('420600')).toEqual([]);
    const { platforms } = await ask('{ platforms(within: "420100") { state } }');
    expect(platforms).toEqual([{ state: 'UNREACHABLE' }]);
  });

  test('platforms that answer for a division are found by the longest prefix of its code', async () => {
    const expected: Readonly<Record<string, string | null>> = {
      '420106003': 'municipal/420100',
      '429004': 'municipal/429004',
      '429004001': 'municipal/429004',
      '429005': null,
      '429000': null,
      '420000': null,
      '100000': null,
      '110000': 'municipal/110000',
      '110100': 'municipal/110000',
      '110105001': 'municipal/110000',
      '110102': 'municipal/110102',
      '110102020': 'municipal/110102020',
      '110102020001': 'municipal/110102020',
      '110102019': 'municipal/110102',
    };
    expect(await answeringFor(Object.keys(expected))).toEqual(expected);
  });

  test('a platform of several divisions is listed under each of them, and answers for what they took over', async () => {
    const area = { ...entry('municipal/130629', ['municipal']), divisions: ['130629', '130632', '110118'] };
    await replaceDirectory(owner, [...ENTRIES, area], '1');
    const { platforms } = await ask('{ platforms(within: "130632") { id division { code } divisions { code } } }');
    expect(platforms).toEqual([
      {
        id: 'municipal/130629',
        division: { code: '130629' },
        divisions: ['130629', '130632', '110118'].map((code) => ({ code })),
      },
    ]);
    expect(await ids('130600')).toEqual(['municipal/130629']);
    expect(await ids('110118')).toEqual(['municipal/130629']);
    expect(await ids('130600', { tier: 'DISTRICT', division: '130632', scope: ['130632', '130633'] })).toEqual([
      'municipal/130629',
    ]);
    expect(await answeringFor(['130632', '130638', '110118', '110228001', '110229001'])).toEqual({
      '130632': 'municipal/130629',
      '130638': null,
      '110118': 'municipal/130629',
      '110228001': 'municipal/130629',
      '110229001': 'municipal/110000',
    });
    await replaceDirectory(owner, ENTRIES, '1');
  });

  test('platforms that answer for a division beyond the caller’s scope are not there, also where they are met', async () => {
    const codes = ['100000', '420000', '420100', '420106003', '110000', '110102020'];
    const { '420100': own, '420106003': below, ...beyond } = await answeringFor(codes, WUHAN);
    expect([own, below]).toEqual(['municipal/420100', 'municipal/420100']);
    expect(Object.values(beyond)).toEqual([null, null, null, null]);
    const district = { tier: 'DISTRICT', division: '420106', scope: ['420106', '420107'] } as const;
    expect(await answeringFor(['420106', '420100'], district)).toEqual({
      '420106': 'municipal/420100',
      '420100': null,
    });
  });

  async function answeringFor(codes: readonly string[], claims: Partial<PassportClaims> = {}) {
    const { _entities } = await ask(
      'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Division { code platform { id } } } }',
      { variables: { refs: codes.map((code) => ({ __typename: 'Division', code })) }, ...caller(claims) },
    );
    const found = _entities.map((row: { code: string; platform: { id: string } | null }) => [
      row.code,
      row.platform?.id ?? null,
    ]);
    return Object.fromEntries(found) as Record<string, string | null>;
  }
});

function byDivision(a: string, b: string): number {
  return a.split('/')[1]! < b.split('/')[1]! ? -1 : 1;
}

describe('catalogue', () => {
  const search = async (text: string) => {
    const { catalogue } = await ask('query ($text: String) { catalogue(search: $text) { nodes { id } totalCount } }', {
      variables: { text },
    });
    expect(catalogue.totalCount).toBe(catalogue.nodes.length);
    return catalogue.nodes.map((row: { id: string }) => row.id);
  };

  test('catalogue is searched by title, abstract and coordinate, and takes no wildcards', async () => {
    expect(await search('网格')).toEqual(['municipal/Case']);
    expect(await search('停车场')).toEqual(['municipal/Facility']);
    expect(await search('case.STATUS')).toEqual(['municipal/Case']);
    expect(await search('e_status')).toEqual([]);
    expect(await search('%')).toEqual([]);
    expect(await search(' ')).toHaveLength(3);
  });

  test('catalogue lists to the open audience what is open, and nothing else', async () => {
    const query = 'query ($text: String) { catalogue(search: $text) { totalCount nodes { id fields { dataClass } } } }';
    const open = { audience: 'open', classes: ['OPEN'], tier: 'PUBLIC' } as const;
    const { catalogue } = await ask(query, { passport: open });
    expect(catalogue.nodes.map(({ id }: { id: string }) => id)).toEqual(['municipal/Facility', 'national/Division']);
    expect(catalogue.nodes.flatMap(({ fields }: { fields: { dataClass: string }[] }) => fields)).toEqual([
      { dataClass: 'OPEN' },
      { dataClass: 'OPEN' },
    ]);
    const probed = await ask(query, { passport: open, variables: { text: 'Case.status' } });
    expect(probed.catalogue.totalCount).toBe(0);
  });

  test('catalogue goes page by page, with the fields in the order of the schema', async () => {
    const query = `query ($after: String) { catalogue(first: 2, after: $after) {
      nodes { id provider { code } sharing updateFrequency fields { coordinate dataClass sharing condition } }
      pageInfo { hasNextPage endCursor } } }`;
    const first = await ask(query);
    expect(first.catalogue.nodes[0]).toEqual({
      id: 'municipal/Case',
      provider: { code: FIRE },
      sharing: 'CONDITIONAL',
      updateFrequency: 'DAILY',
      fields: ['Case.id', 'Case.status'].map((coordinate) => ({
        coordinate,
        dataClass: 'SHARED',
        sharing: 'CONDITIONAL',
        condition: '按批准的用途',
      })),
    });
    const next = await ask(query, { variables: { after: first.catalogue.pageInfo.endCursor } });
    expect(next.catalogue.nodes.map((row: { id: string }) => row.id)).toEqual(['national/Division']);
    expect(next.catalogue.pageInfo.hasNextPage).toBe(false);
  });
});

describe('grants', () => {
  const ids = async (claims: Partial<PassportClaims>) => {
    const { grants } = await ask('{ grants { id } }', caller(claims));
    return grants.map((row: { id: string }) => row.id);
  };

  test('grants are shown to the departments that gave or were given them', async () => {
    const department: Partial<PassportClaims> = { ...WUHAN, audience: 'department' };
    expect(await ids({ ...department, department: FIRE })).toEqual(['420100-GR-1']);
    expect(await ids({ ...department, department: WATER })).toEqual(['420100-GR-2', '420100-GR-1']);
    expect(await ids(department)).toEqual([]);
  });

  test('grants are shown to supervisors of either side’s division, and to nobody else', async () => {
    expect(await ids({})).toEqual(['110000-GR-3', '420100-GR-2', '420100-GR-1']);
    expect(await ids(WUHAN)).toEqual(['420100-GR-2', '420100-GR-1']);
    expect(await ids({ division: '110000', scope: ['11', '12'] })).toEqual(['110000-GR-3', '420100-GR-2']);
    expect(await ids({ division: '420500', scope: ['4205', '4206'] })).toEqual([]);
    // A passport that names a department of another city opens nothing there.
    expect(await ids({ ...WUHAN, audience: 'department', department: BEIJING })).toEqual([]);
  });

  test('grants say who, what, where, for what and how long', async () => {
    const { grants } = await ask(
      `{ grants { id grantee { code } provider { code } purpose fields divisions { code } from until status reason appliedAt } }`,
      caller({ ...WUHAN, audience: 'department', department: FIRE }),
    );
    expect(grants).toEqual([
      {
        id: '420100-GR-1',
        grantee: { code: FIRE },
        provider: { code: WATER },
        purpose: 'hydrants',
        fields: ['Component.longitude'],
        divisions: [{ code: '420100' }],
        from: '2026-01-01',
        until: '2026-12-31',
        status: 'GRANTED',
        reason: null,
        appliedAt: '2025-12-01T00:00:00+08:00',
      },
    ]);
  });
});

test('apps are those of the divisions in reach, without their keys', async () => {
  const { apps } = await ask('{ apps { id name owner division { code } audience state createdAt } }', caller(WUHAN));
  expect(apps).toEqual([
    {
      id: 'app',
      name: 'map',
      owner: 'Someone',
      division: { code: '420100' },
      audience: 'open',
      state: 'ACTIVE',
      createdAt: '2026-01-15T09:00:00+08:00',
    },
  ]);
  const { status } = await platform.ask('{ apps { keyDigest } }');
  expect(status).toBe(400);
});

test('grants and apps of others are not there with row security off either', async () => {
  const tables = ['grants', 'grant_parties', 'apps'];
  for (const table of tables) await owner.query(`alter table ${table} disable row level security`);
  try {
    const { grants, apps } = await ask('{ grants { id } apps { id } }', caller(WUHAN));
    expect(grants.map(({ id }: { id: string }) => id)).toEqual(['420100-GR-2', '420100-GR-1']);
    expect(apps).toEqual([{ id: 'app' }]);
    const elsewhere = caller({ division: '420500', scope: ['4205', '4206'] });
    expect(await ask('{ grants { id } apps { id } }', elsewhere)).toEqual({ grants: [], apps: [] });
  } finally {
    for (const table of tables) await owner.query(`alter table ${table} enable row level security`);
  }
});
