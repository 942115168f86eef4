/** What the record holds of a request to `/graphql`. */
import { expect, test } from '@jest/globals';
import { COVERAGE, createTestServers, jsonData, TEST_RIGHTS } from '../../http/testing.ts';
import { sha256 } from '../../kit/crypto/digest.ts';
import { createKeyedDigest } from '../../kit/crypto/keyed-digest.ts';
import { PublicError } from '../../model/errors.ts';

const digest = createKeyedDigest('secret');
const start = createTestServers({ digest });

test('the record holds who asked, what, of which platforms, the outcome and the digest of the response', async () => {
  const data = { cases: [{ id: '1' }, { id: '2' }] };
  const server = await start({ execute: async () => ({ data: jsonData(data), errors: [], coverage: COVERAGE }) });
  const { text } = await server.post(
    { query: 'query q($n: Int) { cases(first: $n) { id } }', variables: { n: 2 } },
    { 'x-request-id': 'r1' },
  );
  expect(server.recorded).toEqual([
    {
      receivedAt: expect.any(Date),
      requestId: 'r1',
      rights: TEST_RIGHTS,
      operation: {
        name: 'q',
        hash: sha256('query q($n:Int){cases(first:$n){id}}'),
        text: 'query q($n:Int){cases(first:$n){id}}',
        variables: '{"n":2}',
        sentDigest: digest(`${sha256('query q($n: Int) { cases(first: $n) { id } }')} {"n":2}`),
        fields: { OPEN: ['Case.id', 'Query.cases'] },
      },
      refusedText: undefined,
      address: undefined,
      platforms: ['municipal/420100', 'municipal/420500'],
      rows: 2,
      outcome: 'answered',
      codes: [],
      durationMs: expect.any(Number),
      answerDigest: sha256(text),
    },
  ]);
});

test('the record holds refusals and failures', async () => {
  const server = await start();
  await server.post({ query: '{ nam }' });
  await server.post({ query: '{ name }' }, { 'x-yiwang-completeness': 'all' });
  await server.post([{}]);
  expect(server.recorded.map(({ outcome, codes, refusedText }) => [outcome, codes, refusedText])).toEqual([
    ['refused', ['GRAPHQL_VALIDATION_FAILED'], '{ nam }'],
    ['refused', ['BAD_USER_INPUT'], '{ name }'],
    ['refused', [], undefined],
  ]);
  const failing = await start({ execute: async () => Promise.reject(new TypeError('x')) });
  await failing.post({ query: '{ name }' });
  expect(failing.recorded[0]).toMatchObject({ outcome: 'failed', codes: ['INTERNAL'] });
});

test('recordRefusedTextMax: the record holds so much of the text of a refused operation, and the address of a client that is not identified', async () => {
  const server = await start({ limits: { recordRefusedTextMax: 5 } });
  await server.post({ query: '{ a }' });
  await server.post({ query: '{ ab }' });
  await server.get('/graphql?query=%7B%20c%20%7D');
  expect(server.recorded.map(({ refusedText, rights, address }) => [refusedText, rights?.subject, address])).toEqual([
    ['{ a }', TEST_RIGHTS.subject, undefined],
    ['{ ab ', TEST_RIGHTS.subject, undefined],
    ['{ c }', TEST_RIGHTS.subject, undefined],
  ]);
  const strange = await start({
    steps: { identify: async () => Promise.reject(new PublicError('UNAUTHENTICATED', 'no')) },
  });
  await strange.post({ query: '{ name }' });
  expect(strange.recorded[0]).toMatchObject({ rights: undefined, refusedText: '{ name }', address: '127.0.0.1' });
});

test('a full record stops operations: what cannot be recorded is not answered', async () => {
  const server = await start({ steps: { reserve: () => undefined } });
  const { status, body, headers } = await server.post({ query: '{ name }' });
  expect([status, body.errors![0]!.extensions.code, headers.get('retry-after')]).toEqual([503, 'OVERLOADED', '1']);
  expect(server.operations).toHaveLength(0);
});
