/** The report of a place from the graph: a platform with a database, a gateway, and the command as a user runs it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readConfig } from '@yiwang/gateway/config/config.ts';
import { prepareDemoKeys } from '@yiwang/gateway/config/keys.ts';
import { municipal } from '@yiwang/municipal';
import { pino } from 'pino';
import { type Gateway, startGateway } from '../../../gateway/start/start-gateway.ts';
import { startTestPlatform, type TestPlatform } from '../../testing/platform.ts';
import { UsageError } from '../../tools/flags.ts';
import { levelBelow } from '../quality/graph-report.ts';
import { QUALITY } from './quality.ts';

let folder: string;
let wuhan: TestPlatform;
let gateway: Gateway;

/** Personal data that no report may show. */
const SECRET = '张三丰 13800138000';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yiwang-report-'));
  const keys = await prepareDemoKeys(folder);
  wuhan = await startTestPlatform({
    modules: [municipal],
    now: () => new Date(),
    passportKeys: { keys: [keys.passport.publicJwk] },
  });
  await wuhan.seed(
    `insert into cases (id, division, category, source, status, flow_state, reported_at, longitude, latitude, grid,
       address, description, reporter_name)
     select division || '-C-' || n, division, '10101', 'PATROL', 'REPORTED', 'REPORTED', now() - interval '1 day' * n,
       case when division < '4201060' then 114.3 end, 30.55, division || '001', $1, $1, $1
     from generate_series(1, 4) n, unnest(array['420106003001', '420102002003']) division`,
    [SECRET],
  );
  const base = { tier: 'MUNICIPAL', subgraphs: ['municipal'] };
  const platforms = [
    { ...base, id: 'municipal/420100', name: '武汉', division: '420100', url: wuhan.url },
    { ...base, id: 'municipal/420500', name: '宜昌', division: '420500', url: 'http://127.0.0.1:1/graphql' },
  ];
  await writeFile(join(folder, 'network.json'), JSON.stringify({ platforms }));
  const config = readConfig(['--port', '0', '--data', folder], { OPERATOR_PORT: 'off' });
  gateway = await startGateway({ config, log: pino({ level: 'silent' }) });
}, 60_000);

afterAll(async () => {
  await gateway.stop();
  await wuhan.close();
  await rm(folder, { recursive: true, force: true });
});

async function quality(...args: string[]): Promise<string> {
  const out: string[] = [];
  const terminal = { out: (text: string) => void out.push(text), error: () => undefined };
  await QUALITY.run([...args, '--data', folder], terminal);
  return out.join('');
}

test('a city ranks its districts, and reads what to mend first, with examples', async () => {
  const text = await quality('--as', 'wuhan', '--url', gateway.url);
  const ranks = text.split('\n').filter((line) => /^\d/.test(line));
  expect(ranks.map((line) => line.split(/\s+/).slice(0, 2))).toEqual([
    ['1', '420102'],
    ['2', '420106'],
  ]);
  const mendings = text.split('\n').filter((line) => /^ {2}\w+: /.test(line));
  expect(mendings[0]).toMatch(/^ {2}recorded: 8 of 8 cases, 50\.0 points\./);
  expect(mendings[1]).toMatch(/^ {2}located: 4 of 8 cases, 16\.7 points\./);
  expect(text).toMatch(/420106003001-C-\d/);
});

test('the page of a province stands alone, names the platform that gave no answer, and shows no personal data', async () => {
  const file = join(folder, 'week.html');
  expect(await quality('--as', 'hubei', '--url', gateway.url, '--html', file)).toBe(`The report is in ${file}\n`);
  const page = await readFile(file, 'utf8');
  expect(page).toContain('<h1>湖北省数据质量周报</h1>');
  expect(page).toContain('武汉市 <code>420100</code>');
  expect(page).toMatch(/没有答复的平台[^<]*municipal\/420500/);
  expect(page).toMatch(/@page \{ size: A4/);
  expect(page).not.toMatch(/<script|https?:|<link|<img/);
  for (const secret of SECRET.split(' ')) expect(page).not.toContain(secret);
});

test('a department is refused, and flags that do not say who asks are told', async () => {
  await expect(quality('--as', 'wuhan-fire', '--url', gateway.url)).rejects.toThrow('The gateway refused: ');
  await expect(quality('--as', 'nobody', '--url', gateway.url)).rejects.toThrow(UsageError);
  await expect(quality('--url', gateway.url)).rejects.toThrow('--as NAME or --token TOKEN');
  await expect(quality('--as', 'wuhan', '--token', 'x')).rejects.toThrow('not by both');
  await expect(quality('--as', 'wuhan', '--url', 'http://127.0.0.1:1/')).rejects.toThrow('gives no answer');
});

test('a place ranks the units directly below it', () => {
  const codes = ['100000', '420000', '110000', '420100', '420106', '420106003'];
  expect(codes.map(levelBelow)).toEqual(['PROVINCE', 'CITY', 'COUNTY', 'COUNTY', 'STREET', 'COMMUNITY']);
});
