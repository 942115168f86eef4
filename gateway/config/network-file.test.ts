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
    expect(faultsOf(WUHAN, { ...WUHAN, id: 'municipal/420106', replicas: [] })).toEqual([]);
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
});
