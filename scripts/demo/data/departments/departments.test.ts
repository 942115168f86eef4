/** Laws of the demo's organisations: one owner each, and none that a row names is unknown. */
import { describe, expect, test } from '@jest/globals';
import { containsDivision, divisions, parseOrganisation, regionAt } from '@yiwang/schema';
import { DEMO_PLATFORMS, listedSubgraphs, ownRegion } from '../../platforms.ts';
import { DATA_END } from '../data-period.ts';
import { catalogueRows } from '../exchange/catalogue.ts';
import { grantRows } from '../exchange/grants.ts';
import { organisationRows } from '../exchange/organisations.ts';
import { generateMunicipal } from '../municipal/generate.ts';
import { orderRows } from '../oversight/orders.ts';
import { HUBEI_HOUSING, MINISTRY, upperDepartments, WUHAN_BUREAU, WUHAN_WATER_BRANCH } from './upper-departments.ts';

const ORGANISATIONS = organisationRows();
const BY_CODE = new Map(ORGANISATIONS.map((row) => [row.code, row]));
const MUNICIPAL = DEMO_PLATFORMS.filter(({ kind }) => kind === 'municipal');

/** Columns with the code of a department, in any table. */
const DEPARTMENT_COLUMNS = ['department', 'owner', 'in_charge', 'maintainer', 'operator', 'lead', 'parent'];

describe('the organisations of the demo', () => {
  test('every row of the directory keeps the standard, and no code is there twice', () => {
    expect(BY_CODE.size).toBe(ORGANISATIONS.length);
    for (const row of ORGANISATIONS) {
      const { valid_from: validFrom, valid_to: validTo, ...rest } = row;
      expect(parseOrganisation({ ...rest, validFrom, validTo })).toMatchObject({ kind: 'valid' });
      for (const division of [row.division, ...(row.serves as string[])]) {
        expect(divisions().get(String(division))).toBeDefined();
      }
      for (const other of [row.parent, row.successor]) if (other !== null) expect(BY_CODE.has(other)).toBe(true);
    }
  });

  test('superiors lead up to one that has none, without a circle', () => {
    for (const row of ORGANISATIONS) {
      const seen = new Set<unknown>();
      for (let at = row; at.parent !== null; at = BY_CODE.get(at.parent)!) {
        expect(seen.has(at.code)).toBe(false);
        seen.add(at.code);
      }
    }
  });

  test('each is on the one platform that the directory of platforms lists for its division', () => {
    const holders = DEMO_PLATFORMS.filter((platform) => listedSubgraphs(platform).includes('departments'));
    for (const { division } of ORGANISATIONS) {
      const owners = holders.filter((platform) =>
        platform.kind === 'municipal'
          ? containsDivision(ownRegion(platform), String(division))
          : containsDivision(regionAt(platform.division), String(division)),
      );
      expect(owners).toHaveLength(1);
    }
    expect(upperDepartments('110000')).toEqual([]);
  });

  test('the directory says of each what the table of its platform says', () => {
    const held = MUNICIPAL.flatMap((platform) => {
      const area = { id: platform.id, division: platform.division, region: ownRegion(platform) };
      const [first] = generateMunicipal(area, { scale: 0.2, now: DATA_END });
      return first?.table === 'departments' ? first.rows : [];
    });
    expect(held.length).toBeGreaterThan(500);
    for (const row of held) expect(row).toEqual(BY_CODE.get(row.code));
    const upper = ORGANISATIONS.filter(({ tier }) => tier === 'NATIONAL' || tier === 'PROVINCIAL');
    expect(held.length + upper.length).toBe(ORGANISATIONS.length);
  });

  test('many were registered elsewhere than where they are', () => {
    const elsewhere = ORGANISATIONS.filter(
      ({ code, division }) => !/^..(.{6})/.exec(String(code))!.includes(String(division)),
    );
    expect(elsewhere.length).toBeGreaterThan(100);
    for (const code of [WUHAN_BUREAU, WUHAN_WATER_BRANCH]) expect(BY_CODE.get(code)?.serves).toEqual(['420100']);
  });
});

describe('rows that name a department', () => {
  const expectKnown = (codes: readonly unknown[]): void => {
    const unknown = codes.filter((code) => code !== null && code !== undefined && !BY_CODE.has(String(code)));
    expect(unknown.slice(0, 3)).toEqual([]);
    expect(codes.some((code) => code !== null && code !== undefined)).toBe(true);
  };

  test.each(MUNICIPAL.map(({ id }) => id))('those of %s name organisations of the directory', (id) => {
    const platform = MUNICIPAL.find((candidate) => candidate.id === id)!;
    const area = { id, division: platform.division, region: ownRegion(platform) };
    const named = new Map<string, Set<unknown>>();
    for (const { table, rows } of generateMunicipal(area, { scale: 0.2, now: DATA_END })) {
      for (const row of rows as readonly Readonly<Record<string, unknown>>[]) {
        for (const column of DEPARTMENT_COLUMNS) {
          if (!(column in row)) continue;
          const key = `${table}.${column}`;
          named.set(key, (named.get(key) ?? new Set()).add(row[column]));
        }
      }
    }
    expect(named.size).toBeGreaterThan(6);
    expectKnown([...named.values()].flatMap((codes) => [...codes]));
  });

  test('those of the exchange do, with the division that the directory names', () => {
    const { grants, parties } = grantRows(ORGANISATIONS);
    for (const { department, division } of parties) expect(BY_CODE.get(department)?.division).toBe(division);
    const providers = catalogueRows().entries.map(({ id, provider }) => ({ id: String(id), provider }));
    expectKnown([
      ...providers.map(({ provider }) => provider),
      ...grants.flatMap((row) => [row.grantee, row.provider]),
    ]);
    const of = (subgraph: string) =>
      new Set(providers.filter(({ id }) => id.startsWith(`${subgraph}/`)).map(({ provider }) => provider));
    expect([of('national'), of('provincial')]).toEqual([new Set([MINISTRY]), new Set([HUBEI_HOUSING])]);
  });

  test('those of orders do, and a province answers by a department of its own', () => {
    const matters = { cases: [], requests: [] };
    const answers = DEMO_PLATFORMS.filter(({ kind }) => kind !== 'exchange').flatMap(
      (platform) => orderRows(platform, 'yiwang', matters).answers,
    );
    expectKnown(answers.map(({ department }) => department));
    const ofHubei = answers.filter(({ division }) => division === '420000');
    expect(new Set(ofHubei.map(({ department }) => department))).toEqual(new Set([HUBEI_HOUSING]));
  });
});
