import { describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { readSupergraphRules } from './rules.ts';

const supergraphWith = (urls: readonly (string | undefined)[]) => {
  const graphs = urls.map((url, i) => {
    const address = url === undefined ? '' : `, url: ${JSON.stringify(url)}`;
    return `G${i} @join__graph(name: "g${i}"${address})`;
  });
  return parse(`enum join__Graph { ${graphs.join(' ')} } type Query { a: Int }`);
};

describe('the addresses of subgraphs', () => {
  test.each(['http://127.0.0.1:1', 'HTTPS://HOST/graphql?x=1#f', 'http://user:p%40ss@host/', 'yiwang:toy'])(
    '%s is a usable address',
    (url) => {
      expect(readSupergraphRules(supergraphWith([url])).locations.size).toBe(1);
    },
  );

  test('all unusable addresses are refused in one message', () => {
    const urls = ['http://host/', '', 'not a url', 'unix:///tmp/s.sock', 'ftp://host/', 'http://', undefined];
    expect(() => readSupergraphRules(supergraphWith(urls))).toThrow(
      [
        'Subgraphs of the supergraph have no address that can be used; expected one such as https://host/graphql:',
        '  subgraph "g1": ""',
        '  subgraph "g2": "not a url"',
        '  subgraph "g3": "unix:///tmp/s.sock"',
        '  subgraph "g4": "ftp://host/"',
        '  subgraph "g5": "http://"',
        '  subgraph "g6": it has none',
      ].join('\n'),
    );
  });
});
