/** Below other gateways: the platform below is blamed, and figures are checked by the gateway that merges them. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createSigner, type LowerGateway, type Signer, startLowerGateway } from '../support/toys/lower-gateway.ts';
import { startToyEngine, type ToyEngine } from '../support/toys/toy-engine.ts';
import { startToyPlatform, type ToyPlatform } from '../support/toys/toy-platform.ts';
import { createToyConformance } from '../support/toys/toy-rules.ts';
import { row, WUHAN, YICHANG } from '../support/toys/two-cities.ts';

const DEADLINE_MS = 20_000;
const LIMITS = { platformDeadlineMs: DEADLINE_MS, operationDeadlineMs: DEADLINE_MS };
const BEIJING = [row('110101001', 5)];
const conformance = createToyConformance();

let ministry: Signer;
let hubei: LowerGateway;
let platforms: { readonly wuhan: ToyPlatform; readonly yichang: ToyPlatform; readonly dongcheng: ToyPlatform };
let engine: ToyEngine;

beforeAll(async () => {
  ministry = await createSigner();
  const [wuhan, yichang, dongcheng] = await Promise.all([startToyPlatform(), startToyPlatform(), startToyPlatform()]);
  platforms = { wuhan, yichang, dongcheng };
  hubei = await startLowerGateway({
    division: '420000',
    placed: [
      { division: '420100', platform: wuhan },
      { division: '420500', platform: yichang },
    ],
    above: ministry,
    limits: LIMITS,
    env: { STANDARD_CHECKS: 'on' },
  });
  engine = await startToyEngine(
    [
      { division: '420000', platform: hubei },
      { division: '110101', platform: dongcheng },
    ],
    LIMITS,
    { signPassport: ministry.signPassport, conformance },
  );
}, 60_000);

beforeEach(() => {
  platforms.wuhan.rows = WUHAN;
  platforms.yichang.rows = YICHANG;
  platforms.dongcheng.rows = BEIJING;
  for (const platform of Object.values(platforms)) platform.behaviour = { kind: 'well' };
  conformance.reset();
});

afterAll(async () => {
  await engine.close();
  await hubei.close();
  await ministry.close();
  await Promise.all(Object.values(platforms).map((platform) => platform.close()));
});

test.each([
  ['a page', '{ rows(first: 5) { nodes { id size } } }', ['rows', 'nodes']],
  ['a list', '{ list { id size } }', ['list']],
  ['a list without its key', '{ list { size } }', ['list']],
])('the platform below the gateway is blamed for a row in %s', async (_what, question, path) => {
  platforms.yichang.rows = [{ ...YICHANG[0]!, size: 999 }, YICHANG[1]!];
  const { data, errors } = await engine.ask(question);
  expect(JSON.stringify(data)).not.toContain('999');
  expect(errors).toMatchObject([{ extensions: { rule: 'ROW-1', platform: 'toy/420500' } }]);
  expect(errors[0]?.path?.slice(0, path.length)).toEqual(path);
  expect(conformance.findings).toMatchObject([{ platform: 'toy/420500', rule: 'ROW-1', count: 1 }]);
});

test('one row by its id is blamed on the platform below that owns it', async () => {
  platforms.wuhan.rows = [{ ...WUHAN[0]!, kind: 'C' }];
  const { data, errors } = await engine.ask(`{ row(id: "${WUHAN[0]!.id}") { kind } total }`);
  expect(data).toMatchObject({ row: null });
  expect(errors).toMatchObject([{ path: ['row', 'kind'], extensions: { rule: 'ROW-2', platform: 'toy/420100' } }]);
});

test('a rate that the gateway below left out is told above, with rule and platform', async () => {
  platforms.yichang.behaviour = {
    kind: 'change',
    change: (data) => ({ ...data, share: { ...(data.share as object), __yw_n: -9, numerator: -9 } }),
  };
  const { data, errors, coverage } = await engine.ask('{ share { numerator denominator } }');
  expect(data).toEqual({ share: { numerator: 0, denominator: 3 } });
  expect(errors).toMatchObject([
    { path: ['share'], extensions: { code: 'STANDARD_BREACH', rule: 'RATE-001', platform: 'toy/420500' } },
  ]);
  expect(coverage?.platforms).toMatchObject([{ platform: 'toy/420500', status: 'NONCONFORMING' }]);
});
