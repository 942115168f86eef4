/** The GraphQL over HTTP specification, for a gateway with identities and for an open one. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { startToyGateway, type ToyGateway, toyEntry } from '../support/toys/toy-gateway.ts';
import { startToyPlatform, type ToyPlatform } from '../support/toys/toy-platform.ts';

const GRAPHQL_RESPONSE = 'application/graphql-response+json';
const JSON_TYPE = 'application/json';

/** Its audits, by name; the addresses are given when they are run. */
const AUDITS = serverAudits({ url: () => '' }).map(({ id, name }) => ({ id, name }));

describe.each([
  ['open', true],
  ['with identities', false],
])('a gateway %s', (_, open) => {
  let platform: ToyPlatform;
  let gateway: ToyGateway;

  beforeAll(async () => {
    platform = await startToyPlatform();
    gateway = await startToyGateway({ platforms: [toyEntry('420100', platform.url)], open });
  });

  afterAll(async () => {
    await gateway.stop();
    await platform.close();
  });

  const call = (init: RequestInit & { search?: string; headers?: Record<string, string> }): Promise<Response> =>
    fetch(`${gateway.url}${init.search ?? ''}`, { ...init, headers: { ...gateway.credential, ...init.headers } });
  const post = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
    call({ method: 'POST', body, headers: { 'content-type': JSON_TYPE, ...headers } });

  test('is held to 61 audits of graphql-http', () => {
    expect(AUDITS).toHaveLength(61);
  });

  test.each(AUDITS)('$id $name', async ({ id }) => {
    const withCredential: typeof fetch = (url, init) =>
      fetch(url, { ...init, headers: { ...(init?.headers as Record<string, string>), ...gateway.credential } });
    const audit = serverAudits({ url: gateway.url, fetchFn: withCredential }).find((each) => each.id === id)!;
    const result = await audit.fn();
    expect(result.status === 'ok' ? 'ok' : `${result.status}: ${result.reason}`).toBe('ok');
  });

  test.each([
    [undefined, JSON_TYPE],
    ['*/*', JSON_TYPE],
    ['application/*', JSON_TYPE],
    [JSON_TYPE, JSON_TYPE],
    [GRAPHQL_RESPONSE, GRAPHQL_RESPONSE],
    [`${GRAPHQL_RESPONSE}; charset=utf-8, ${JSON_TYPE}; charset=utf-8`, GRAPHQL_RESPONSE],
    [`${GRAPHQL_RESPONSE};q=0.5, ${JSON_TYPE}`, JSON_TYPE],
    [`${JSON_TYPE};q=0.5, ${GRAPHQL_RESPONSE};q=0.9`, GRAPHQL_RESPONSE],
    [`${GRAPHQL_RESPONSE};q=0, ${JSON_TYPE}`, JSON_TYPE],
    [`text/html, ${GRAPHQL_RESPONSE}, */*;q=0.1`, GRAPHQL_RESPONSE],
    ['APPLICATION/GraphQL-Response+JSON', GRAPHQL_RESPONSE],
  ])('answers `accept: %s` in %s, with the statuses of that media type', async (accept, type) => {
    const headers: Record<string, string> = accept === undefined ? {} : { accept };
    const answered = await post('{"query":"{ __typename }"}', headers);
    expect([answered.status, answered.headers.get('content-type')]).toEqual([200, `${type}; charset=utf-8`]);
    const invalid = await post('{"query":"{ nowhere }"}', headers);
    const expected = type === GRAPHQL_RESPONSE ? 400 : 200;
    expect([invalid.status, invalid.headers.get('content-type')]).toEqual([expected, `${type}; charset=utf-8`]);
    const garbage = await post('{', headers);
    expect([garbage.status, garbage.headers.get('content-type')]).toEqual([400, `${type}; charset=utf-8`]);
  });

  test('answers 406 if the client accepts none of its media types', async () => {
    expect((await post('{"query":"{ __typename }"}', { accept: 'text/html' })).status).toBe(406);
  });

  test.each([
    ['nothing', '', 400],
    ['white space', ' ', 400],
    ['an array', '[]', 400],
    ['a batch', '[{"query":"{ __typename }"}]', 400],
    ['null', 'null', 400],
    ['a text', '"{ __typename }"', 400],
    ['a number', '1', 400],
    ['no query', '{}', 400],
    ['an empty query', '{"query":""}', 400],
    ['variables that are a list', '{"query":"{ __typename }","variables":[]}', 400],
    ['extensions that are a text', '{"query":"{ __typename }","extensions":"x"}', 400],
    ['an operation name that is a number', '{"query":"{ __typename }","operationName":1}', 400],
    ['half a text', '{"query":"{ __typename }"', 400],
  ])('refuses a body of %s with an error', async (_name, body, status) => {
    for (const accept of [JSON_TYPE, GRAPHQL_RESPONSE]) {
      const response = await post(body, { accept });
      expect(response.status).toBe(status);
      expect(await response.json()).toEqual({ errors: [expect.objectContaining({ message: expect.any(String) })] });
    }
  });

  test('ignores a byte order mark, extra members and null members', async () => {
    const bodies = [
      '\uFEFF{"query":"{ __typename }"}',
      '{"query":"{ __typename }","other":1}',
      '{"query":"{ __typename }","variables":null,"operationName":null,"extensions":null}',
    ];
    for (const body of bodies) expect(await (await post(body)).json()).toEqual({ data: { __typename: 'Query' } });
  });

  test.each([
    ['application/json; charset=utf-8', 200],
    ['application/json; charset=UTF-8', 200],
    ['application/json;charset="utf-8"', 200],
    ['Application/JSON', 200],
    ['application/json; charset=iso-8859-1', 415],
    ['application/json; charset=utf-16', 415],
    ['text/plain', 415],
    ['application/graphql', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    ['application/jsonx', 415],
    ['nonsense', 415],
  ])('answers a body of type %s with %i', async (type, status) => {
    const response = await post('{"query":"{ __typename }"}', { 'content-type': type });
    expect(response.status).toBe(status);
  });

  test('refuses a body without a content type', async () => {
    const body = new Blob(['{"query":"{ __typename }"}']);
    expect((await call({ method: 'POST', body })).status).toBe(415);
  });

  test('executes queries by GET, and no mutation', async () => {
    const get = (search: Record<string, string>) => call({ search: `?${new URLSearchParams(search)}` });
    expect(await (await get({ query: '{ __typename }' })).json()).toEqual({ data: { __typename: 'Query' } });
    const mutation = await get({ query: 'mutation { __typename }' });
    expect([mutation.status, mutation.headers.get('allow')]).toEqual([405, 'POST']);
    const hidden = await get({ query: 'query a { __typename } mutation b { __typename }', operationName: 'b' });
    expect(hidden.status).toBe(405);
    expect((await get({ query: '{ __typename }', variables: '{' })).status).toBe(400);
    expect((await get({ query: '{ __typename }', variables: '[]' })).status).toBe(400);
    expect((await get({})).status).toBe(400);
    expect((await call({ search: '?query={__typename}&query={__typename}' })).status).toBe(400);
  });

  test('answers HEAD as GET, OPTIONS with the allowed methods, and executes nothing by other methods', async () => {
    const query = `?${new URLSearchParams({ query: '{ __typename }' })}`;
    const head = await call({ method: 'HEAD', search: query });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect((await call({ method: 'HEAD' })).status).toBe(400);
    const options = await call({ method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, POST, OPTIONS']);
    for (const method of ['PUT', 'PATCH', 'DELETE']) expect((await call({ method })).status).toBe(405);
  });
});
