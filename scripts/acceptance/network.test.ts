/** The whole demo network, small: the five questions, and the laws on real platforms, real row security and real tokens. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createViews } from '@yiwang/gateway/admit/index.ts';
import { createPassportSigner } from '@yiwang/gateway/identify/index.ts';
import { DEFAULT_LIMITS } from '@yiwang/gateway/model/limits.ts';
import type { Rights } from '@yiwang/gateway/model/rights.ts';
import { createPlanner } from '@yiwang/gateway/plan/index.ts';
import { startTestEngine, type TestEngineOptions } from '@yiwang/gateway/testing/test-engine.ts';
import { createGraphQLScalars, isIn, regionOf } from '@yiwang/schema';
import { parse } from 'graphql';
import pg from 'pg';
import { readQuestions } from '../network/questions.ts';
import { type RunningNetwork, startNetwork } from '../network/start.ts';
import { type Answer, ask, divisionsIn } from './asking.ts';

const WAIT_MS = 240_000;
const SUPERGRAPH = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'yiwang-acceptance-'));
let network: RunningNetwork;

beforeAll(async () => {
  network = await startNetwork({ folder, scale: 0.05 });
}, WAIT_MS);

afterAll(async () => {
  await network.stop();
  rmSync(folder, { recursive: true, force: true });
}, WAIT_MS);

const askAs = (identity: string | null, query: string, headers: Record<string, string> = {}) =>
  ask(network, identity, { query, headers });

describe('the five questions', () => {
  const answers = new Map<string, Answer>();

  beforeAll(async () => {
    for (const { identity, operationName, text } of await readQuestions()) {
      answers.set(operationName, await ask(network, identity, { query: text, operationName }));
    }
  }, WAIT_MS);

  test('all are answered whole, without an error', () => {
    expect(answers.size).toBe(5);
    for (const { errors, extensions } of answers.values()) {
      expect(errors).toBeUndefined();
      expect(extensions?.coverage).toMatchObject({ complete: true });
    }
  });

  test('1: the ministry ranks provinces by on-time closing', () => {
    const groups = answers.get('ProvincesByOnTimeClosing')!.data.caseStatistics;
    expect(groups.map((group: Ranked) => group.key.division.name).sort()).toEqual(['北京市', '湖北省']);
    const [best, worst] = groups.map((group: Ranked) => group.rates.closingOnTime.value);
    expect(best).toBeGreaterThanOrEqual(worst);
  });

  test("2: Hubei's supervisor drills down to a case, over three subgraphs", () => {
    const { province, city, cases } = answers.get('HubeiDrillDown')!.data;
    expect(province.cities.map((group: Ranked) => group.key.division.name).sort()).toEqual(
      ['仙桃市', '宜昌市', '武汉市', '襄阳市'].sort(),
    );
    expect(city.streets.length).toBeGreaterThan(0);
    for (const node of cases.nodes) {
      expect(isIn(regionOf('420100'), node.id)).toBe(true);
      expect(node.department.name).toEqual(expect.any(String));
      expect(node.stages[0].action).toBe('REPORT');
    }
  });

  test('3: the nearest toilets come in the order of their distance', () => {
    const distances = answers
      .get('NearestToilets')!
      .data.facilities.nodes.map((node: { distanceMetres: number }) => node.distanceMetres);
    expect(distances).toEqual([...distances].sort((a: number, b: number) => a - b));
  });

  test('4: a department is refused a field that is not shared, as if it did not exist', async () => {
    const refused = await askAs('wuhan-fire', '{ cases { nodes { id reporter { phone } } } }');
    const unknown = await askAs('wuhan-fire', '{ cases { nodes { id nonsense { phone } } } }');
    expect(refused.errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
    const sentence = ({ errors }: Answer, name: string) =>
      errors?.[0]?.message.split(' Did you mean')[0]?.replace(name, 'X');
    expect(sentence(refused, 'reporter')).toBe(sentence(unknown, 'nonsense'));
    expect((await askAs('wuhan', '{ cases(first: 1) { nodes { reporter { phone } } } }')).errors).toBeUndefined();
  });

  test('5: with one platform down Beijing still gets the rest, and sees which is missing', async () => {
    const [, , , , question] = await readQuestions();
    const asked = { query: question!.text, operationName: question!.operationName };
    const names = ({ data }: Answer) => data.caseStatistics.map((group: Ranked) => group.key.division.code);
    expect(names(answers.get('BeijingTonight')!)).toContain('110101');
    await network.stopPlatform('municipal/110101');
    try {
      const partial = await ask(network, 'beijing', asked);
      expect(names(partial)).not.toContain('110101');
      expect(names(partial)).toContain('110102');
      expect(partial.extensions?.coverage?.platforms).toMatchObject([
        { platform: 'municipal/110101', division: '110101', status: 'UNREACHABLE', path: ['caseStatistics'] },
      ]);
      expect(partial.errors?.map(({ extensions }) => extensions.code)).toContain('PLATFORM_UNREACHABLE');
      const complete = await ask(network, 'beijing', { ...asked, headers: { 'x-yiwang-completeness': 'complete' } });
      expect(complete.data).toBeNull();
      expect(complete.errors?.[0]?.extensions.code).toBe('INCOMPLETE');
    } finally {
      await network.startPlatform('municipal/110101');
    }
    expect(names(await ask(network, 'beijing', asked))).toContain('110101');
  }, 60_000);
});

interface Ranked {
  key: { division: { code: string; name: string } };
  rates: { closingOnTime: { value: number } };
}

/** Everything that has rows, asked without a division: whatever comes lies within the caller's jurisdiction. */
const BROAD = `{
  cases(first: 40) { totalCount nodes { id division { code } grid { division { code } } } }
  requests(first: 40) { totalCount nodes { id division { code } } }
  components(first: 40) { totalCount nodes { division { code } } }
  facilities(first: 40) { totalCount nodes { id division { code } } }
  monitoringPoints(first: 40) { totalCount nodes { id division { code } } }
  alarms(first: 40) { totalCount nodes { id division { code } point { division { code } } } }
  gridCells(first: 40) { totalCount nodes { division { code } } }
  enforcementCases(first: 40) { totalCount nodes { id division { code } } }
  propertyCompanies(first: 40) { totalCount nodes { division { code } } }
  inspections(first: 40) { totalCount nodes { id division { code } } }
  periodicReports(first: 40) { totalCount nodes { id division { code } } }
  supervisionOrders(first: 40) { totalCount nodes { id issuedTo { code } } }
  byStreet: caseStatistics(period: "2026", groupBy: [STREET]) { key { division { code } } counts { reported closed } }
  streets: requestStatistics(period: "2026", groupBy: [STREET]) { key { division { code } } counts { received } }
  hotspots(period: "2026", groupBy: [COMMUNITY]) { key { division { code } } requests cases }
  monthlyTopics(month: "2026-09") { title requests }
  apps { id division { code } }
}`;

const CALLERS = [
  ['hubei', '420000'],
  ['beijing', '110000'],
  ['wuhan', '420100'],
  ['xiangyang', '420600'],
  ['dongcheng', '110101'],
  ['guangwai', '110102020'],
  ['wuhan-fire', '420100'],
] as const;

describe('containment: no row outside the scope reaches the caller', () => {
  const whole = new Map<string, Answer>();

  beforeAll(async () => {
    for (const [identity] of CALLERS) whole.set(identity, await askAs(identity, BROAD));
  }, WAIT_MS);

  test.each(CALLERS)('with every depth at work, as %s', (identity, division) => {
    const { data, errors } = whole.get(identity)!;
    expect(errors).toBeUndefined();
    const seen = divisionsIn(data);
    expect(seen.length).toBeGreaterThan(50);
    expect(seen.filter((code) => !isIn(regionOf(division), code))).toEqual([]);
  });

  test('a division beyond the scope is refused, and a row beyond it is not found', async () => {
    const hubei = whole.get('hubei')!.data.cases.nodes[0].id;
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
      await setRowSecurity('disable');
      try {
        for (const [identity] of CALLERS) {
          expect((await askAs(identity, BROAD)).data).toEqual(whole.get(identity)!.data);
        }
      } finally {
        await setRowSecurity('enable');
      }
    },
    WAIT_MS,
  );

  test(
    "with the gateway's pruning off, the platforms alone",
    async () => {
      const unpruned = await startEngine({ prune: false });
      try {
        for (const [identity, division] of CALLERS) {
          const { data } = await unpruned.ask(BROAD, rightsOf(identity, division));
          expect(data).toEqual(whole.get(identity)!.data);
        }
      } finally {
        await unpruned.close();
      }
    },
    WAIT_MS,
  );
});

describe("Apollo's planner", () => {
  test(
    'comes to the same answers',
    async () => {
      const other = await startEngine({ planner: (supergraph) => createPlanner(supergraph, { first: 'apollo' }) });
      try {
        const rights = rightsOf('hubei', '420000');
        const questions = (await readQuestions()).filter(({ operationName }) => operationName !== 'BeijingTonight');
        for (const { text } of [...questions, { text: BROAD }]) {
          expect((await other.ask(text, rights)).data).toEqual((await askAs('hubei', text)).data);
        }
      } finally {
        await other.close();
      }
    },
    WAIT_MS,
  );
});

/** An engine of the test's own over the network's platforms. */
async function startEngine(options: Partial<TestEngineOptions>) {
  const engine = await startTestEngine({
    supergraph: SUPERGRAPH,
    network: network.network,
    signPassport: createPassportSigner(network.keys.passport, 60_000),
    cursorSecret: 'a secret of the tests',
    limits: DEFAULT_LIMITS,
    standard: true,
    ...options,
  });
  const view = createViews(SUPERGRAPH, [{ name: 'all', classes: undefined }], createGraphQLScalars()).view('all');
  return {
    ask: async (query: string, rights: Rights): Promise<Answer> => {
      const asked = { document: parse(query), hash: query, operationName: undefined, variables: {}, coerced: {} };
      const rest = {
        view,
        rights,
        completeness: 0,
        explainCoverage: true,
        deadlineMs: 10_000,
        requestId: 'test',
        signal: new AbortController().signal,
      };
      const { data, ...told } = await engine.execute({ ...asked, ...rest });
      return JSON.parse(JSON.stringify({ ...told, data: data && JSON.parse(data.bytes.toString()) })) as Answer;
    },
    close: () => engine.close(),
  };
}

function rightsOf(subject: string, division: string): Rights {
  return {
    subject,
    tier: 'MUNICIPAL',
    division,
    roles: [],
    audience: 'supervisor',
    region: regionOf(division),
    classes: ['OPEN', 'SHARED', 'INTERNAL', 'SENSITIVE'],
    unmasked: false,
    fingerprint: subject,
  };
}

async function setRowSecurity(verb: 'enable' | 'disable'): Promise<void> {
  for (const { id } of network.network.platforms) {
    const client = new pg.Client({ connectionString: network.databaseUrl(id) });
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

describe('one platform of reference data', () => {
  const NAMES =
    '{ cases(first: 2) { totalCount nodes { id division { code name } category { name } } } me { subject } }';

  test('national/100000 is down: what it said before stands in, and that is said', async () => {
    const id = 'national/100000';
    const whole = await askAs('hubei', NAMES);
    await network.stopPlatform(id);
    try {
      const answers = [];
      // What is fresh is not asked for again: only after that it is seen that nobody answers.
      do {
        await pause(1_000);
        answers.push(await askAs('hubei', NAMES));
      } while (answers.length < 45 && answers.at(-1)?.extensions?.coverage?.complete !== false);
      for (const { data, errors } of answers) expect([data, errors]).toEqual([whole.data, undefined]);
      expect(answers.at(-1)?.extensions?.coverage?.platforms).toMatchObject([{ platform: id, status: 'STALE' }]);
    } finally {
      await network.startPlatform(id);
    }
  }, 90_000);

  test('exchange/100000 is down: rows stay, with what it was to add left out and said', async () => {
    const id = 'exchange/100000';
    const whole = await askAs('hubei', NAMES);
    await network.stopPlatform(id);
    try {
      const { data, errors, extensions } = await askAs('hubei', NAMES);
      expect(data.me).toBeNull();
      expect(data.cases.totalCount).toBe(whole.data.cases.totalCount);
      expect(data.cases.nodes.map(rowOf)).toEqual(whole.data.cases.nodes.map(rowOf));
      expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(new Set(['PLATFORM_UNREACHABLE']));
      expect(extensions?.coverage?.platforms).toMatchObject([{ platform: id, status: 'UNREACHABLE' }]);
    } finally {
      await network.startPlatform(id);
    }
    expect((await askAs('hubei', NAMES)).data).toEqual(whole.data);
  }, 60_000);

  const rowOf = ({ id, division }: { id: string; division: { code: string } }) => [id, division.code];
});

describe('masks', () => {
  test('names and phones come masked, and in clear with clearance and a purpose', async () => {
    const query = '{ cases(filter: { source: [PUBLIC] }, first: 30) { nodes { reporter { name phone } } } }';
    const people = ({ data }: Answer) =>
      data.cases.nodes.flatMap((node: { reporter: { name: string; phone: string } | null }) => node.reporter ?? []);
    const masked = people(await askAs('wuhan', query));
    const clear = people(
      await askAs('wuhan', query, { 'x-yiwang-purpose': 'handling of the case', 'x-yiwang-matter': 'test' }),
    );
    expect(masked.length).toBeGreaterThan(0);
    for (const { phone } of masked) expect(phone).toMatch(/^\d{3}\*{4}\d{4}$/);
    for (const { phone } of clear) expect(phone).toMatch(/^\d{11}$/);
  });
});

describe('what every door refuses', () => {
  test('an expired, a forged, a malformed token: UNAUTHENTICATED, and never the open view', async () => {
    for (const token of ['nonsense', 'a.b.c', 'eyJhbGciOiJub25lIn0.e30.']) {
      const answer = await askAs(null, '{ me { audience } }', { authorization: `Bearer ${token}` });
      expect([answer.status, answer.errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    }
  });

  test('without credentials: the open view', async () => {
    expect((await askAs(null, '{ me { audience tier } }')).data).toEqual({ me: { audience: 'open', tier: 'PUBLIC' } });
  });

  test('a division of the wrong form, of no place, and a code of the wrong check digit', async () => {
    for (const query of [
      '{ cases(within: "42010") { totalCount } }',
      '{ cases(within: "429999") { totalCount } }',
      '{ cases(filter: { department: "91350100M000100Y44" }) { totalCount } }',
    ]) {
      const { errors } = await askAs('hubei', query);
      expect(errors).toMatchObject([{ path: ['cases'], extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });

  test('pages walk through cities without a repetition or a gap', async () => {
    const query =
      'query($after: String) { cases(within: "420500", first: 200, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }';
    const ids: string[] = [];
    let total = 0;
    for (let after: string | null = null, more = true; more; ) {
      const { data }: Answer = await ask(network, 'hubei', { query, variables: { after } });
      ids.push(...data.cases.nodes.map(({ id }: { id: string }) => id));
      ({ hasNextPage: more, endCursor: after } = data.cases.pageInfo);
      total = data.cases.totalCount;
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(total);
  });
});

describe('spanning entities', () => {
  test("a department's name is public: a street sees who handles its cases, though the department lies above it", async () => {
    const { data, errors } = await askAs('guangwai', '{ cases(first: 50) { nodes { department { code name } } } }');
    expect(errors).toBeUndefined();
    const departments = data.cases.nodes.flatMap((node: { department: unknown }) => node.department ?? []);
    expect(departments.length).toBeGreaterThan(10);
    const registered = new Set(departments.map(({ code }: { code: string }) => code.slice(2, 8)));
    expect([...registered].filter((division) => division !== '110000')).toEqual(['110102']);
  });

  test("statistics of a division met inside a platform's answer are the whole of it", async () => {
    const nested = await askAs(
      'beijing',
      '{ cases(within: "110102020", first: 1) { nodes { division { parent { parent { code caseStatistics(period: "2026") { counts { reported } } } } } } } }',
    );
    const direct = await askAs(
      'beijing',
      '{ caseStatistics(within: "110102", period: "2026") { counts { reported } } }',
    );
    const [node] = nested.data.cases.nodes;
    expect(node.division.parent.parent).toEqual({ code: '110102', caseStatistics: direct.data.caseStatistics });
  });
});
