/** Every evaluation scheme of the standard, worked out from the graph's answers over demo rows alone. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { departments } from '@yiwang/departments';
import { hotline } from '@yiwang/hotline';
import { municipal } from '@yiwang/municipal';
import { metricOf, type Scheme, schemes, scoreOf } from '@yiwang/schema/statistics';
import { startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import pg from 'pg';
import { DEMO_PLATFORMS, ownRegion } from '../../platforms.ts';
import { DATA_END } from '../data-period.ts';
import { loadHotline, loadMunicipal } from './load.ts';

const CITY = '420100';
const PERIOD = '2026Q3';
const SCALE = 0.5;

let platform: TestPlatform;
beforeAll(async () => {
  const demo = DEMO_PLATFORMS.find(({ kind, division }) => kind === 'municipal' && division === CITY)!;
  platform = await startTestPlatform({
    modules: [municipal, departments, hotline],
    now: () => new Date(DATA_END),
  });
  const client = new pg.Client({ connectionString: platform.ownerUrl });
  await client.connect();
  const area = { id: demo.id, division: demo.division, region: ownRegion(demo) };
  const options = { scale: SCALE, now: DATA_END };
  for (const load of [
    () => loadMunicipal(client, area, options),
    () => loadHotline(client, { city: CITY, platforms: [area] }, options),
  ]) {
    await client.query('begin');
    await load();
    await client.query('commit');
  }
  await client.query('analyze');
  await client.end();
});
afterAll(() => platform.close());

interface Group {
  readonly key: Readonly<Record<string, unknown>>;
  readonly counts?: Readonly<Record<string, number>>;
  readonly rates?: Readonly<Record<string, { readonly value: number | null }>>;
}

/** The groups of one object each: who or what the scheme scores. */
const OBJECTS: Readonly<Record<string, { readonly groupBy: string; readonly post?: string }>> = {
  AREA: { groupBy: 'STREET' },
  DEPARTMENT: { groupBy: 'DEPARTMENT' },
  UNIT: { groupBy: 'DEPARTMENT' },
  COLLECTOR: { groupBy: 'OFFICER, POST', post: 'COLLECTOR' },
  ACCEPTOR: { groupBy: 'OFFICER, POST', post: 'ACCEPTOR' },
  SHIFT_LEADER: { groupBy: 'OFFICER, POST', post: 'SHIFT_LEADER' },
  DISPATCHER: { groupBy: 'OFFICER, POST', post: 'DISPATCHER' },
};

/** What no step of the officer makes: missed reports are of the collector's cells, and closing is of the whole shift. */
const NOBODYS: Readonly<Record<string, { readonly metrics: readonly string[]; readonly groupBy: string }>> = {
  COLLECTOR: { metrics: ['reportMissRate'], groupBy: 'GRID' },
  SHIFT_LEADER: { metrics: ['onTimeCloseRate'], groupBy: '' },
};

const termsOf = ({ indicators }: Scheme) => indicators.flatMap(({ term }) => term.match(/[A-Za-z]\w*/g) ?? []);

async function ask(field: string, groupBy: string, metrics: readonly string[]): Promise<readonly Group[]> {
  const fields = metrics.map((key) => metricOf(key)!.field!);
  const names = (part: string) => fields.flatMap((path) => (path.startsWith(part) ? [path.slice(part.length)] : []));
  const counts = names('counts.').join(' ');
  const rates = names('rates.').map((name) => `${name} { value }`);
  const { data, errors } = await platform.ask(`{ ${field}(period: "${PERIOD}", groupBy: [${groupBy}]) {
    key { officer post grid } ${counts && `counts { ${counts} }`} ${rates.length > 0 ? `rates { ${rates.join(' ')} }` : ''} } }`);
  expect(errors).toEqual([]);
  return data[field];
}

function figureOf({ counts, rates }: Group, metric: string): number | null {
  const [part, name] = metricOf(metric)!.field!.split('.') as [string, string];
  return (part === 'counts' ? counts?.[name] : rates?.[name]?.value) ?? null;
}

test('every metric that a scheme needs is a field of statistics', () => {
  const without = schemes().flatMap((scheme) => termsOf(scheme).filter((key) => !metricOf(key)?.field));
  expect(without).toEqual([]);
});

describe.each(schemes().map((scheme) => [scheme.id, scheme] as const))('%s', (_, scheme) => {
  test('the score of the busiest has every indicator, from one answer of the graph', async () => {
    const { groupBy, post } = OBJECTS[scheme.object]!;
    const field = scheme.object === 'UNIT' ? 'requestStatistics' : 'caseStatistics';
    const groups = await ask(field, groupBy, termsOf(scheme));
    const own = groups.filter(({ key }) => post === undefined || key.post === post);
    const scores = own.map((group) =>
      scoreOf(scheme, Object.fromEntries(termsOf(scheme).map((key) => [key, figureOf(group, key)]))),
    );
    const { metrics: elsewhere = [], groupBy: by = '' } = NOBODYS[scheme.object] ?? {};
    const best = Math.min(...scores.map(({ parts }) => parts.filter(({ score }) => score === null).length));
    expect(best).toBe(elsewhere.length);
    const complete = scores.filter(({ parts }) => parts.filter(({ score }) => score === null).length === best);
    for (const { score, parts } of complete) {
      expect(score).toBeGreaterThanOrEqual(0);
      expect(parts.flatMap(({ indicator, score: points }) => (points === null ? [indicator] : []))).toEqual(elsewhere);
    }
    if (elsewhere.length === 0) return;
    const others = await ask(field, by, elsewhere);
    for (const metric of elsewhere) expect(others.some((group) => figureOf(group, metric) !== null)).toBe(true);
  });
});

test('counts by officer, post and hour are all that is counted, for every demo row', async () => {
  const names = [
    'reported',
    'filed',
    'accepted',
    'handled',
    'handleDue',
    'due',
    'closed',
    'voided',
    'extended',
    'open',
  ];
  const question = (groupBy: string) =>
    platform.ask(`{ caseStatistics(period: "2026", groupBy: [${groupBy}]) { counts { ${names.join(' ')} } } }`);
  const sumOf = (groups: readonly { counts: Record<string, number> }[], name: string) =>
    groups.reduce((sum, { counts }) => sum + counts[name]!, 0);
  const { data: whole } = await question('');
  for (const dimension of ['OFFICER', 'POST', 'HOUR']) {
    const { data, errors } = await question(dimension);
    expect(errors).toEqual([]);
    for (const name of names) {
      expect([dimension, name, sumOf(data.caseStatistics, name)]).toEqual([
        dimension,
        name,
        whole.caseStatistics[0].counts[name],
      ]);
    }
  }
});
