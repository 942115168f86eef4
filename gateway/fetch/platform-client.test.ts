/** What a platform can do to a call over real connections, and the answer that the call returns. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createCancelController } from '../kit/concurrency/cancel-controller.ts';
import { type ManualPlatform, OK_BODY, type PendingRequest, startManualPlatform } from './testing/manual-platform.ts';
import { platformAt, requestTo, startClient, type TestClient } from './testing/test-client.ts';

let platform: ManualPlatform;
let client: TestClient;

beforeEach(async () => {
  platform = await startManualPlatform();
});

afterEach(async () => {
  await client.close();
  await platform.close();
});

const ask = (more: Parameters<typeof requestTo>[1] = {}, context = client.context()) =>
  client.call(requestTo(platformAt(platform.url), more), context);

describe('a call of a platform', () => {
  test('a request carries passport, request id and deadline, and brings data and errors', async () => {
    client = startClient({ platformDeadlineMs: 3_000 });
    const answer = ask();
    const pending = await platform.next();
    expect(pending.body).toBe('{"query":"{ a }"}');
    expect(pending.headers).toMatchObject({ 'x-yiwang-request-id': 'request', 'content-type': 'application/json' });
    expect(JSON.parse(String(pending.headers['x-yiwang-passport']))).toMatchObject({
      aud: 'toy/420100',
      sub: 'tester',
    });
    const leftMs = Number(pending.headers['x-yiwang-deadline']);
    expect(leftMs).toBeGreaterThan(0);
    expect(leftMs).toBeLessThanOrEqual(3_000);
    pending.reply('{"data":{"a":1},"errors":[{"message":"no","path":["b"],"extensions":{"code":"NOT_FOUND"}}]}');
    expect(await answer).toMatchObject({
      kind: 'answered',
      data: { a: 1 },
      problems: [{ code: 'NOT_FOUND', message: 'no', path: ['b'] }],
    });
  });

  test('a call that waits until its passport is old is sent with a fresh one', async () => {
    const clock = jest.spyOn(Date, 'now').mockReturnValue(1_000_000);
    let signed = 0;
    const limits = { platformConnectionsMin: 1, platformConnectionsMax: 1, passportLifeMs: 10_000 };
    client = startClient(limits, undefined, async () => `passport ${++signed}`);
    const answers = ['{"query":"{ a }"}', '{"query":"{ b }"}', '{"query":"{ c }"}'].map((body) => ask({ body }));
    const passports: unknown[] = [];
    for (const waitedMs of [4_999, 5_001, 0]) {
      const pending = await platform.next();
      passports.push(pending.headers['x-yiwang-passport']);
      clock.mockReturnValue(Date.now() + waitedMs);
      pending.reply(OK_BODY);
    }
    await Promise.all(answers);
    clock.mockRestore();
    expect(passports).toEqual(['passport 1', 'passport 1', 'passport 2']);
  });

  test('a caller with few calls does not wait for all calls of another one', async () => {
    client = startClient({ platformConnectionsMin: 1, platformConnectionsMax: 1 });
    const senderOf = (key: string) => {
      const context = client.context();
      return { ...context, operation: { ...context.operation, caller: { kind: 'verified' as const, key } } };
    };
    const bodyOf = (name: string) => ({ body: `{"query":"{ ${name} }"}` });
    // Each call is an operation of its own.
    const answers = Array.from({ length: 20 }, (_, i) => ask(bodyOf(`many${i}`), senderOf('many')));
    answers.push(ask(bodyOf('calm'), senderOf('calm')));
    platform.answerAll((pending) => pending.reply(OK_BODY));
    await Promise.all(answers);
    expect(platform.requests.findIndex(({ body }) => body.includes('calm'))).toBeLessThanOrEqual(2);
  });

  test('one large response is parsed in each turn of the event loop, so that small ones need not wait', async () => {
    client = startClient();
    const big = `{"data":{"a":"${'x'.repeat(70_000)}"}}`;
    const order: string[] = [];
    const names = [...Array.from({ length: 12 }, (_, i) => `big${i}`), 'small'];
    const answers = names.map(async (name) => {
      await ask({ body: `{"query":"{ ${name} }"}` });
      order.push(name);
    });
    const pending: PendingRequest[] = [];
    for (const _ of names) pending.push(await platform.next());
    // `setImmediate` runs between two turns of the loop.
    const turns: number[] = [];
    const count = () => {
      turns.push(order.filter((name) => name.startsWith('big')).length);
      timer = setImmediate(count);
    };
    let timer = setImmediate(count);
    for (const one of pending) one.reply(one.body.includes('small') ? OK_BODY : big);
    await Promise.all(answers);
    clearImmediate(timer);
    const steps = turns.map((bigs, i) => bigs - (turns[i - 1] ?? 0));
    expect(Math.max(...steps)).toBe(1);
    expect(order).toContain('small');
  });

  test('the deadline leaves a reserve for the merge: a tenth of a short time, up to a limit', async () => {
    client = startClient({ platformDeadlineMs: 60_000, mergeReserveMs: 500 });
    const deadlineOf = async (leftMs: number): Promise<number> => {
      const answer = ask({}, client.context({ leftMs }));
      const pending = await platform.next();
      pending.reply(OK_BODY);
      await answer;
      return Number(pending.headers['x-yiwang-deadline']);
    };
    expect(await deadlineOf(1_000)).toBeLessThanOrEqual(900);
    expect(await deadlineOf(1_000)).toBeGreaterThan(500);
    expect(await deadlineOf(50_000)).toBeLessThanOrEqual(49_500);
    expect(await deadlineOf(50_000)).toBeGreaterThan(45_000);
  });

  test('a request to a plain address carries no passport', async () => {
    client = startClient();
    const answer = client.call({ ...requestTo(platformAt(platform.url)), target: undefined }, client.context());
    const pending = await platform.next();
    expect(pending.headers['x-yiwang-passport']).toBeUndefined();
    pending.reply(OK_BODY);
    expect(await answer).toMatchObject({ kind: 'answered' });
  });

  test('an operation that receives more bytes than it may is refused as too costly', async () => {
    client = startClient({ receivedBytesMax: 2 * OK_BODY.length });
    platform.answerAll((pending) => pending.reply(OK_BODY));
    const sender = client.context();
    const bodies = ['a', 'b', 'c'].map((name) => ({ body: `{"query":"{ ${name} }"}` }));
    expect(await ask(bodies[0], sender)).toMatchObject({ kind: 'answered' });
    expect(await ask(bodies[1], sender)).toMatchObject({ kind: 'answered' });
    await expect(ask(bodies[2], sender)).rejects.toMatchObject({
      code: 'TOO_COSTLY',
      extensions: { limit: 'receivedBytesMax', max: 2 * OK_BODY.length },
    });
    expect(await ask(bodies[2])).toMatchObject({ kind: 'answered' });
  });

  test('an operation that makes more calls than it may is refused, and the call is not sent', async () => {
    client = startClient({ callsMax: 1 });
    platform.answerAll((pending) => pending.reply(OK_BODY));
    const sender = client.context();
    await ask({}, sender);
    await expect(ask({}, sender)).rejects.toMatchObject({ code: 'TOO_COSTLY' });
    expect(platform.count).toBe(1);
  });

  test('data that the extractor accepts is returned as it was sent, and other data is parsed', async () => {
    client = startClient({ parseSliceBytes: 1_024 });
    const accept = {
      extract: (body: Buffer) => (body.includes('1') ? body.subarray(8, 15) : undefined),
      *extractCooperatively(body: Buffer) {
        yield;
        return body.includes('1') ? body.subarray(-9, -1) : undefined;
      },
    };
    const askPrinted = () => client.callRaw(requestTo(platformAt(platform.url)), accept, client.context());
    platform.answerAll((pending) => pending.reply(OK_BODY));
    expect(await askPrinted()).toMatchObject({ kind: 'raw', data: Buffer.from('{"a":1}') });
    platform.answerAll((pending) => pending.reply('{"data":{"a":2}}'));
    expect(await askPrinted()).toMatchObject({ kind: 'answered', data: { a: 2 } });
    platform.answerAll((pending) => pending.reply(`${' '.repeat(2_000)}{"data":{"ab":1}}`));
    expect(await askPrinted()).toMatchObject({ kind: 'raw', data: Buffer.from('{"ab":1}') });
    platform.answerAll((pending) => pending.reply(`${' '.repeat(2_000)}{"data":{"ab":2}}`));
    expect(await askPrinted()).toMatchObject({ kind: 'answered', data: { ab: 2 } });
    platform.answerAll((pending) => pending.reply(OK_BODY, 207));
    expect(await askPrinted()).toMatchObject({ kind: 'answered' });
  });
});

describe('the deadline of a call', () => {
  test('no request is sent after the deadline or an abort', async () => {
    client = startClient();
    expect(await ask({}, client.context({ leftMs: 0 }))).toMatchObject({
      status: 'LATE',
      reason: 'no time was left to call the platform',
    });
    const caller = createCancelController();
    caller.abort();
    expect(await ask({}, client.context({ signal: caller.signal }))).toMatchObject({ status: 'LATE' });
    expect(platform.count).toBe(0);
  });

  test('a call that passes its deadline ends, and its request is cancelled', async () => {
    client = startClient({ platformDeadlineMs: 80 });
    const answer = ask();
    const pending = await platform.next();
    expect(await answer).toMatchObject({ status: 'LATE', code: 'PLATFORM_LATE', reason: 'no answer within 80 ms' });
    await pending.closed;
    expect(client.state()).toMatchObject({ callsInFlight: 0 });
  });

  test('a call ends at its deadline in the middle of a response as well', async () => {
    client = startClient({ platformDeadlineMs: 80 });
    const server = createServer((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"data":'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    expect(await client.call(requestTo(platformAt(url)), client.context())).toMatchObject({ status: 'LATE' });
    server.close();
  });

  test('an aborted operation cancels its request', async () => {
    client = startClient();
    const caller = createCancelController();
    const answer = ask({}, client.context({ signal: caller.signal }));
    const pending = await platform.next();
    caller.abort();
    expect(await answer).toMatchObject({ status: 'LATE', reason: expect.stringContaining('aborted') });
    await pending.closed;
  });

  test('the time to connect is bounded', async () => {
    client = startClient({ platformConnectMs: 50 });
    // The server accepts the connection and never answers the TLS handshake.
    const silent = createServer();
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const url = `https://127.0.0.1:${(silent.address() as AddressInfo).port}/graphql`;
    const answer = await client.call(requestTo(platformAt(url)), client.context());
    expect(answer).toMatchObject({ status: 'UNREACHABLE', reason: 'no connection to the platform' });
    silent.close();
  });
});

describe('a connection to a platform', () => {
  test('a refused connection makes the platform unreachable', async () => {
    client = startClient();
    const closedPlatform = await startManualPlatform();
    await closedPlatform.close();
    expect(await client.call(requestTo(platformAt(closedPlatform.url)), client.context())).toMatchObject({
      status: 'UNREACHABLE',
      reason: 'no connection to the platform',
    });
  });

  test('a reset connection is retried once for a query, and never for a mutation', async () => {
    client = startClient();
    platform.answerAll((pending) => pending.reset());
    const broken = { status: 'UNREACHABLE', reason: 'the connection to the platform was reset' };
    expect(await ask({ isMutation: true })).toMatchObject(broken);
    expect(platform.count).toBe(1);
    expect(await ask()).toMatchObject(broken);
    expect(platform.count).toBe(3);
    expect(client.state()).toMatchObject({ failoversTotal: 1 });
  });
});

describe('a reused connection', () => {
  /** Resets reused connections, as a proxy that has dropped them. */
  const resetReused = (pending: PendingRequest): void =>
    pending.before > 0 ? pending.reset() : pending.reply(OK_BODY);

  test('a query whose reused connection was closed is retried on a fresh one', async () => {
    client = startClient({ breakerFailures: 1 });
    let isCut = false;
    platform.answerAll((pending) => (isCut ? resetReused(pending) : void setTimeout(() => pending.reply(OK_BODY), 20)));
    const askAtOnce = () => Promise.all(Array.from({ length: 8 }, (_, i) => ask({ body: `${i}` })));
    await askAtOnce();
    isCut = true;
    for (const answer of await askAtOnce()) expect(answer).toMatchObject({ kind: 'answered' });
    for (let i = 0; i < 20; i++) expect(await ask()).toMatchObject({ kind: 'answered' });
    expect(client.state().breakersOpen).toBe(0);
  });

  test('a mutation whose reused connection was closed fails, and the breaker does not count it', async () => {
    client = startClient({ breakerFailures: 1 });
    platform.answerAll(resetReused);
    await ask();
    // The connection returns to the pool in the next turn.
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await ask({ isMutation: true })).toMatchObject({ status: 'UNREACHABLE' });
    expect(platform.count).toBe(2);
    expect(client.state().breakersOpen).toBe(0);
  });
});

describe('the URL of a platform', () => {
  test('a user and a password in the URL are sent as Basic credentials', async () => {
    client = startClient();
    platform.answerAll((pending) => pending.reply(OK_BODY));
    const answer = ask({ url: platform.url.replace('//', '//user:p%40ss%zz@') });
    await answer;
    const [first] = platform.requests;
    expect(first?.headers.authorization).toBe(`Basic ${Buffer.from('user:p%40ss%zz').toString('base64')}`);
  });
});

describe('the response of a platform', () => {
  test('a compressed response is accepted up to the limit of its decompressed size', async () => {
    client = startClient({ platformResponseBytesMax: 2_000, breakerFailures: 1 });
    const replyOf = (text: string) => (pending: PendingRequest) =>
      pending.replyWith({ 'content-encoding': 'gzip' }, gzipSync(Buffer.from(text)));
    platform.answerAll(replyOf(sized(2_000)));
    expect(await ask()).toMatchObject({ kind: 'answered' });
    platform.answerAll(replyOf(sized(2_001)));
    expect(await ask()).toMatchObject({ status: 'NONCONFORMING', reason: 'the answer is larger than 2000 bytes' });
    platform.answerAll((pending) => pending.replyWith({ 'content-encoding': 'gzip' }, Buffer.from('not so')));
    expect(await ask()).toMatchObject({ status: 'NONCONFORMING', reason: 'the answer cannot be decompressed' });
    platform.answerAll((pending) => pending.replyWith({ 'content-encoding': 'br' }, Buffer.from('not so'), 502));
    expect(await ask()).toMatchObject({ status: 'FAILED', reason: 'the platform answered with HTTP status 502' });
    expect(platform.requests[0]?.headers['accept-encoding']).toBe('gzip, br, deflate');
  });

  const sized = (bytes: number): string => `{"data":{"a":"${'x'.repeat(bytes - 17)}"}}`;

  test.each(['with a content-length', 'in chunks'])(
    'a response %s may be as large as the limit, and no larger',
    async (how) => {
      client = startClient({ platformResponseBytesMax: 2_000 });
      let bytes = 2_000;
      platform.answerAll((pending) => {
        if (how === 'in chunks') pending.replyInChunks(sized(bytes).slice(0, 1_500), sized(bytes).slice(1_500));
        else pending.reply(sized(bytes));
      });
      expect(await ask()).toMatchObject({ kind: 'answered' });
      bytes = 2_001;
      expect(await ask()).toMatchObject({ status: 'NONCONFORMING', reason: 'the answer is larger than 2000 bytes' });
      bytes = 2_000;
      expect(await ask()).toMatchObject({ kind: 'answered' });
    },
  );

  test('a response with a content-length above the limit is refused at once', async () => {
    client = startClient({ platformResponseBytesMax: 2_000, platformDeadlineMs: 1_000 });
    const announcing = createServer((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2001\r\n\r\n'));
    announcing.listen(0, '127.0.0.1');
    await once(announcing, 'listening');
    const url = `http://127.0.0.1:${(announcing.address() as AddressInfo).port}/`;
    const answer = await client.call(requestTo(platformAt(url)), client.context());
    expect(answer).toMatchObject({ status: 'NONCONFORMING', reason: 'the answer is larger than 2000 bytes' });
    announcing.close();
  });

  test('a response that is parsed in slices is accepted and refused like a small one', async () => {
    client = startClient({ parseSliceBytes: 1_024 });
    const rows = Array.from({ length: 3_000 }, (_, id) => ({ id, name: 'a row' }));
    const text = JSON.stringify({ data: { rows } });
    platform.answerAll((pending) => pending.reply(text));
    expect(await ask()).toMatchObject({ kind: 'answered', data: { rows } });
    platform.answerAll((pending) => pending.reply(text.slice(0, -2)));
    expect(await ask()).toMatchObject({ status: 'NONCONFORMING', reason: 'the answer is not a GraphQL response' });
    const exact = JSON.stringify({ data: { a: 'x'.repeat(1_024 - 17) } });
    platform.answerAll((pending) => pending.reply(exact));
    expect(await ask()).toMatchObject({ kind: 'answered' });
  });
});

describe('an endpoint', () => {
  test('an endpoint keeps its health as long as the directory names it, and is closed when idle', async () => {
    client = startClient();
    const other = await startManualPlatform();
    platform.answerAll((pending) => pending.reply(OK_BODY));
    await ask();
    const staying = client.call(requestTo(platformAt(other.url)), client.context());
    const pending = await other.next();
    client.retain([]);
    expect(client.state()).toMatchObject({ endpoints: 1, callsInFlight: 1 });
    pending.reply(OK_BODY);
    expect(await staying).toMatchObject({ kind: 'answered' });
    expect(client.state()).toMatchObject({ endpoints: 0 });
    client.retain([platform.url]);
    await ask();
    expect(client.state()).toMatchObject({ endpoints: 1 });
    await other.close();
  });
});
