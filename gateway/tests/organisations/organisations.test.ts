/** Organisations whose codes say nothing about where they are, through a real gateway over real platforms. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCreditCode, type Tier } from '@yiwang/schema';
import fc from 'fast-check';
import { caseRow, insertRows } from '../../../subgraphs/municipal/fixtures/rows.ts';
import type { Gateway } from '../../start/start-gateway.ts';
import {
  type DepartmentRecord,
  type OrganisationNetwork,
  startOrganisationNetwork,
} from '../support/organisation-network.ts';

const OWNERS = {
  '100000': ['national/100000', 'NATIONAL'],
  '420000': ['provincial/420000', 'PROVINCIAL'],
  '420100': ['municipal/420100', 'MUNICIPAL'],
  '420106': ['municipal/420100', 'DISTRICT'],
  '420106003': ['municipal/420100', 'STREET'],
  '420600': ['municipal/420600', 'MUNICIPAL'],
  '420602': ['municipal/420600', 'DISTRICT'],
} as const satisfies Readonly<Record<string, readonly [string, Tier]>>;
type Home = keyof typeof OWNERS;
const HOMES = Object.keys(OWNERS) as Home[];
/** Who registers has nothing to do with who runs, some of them beyond the network. */
const REGISTRARS = ['100000', '420000', '420100', '420106', '420602', '110000', '310115', '659001'] as const;

const record = (registrar: string, home: Home, serial: number, more: Partial<DepartmentRecord> = {}) => ({
  code: createCreditCode('11', registrar, `M${String(serial).padStart(7, '0')}`),
  ...{ name: `department ${serial}`, division: home, serves: [home], tier: OWNERS[home][1] },
  ...more,
});

const BUREAU = record('100000', '100000', 1, { name: '住房城乡建设部驻武汉专员办', serves: ['420100'] });
/** A district's department that the city registered, and the city's own of the same name. */
const DISTRICT = record('420100', '420106', 2, { name: '城市管理局' });
const CITY = record('420600', '420100', 3, { name: '城市管理局', parent: BUREAU.code });
const BRANCH = record('420000', '420000', 4, { name: '省水务集团襄阳分公司', serves: ['420600'] });
const ENDED = record('420100', '420602', 5, { name: '旧局', validTo: '2020-01-01', successor: CITY.code });
/** Of a city that has no platform. */
const YICHANG = { ...record('420500', '420600', 6), division: '420500', serves: ['420500'] };
const UNKNOWN = record('420100', '420100', 7).code;
const KNOWN = [BUREAU, DISTRICT, CITY, BRANCH, ENDED];

let network: OrganisationNetwork;
let serial = 1000;

async function register(records: readonly DepartmentRecord[]): Promise<void> {
  await network.store('exchange/100000', records);
  for (const [home, [platform]] of Object.entries(OWNERS)) {
    const own = records.filter(({ division }) => division === home);
    if (own.length > 0) await network.store(platform, own);
  }
  await network.gateway.reload();
}

beforeAll(async () => {
  network = await startOrganisationNetwork({ organisationsPollMs: 50 });
  await register([...KNOWN, YICHANG]);
  const named = (serial: number, department: string) =>
    caseRow(serial, { department, reported_at: `2026-10-0${serial}` });
  await insertRows(network.platforms.get('municipal/420100')!, 'cases', [
    ...[named(1, BUREAU.code), named(2, UNKNOWN), named(3, DISTRICT.code), named(4, BRANCH.code)],
  ]);
});

afterAll(() => network.close());

describe('departments are found by the directory', () => {
  test('each of a hundred departments, registered anywhere, is found at the platform of the division that runs it', async () => {
    const registered: DepartmentRecord[] = [];
    const departments = fc.array(
      fc
        .tuple(fc.constantFrom(...REGISTRARS), fc.constantFrom(...HOMES))
        .map(([registrar, home]) => ({ registrar, home })),
      { minLength: 20, maxLength: 20 },
    );
    await fc.assert(
      fc.asyncProperty(departments, async (places) => {
        const records = places.map(({ registrar, home }) => record(registrar, home, serial++));
        await register(records);
        registered.push(...records);
        const fields = records.map(
          ({ code }, i) => `d${i}: department(code: "${code}") { code name division { code } }`,
        );
        const { data, errors } = await network.ask(`{ ${fields.join('\n')} }`);
        expect(errors).toBeUndefined();
        expect(records.map((_, i) => data[`d${i}`])).toEqual(
          records.map(({ code, name, division }) => ({ code, name, division: { code: division } })),
        );
      }),
      { numRuns: 5 },
    );
    for (const home of HOMES) {
      const { data } = await network.ask(`{ departments(within: "${home}") { code division { code } } }`);
      const listed = data.departments.map(({ code }: { code: string }) => code);
      const own = registered.filter(({ division }) => division === home).map(({ code }) => code);
      expect(listed).toEqual(expect.arrayContaining(own));
      expect(new Set(listed).size).toBe(listed.length);
    }
    const { data } = await network.ask('{ departments(within: "420000") { code } }');
    const inHubei = [...registered, ...KNOWN].filter(({ division }) => division.startsWith('42'));
    expect(data.departments.map(({ code }: { code: string }) => code)).toEqual(inHubei.map(({ code }) => code).sort());
  });

  test('rows name departments of other tiers, and lead on to their superiors and successors', async () => {
    const { data, errors } = await network.ask(`{
      case(id: "420106003001-C-000001") { department { name tier division { code } serves { code } } }
      city: department(code: "${CITY.code}") { name parent { name tier } }
      ended: department(code: "${ENDED.code}") { name validTo successor { name division { code } } } }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      case: {
        department: {
          ...{ name: BUREAU.name, tier: 'NATIONAL', division: { code: '100000' }, serves: [{ code: '420100' }] },
        },
      },
      city: { name: CITY.name, parent: { name: BUREAU.name, tier: 'NATIONAL' } },
      ended: { name: '旧局', validTo: '2020-01-01', successor: { name: CITY.name, division: { code: '420100' } } },
    });
  });

  test('a code that the directory does not know has no department, and a row that names one says so', async () => {
    const { data, errors, extensions } = await network.ask(`{
      unknown: department(code: "${UNKNOWN}") { name }
      cases(within: "420100", first: 4) { nodes { id department { code name } } } }`);
    expect(data.unknown).toBeNull();
    const names = data.cases.nodes.map(({ department }: { department: { name: string } | null }) => department?.name);
    expect(names).toEqual([BRANCH.name, DISTRICT.name, undefined, BUREAU.name]);
    expect(errors).toEqual([
      expect.objectContaining({
        message: `the organisation directory does not know "${UNKNOWN}", which a row names`,
        path: ['cases', 'nodes', 2, 'department'],
        extensions: { code: 'NOT_FOUND' },
      }),
    ]);
    expect(extensions?.coverage?.complete).toBe(true);
  });

  test('a code with a wrong check digit is refused', async () => {
    const last = UNKNOWN.endsWith('0') ? '1' : '0';
    const { errors } = await network.ask(`{ department(code: "${UNKNOWN.slice(0, 17)}${last}") { name } }`);
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('a department of a city that has no platform is missing, and its division is said to be unserved', async () => {
    const { data, extensions } = await network.ask(`{ department(code: "${YICHANG.code}") { name } }`);
    expect(data.department).toBeNull();
    expect(extensions?.coverage).toMatchObject({ complete: false, unserved: ['420500'] });
  });

  test('two organisations with one name are told apart by their divisions', async () => {
    const { data } = await network.ask(
      '{ organisations(search: "城市管理局") { nodes { code division { code } department { tier } } } }',
    );
    const expected = [
      { code: DISTRICT.code, division: { code: '420106' }, department: { tier: 'DISTRICT' } },
      { code: CITY.code, division: { code: '420100' }, department: { tier: 'MUNICIPAL' } },
    ];
    expect(data.organisations.nodes).toEqual(expected.sort((a, b) => (a.code < b.code ? -1 : 1)));
  });
});

type Claims = Partial<Record<'tier' | 'division' | 'department', string>>;

describe('login by the directory', () => {
  const me = '{ me { division { code } department { code name } } departments { code } }';
  const ask = (claims: Claims) => network.ask(me, { claims: { sub: 'officer', tier: 'MUNICIPAL', ...claims } });

  test('a department whose code was registered elsewhere sees what it serves, with and without the claim', async () => {
    for (const claims of [{ division: '420100' }, {}]) {
      const { data, errors } = await ask({ department: BUREAU.code, ...claims });
      expect(errors).toBeUndefined();
      expect(data.me).toEqual({ division: { code: '420100' }, department: { code: BUREAU.code, name: BUREAU.name } });
    }
    const { data } = await ask({ department: BRANCH.code });
    expect(data.me.division.code).toBe('420600');
  });

  test.each([
    ['that disagree', { department: BRANCH.code, division: '420100' }, 'serves 420600, not 420100'],
    ['with an unknown code', { department: UNKNOWN, division: '420100' }, 'the organisation directory does not know'],
    ['with one that ended', { department: ENDED.code, tier: 'DISTRICT' }, `its duties went to ${CITY.code}`],
    ['with a wrong check digit', { department: '114201000100011971', division: '420100' }, 'not a unified social'],
  ])('claims %s are refused', async (_what, claims, message) => {
    const { status, errors } = await ask(claims);
    expect([status, errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect(errors?.[0]?.message).toMatch(message);
  });

  test('a department that is dissolved loses its access with the next look at the directory', async () => {
    const short = record('310115', '420100', 900);
    await register([short]);
    const claims = { department: short.code, division: '420100' };
    expect((await ask(claims)).status).toBe(200);
    await network.platforms
      .get('exchange/100000')!
      .seed('update organisations set valid_to = $1, successor = $2 where code = $3', [
        ...['2026-01-01', CITY.code, short.code],
      ]);
    await network.gateway.reload();
    const { status, errors } = await ask(claims);
    expect([status, errors?.[0]?.message]).toEqual([401, expect.stringMatching('ceased to exist on 2026-01-01')]);
  });
});

describe('the exchange goes away', () => {
  const query = `{ department(code: "${DISTRICT.code}") { name } }`;
  const started: Gateway[] = [];
  const start = async (): Promise<Gateway> => {
    const gateway = await network.startGateway();
    started.push(gateway);
    return gateway;
  };

  beforeAll(() => network.stop('exchange/100000'));
  afterAll(() => Promise.all(started.map((gateway) => gateway.stop())));

  test('a running gateway goes on with the last directory', async () => {
    await network.gateway.reload();
    expect((await network.ask(query)).data).toEqual({ department: { name: DISTRICT.name } });
  });

  test('a gateway that starts has the copy in its data folder', async () => {
    const { organisations } = JSON.parse(await readFile(network.copyFile, 'utf8'));
    expect(organisations.length).toBeGreaterThan(100);
    const { data } = await network.ask(query, { gateway: await start() });
    expect(data).toEqual({ department: { name: DISTRICT.name } });
  });

  test('without a copy nothing is taken for unknown: the department is missing, and that is said', async () => {
    await rm(network.copyFile);
    const gateway = await start();
    const { data, errors, extensions } = await network.ask(
      `{ department(code: "${DISTRICT.code}") { name } case(id: "420106003001-C-000001") { id department { name } } }`,
      { gateway },
    );
    expect(data).toEqual({ department: null, case: { id: '420106003001-C-000001', department: null } });
    expect(errors?.map(({ extensions: { code } }) => code)).toEqual(['PLATFORM_UNREACHABLE', 'PLATFORM_UNREACHABLE']);
    expect(errors?.[0]?.message).toMatch('has not been read; try again later');
    expect(extensions?.coverage?.complete).toBe(false);
  });

  test('a copy that is broken is not used, and a network file may carry the directory', async () => {
    await writeFile(network.copyFile, '{"organisations": [{"code": "x"}]}');
    const { platforms } = JSON.parse(await readFile(network.networkFile, 'utf8'));
    const { code, division, serves } = DISTRICT;
    await writeFile(network.networkFile, JSON.stringify({ platforms, organisations: [{ code, division, serves }] }));
    const { data } = await network.ask(query, { gateway: await start() });
    expect(data).toEqual({ department: { name: DISTRICT.name } });
  });
});
