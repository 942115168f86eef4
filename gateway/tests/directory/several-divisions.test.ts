/** A real gateway over a platform of three counties, and over rows that keep the codes of their day. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PlatformEntry } from '../../model/platform/network.ts';
import { createSigner, startLowerGateway } from '../support/toys/lower-gateway.ts';
import { startToyEngine } from '../support/toys/toy-engine.ts';
import { startToyGateway, type ToyGateway, toyEntry } from '../support/toys/toy-gateway.ts';
import { startToyPlatform, type ToyPlatform } from '../support/toys/toy-platform.ts';
import { row } from '../support/toys/two-cities.ts';

/** 雄安新区: 雄县, 容城县 and 安新县, which 保定市 around them does not hold. */
const AREA = ['130629', '130632', '130638'];

const platforms: ToyPlatform[] = [];
let entries: readonly PlatformEntry[];
let gateway: ToyGateway;

async function platformOf(...rows: [division: string, serial: number][]): Promise<ToyPlatform> {
  const platform = await startToyPlatform();
  platform.rows = rows.map(([division, serial]) => row(division, serial));
  platforms.push(platform);
  return platform;
}

beforeAll(async () => {
  const city = await platformOf(['130602001', 1], ['130632001', 98], ['130681001', 2]);
  const area = await platformOf(['130629100', 3], ['130632100', 4], ['130638100', 5], ['130602001', 99]);
  const municipality = await platformOf(['110101001', 6], ['110228001', 97]);
  const miyun = await platformOf(['110118001', 7], ['110228001', 8]);
  entries = [
    toyEntry('130600', city.url),
    { ...toyEntry('130629', area.url), divisions: AREA },
    toyEntry('110000', municipality.url),
    toyEntry('110118', miyun.url),
  ];
  gateway = await startToyGateway({ platforms: entries });
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all(platforms.map((platform) => platform.close()));
});

const idsOf = async (within: string) => {
  const { data, errors } = await gateway.ask('query ($within: DivisionCode!) { list(within: $within) { id } }', {
    within,
  });
  expect(errors).toBeUndefined();
  return data.list.map(({ id }: { id: string }) => Number(id.split('-').at(-1)));
};

describe('a platform of three counties', () => {
  test('each of its counties is answered by it, and what lies between them by the platform around', async () => {
    expect(await idsOf('130629')).toEqual([3]);
    expect(await idsOf('130632')).toEqual([4]);
    expect(await idsOf('130638')).toEqual([5]);
    expect(await idsOf('130681')).toEqual([2]);
    expect(await idsOf('130600')).toEqual([1, 3, 4, 5, 2]);
  });

  test('its passport is for its counties alone, so that rows of others that it holds do not come', async () => {
    const { data, extensions } = await gateway.ask(
      '{ total(within: "130600") rows(within: "130600", first: 9) { totalCount } }',
    );
    expect(data.rows.totalCount).toBe(5);
    expect(extensions?.coverage).toMatchObject({ asked: 2, answered: 2, complete: true });
  });

  test('a row is found by its id on the platform of its county', async () => {
    const { data } = await gateway.ask('{ row(id: "130638100-R-5") { id } other: row(id: "130602001-R-99") { id } }');
    expect(data).toEqual({ row: { id: '130638100-R-5' }, other: null });
  });

  test('a directory in which a county has two platforms is not served, and the one before stays', async () => {
    await gateway.writeNetwork([...entries, toyEntry('130638', platforms[0]!.url)]);
    await gateway.reload();
    const { generation } = await gateway.health();
    expect(generation.fault?.reason).toContain('toy/130629 and toy/130638 both answer for 130638 in toy');
    expect(await idsOf('130638')).toEqual([5]);
    await gateway.writeNetwork(entries);
    await gateway.reload();
    expect((await gateway.health()).generation.fault).toBeUndefined();
  });
});

describe('a gateway below that stands for three counties', () => {
  test('passports for each of them are accepted, and what lies beyond them is not shown', async () => {
    const above = await createSigner();
    const all = await platformOf(['130602001', 20], ['130629100', 21], ['130638100', 22]);
    const below = await startLowerGateway({
      division: '130629',
      placed: [],
      directory: { id: `toy/${AREA.join('+')}`, platforms: [toyEntry('130000', all.url)] },
      above,
    });
    const engine = await startToyEngine(
      [{ division: '130629', divisions: AREA, platform: below }],
      {},
      { signPassport: above.signPassport },
    );
    const { data, errors, coverage } = await engine.ask('{ list(within: "130600") { id } total(within: "130638") }');
    await engine.close();
    await below.close();
    await above.close();
    expect(errors).toEqual([]);
    expect(data).toEqual({ list: [{ id: '130629100-R-21' }, { id: '130638100-R-22' }], total: 22 });
    expect(coverage?.unserved).toContain('130602');
    expect(coverage?.unserved).not.toContain('130629');
  });
});

describe('rows that keep the code of their day', () => {
  test('a former county is found under itself and under the district that took it over, on that platform alone', async () => {
    expect(await idsOf('110228')).toEqual([8]);
    expect(await idsOf('110118')).toEqual([7, 8]);
    expect(await idsOf('110118001')).toEqual([7, 8]);
    expect(await idsOf('110000')).toEqual([6, 7, 8]);
    const { data } = await gateway.ask('{ row(id: "110228001-R-8") { id division { code } } }');
    expect(data.row).toEqual({ id: '110228001-R-8', division: { code: '110228001' } });
  });

  test('statistics of a division that was met are those of its territory', async () => {
    const { data } = await gateway.ask(
      `{ row(id: "110118001-R-7") { division { statistics(groupBy: "DIVISION") { key { division { code } } counts { rows } } } } }`,
    );
    expect(data.row.division.statistics).toEqual([
      { key: { division: { code: '110118001' } }, counts: { rows: 1 } },
      { key: { division: { code: '110228001' } }, counts: { rows: 1 } },
    ]);
  });
});
