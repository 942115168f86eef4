import { describe, expect, test } from '@jest/globals';
import { parseNetwork } from './network-file.ts';

const WUHAN = {
  id: 'municipal/420100',
  name: '武汉',
  tier: 'MUNICIPAL',
  division: '420100',
  subgraphs: ['municipal'],
  url: 'http://127.0.0.1:4001/graphql',
};

function faultsOf(...platforms: unknown[]): string[] {
  try {
    parseNetwork({ platforms }, 'network.json');
  } catch (error) {
    return (error as Error).message.split('\n').slice(1);
  }
  return [];
}

describe('a network file', () => {
  test('may give several URLs for one platform', () => {
    const entry = { ...WUHAN, replicas: ['http://127.0.0.1:4002/graphql', 'https://copy/graphql'] };
    expect(parseNetwork({ platforms: [entry] }, 'network.json').platforms).toEqual([entry]);
    expect(faultsOf(WUHAN, { ...WUHAN, id: 'municipal/420106', division: '420106', replicas: [] })).toEqual([]);
  });

  test('is refused with a list of all its faults', () => {
    expect(
      faultsOf(WUHAN, { ...WUHAN, replicas: 'http://x' }, { ...WUHAN, id: 'municipal/1', replicas: ['ftp://x'] }),
    ).toEqual([
      '  platforms[1]: "replicas" must list http(s) addresses',
      '  platforms[2]: "id" must be such as "municipal/420100"',
      '  platforms[2]: "replicas" must list http(s) addresses',
      '  the id "municipal/420100" is used twice',
    ]);
    const twice = '  platforms[0]: "replicas" must be addresses other than "url", each once';
    expect(faultsOf({ ...WUHAN, replicas: [WUHAN.url] })).toEqual([twice]);
    expect(faultsOf({ ...WUHAN, replicas: ['http://x', 'http://x'] })).toEqual([twice]);
  });

  test('may give several divisions for one platform, each once and with that of its seat', () => {
    const area = { ...WUHAN, id: 'municipal/130629', division: '130629', divisions: ['130629', '130632', '130638'] };
    expect(parseNetwork({ platforms: [area, WUHAN] }, 'network.json').platforms).toEqual([area, WUHAN]);
    expect(faultsOf({ ...area, divisions: ['130632', '130632', '13'] })).toEqual([
      '  platforms[0]: "divisions" must list canonical division codes such as 420100, not "13"',
      '  platforms[0]: "divisions" must list "division", too',
      '  platforms[0]: "divisions" lists 130632 twice',
    ]);
    expect(faultsOf({ ...area, divisions: '130629' })).toEqual([
      '  platforms[0]: "divisions" must list canonical division codes',
    ]);
  });

  test('is refused if two platforms of a tier have the same division, with the names of both', () => {
    const area = { ...WUHAN, id: 'municipal/130629', division: '130629', divisions: ['130629', '130632'] };
    const county = { ...WUHAN, id: 'municipal/130632', division: '130632' };
    expect(faultsOf(area, county)).toEqual([
      '  municipal/130629 and municipal/130632 both answer for 130632 in municipal',
    ]);
    expect(faultsOf(area, { ...county, tier: 'PROVINCIAL', subgraphs: ['provincial'] })).toEqual([]);
  });
});
