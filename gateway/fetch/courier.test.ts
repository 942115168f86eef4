/** What a platform can do to a call, over real connections, and what the call comes to. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createAborter } from '../kit/aborter.ts';
import {
  errandTo,
  type HandPlatform,
  type Held,
  platformAt,
  startCourier,
  startHandPlatform,
  type TestCourier,
  WELL,
} from './testing.ts';

let platform: HandPlatform;
let courier: TestCourier;

beforeEach(async () => {
  platform = await startHandPlatform();
});

afterEach(async () => {
  await courier.close();
  await platform.close();
});

const ask = (more: Parameters<typeof errandTo>[1] = {}, sender = courier.sender()) =>
  courier.call(errandTo(platformAt(platform.url), more), sender);

describe('a call', () => {
  test('carries passport, request id and the time that is left for it, and brings data and errors', async () => {
    courier = startCourier({ platformDeadlineMs: 3_000 });
    const answer = ask();
    const held = await platform.next();
    expect(held.body).toBe('{"query":"{ a }"}');
    expect(held.headers).toMatchObject({ 'x-yiwang-request-id': 'request', 'content-type': 'application/json' });
    expect(JSON.parse(String(held.headers['x-yiwang-passport']))).toMatchObject({ aud: 'toy/420100', sub: 'tester' });
    const leftMs = Number(held.headers['x-yiwang-deadline']);
    expect(leftMs).toBeGreaterThan(0);
    expect(leftMs).toBeLessThanOrEqual(3_000);
    held.reply('{"data":{"a":1},"errors":[{"message":"no","path":["b"],"extensions":{"code":"NOT_FOUND"}}]}');
    expect(await answer).toMatchObject({
      kind: 'answered',
      data: { a: 1 },
      problems: [{ code: 'NOT_FOUND', message: 'no', path: ['b'] }],
    });
  });

  test('that waits for longer than a passport is handed out goes out with a fresh one', async () => {
    const clock = jest.spyOn(Date, 'now').mockReturnValue(1_000_000);
    let signed = 0;
    const limits = { platformConnectionsMin: 1, platformConnectionsMax: 1, passportLifeMs: 10_000 };
    courier = startCourier(limits, undefined, async () => `passport ${++signed}`);
    const asked = ['{"query":"{ a }"}', '{"query":"{ b }"}', '{"query":"{ c }"}'].map((body) => ask({ body }));
    const passports: unknown[] = [];
    for (const waitedMs of [4_999, 5_001, 0]) {
      const held = await platform.next();
      passports.push(held.headers['x-yiwang-passport']);
      clock.mockReturnValue(Date.now() + waitedMs);
      held.reply(WELL);
    }
    await Promise.all(asked);
    clock.mockRestore();
    expect(passports).toEqual(['passport 1', 'passport 1', 'passport 2']);
  });

  test('of a caller with few goes out before those of one who has many', async () => {
    courier = startCourier({ platformConnectionsMin: 1, platformConnectionsMax: 1 });
    const senderOf = (key: string) => {
      const sender = courier.sender();
      return { ...sender, asked: { ...sender.asked, caller: { kind: 'known' as const, key } } };
    };
    const bodyOf = (name: string) => ({ body: `{"query":"{ ${name} }"}` });
    // Each an operation of its own, as those of one who asks for many wide pages.
    const asked = Array.from({ length: 20 }, (_, i) => ask(bodyOf(`many${i}`), senderOf('many')));
    asked.push(ask(bodyOf('calm'), senderOf('calm')));
    platform.always((held) => held.reply(WELL));
    await Promise.all(asked);
    expect(platform.seen.findIndex(({ body }) => body.includes('calm'))).toBeLessThanOrEqual(2);
  });

  test('big answers are read one in a turn of the event loop, so that a small one need not wait for all of them', async () => {
    courier = startCourier();
    const big = `{"data":{"a":"${'x'.repeat(70_000)}"}}`;
    const order: string[] = [];
    const names = [...Array.from({ length: 12 }, (_, i) => `big${i}`), 'small'];
    const asked = names.map(async (name) => {
      await ask({ body: `{"query":"{ ${name} }"}` });
      order.push(name);
    });
    const held: Held[] = [];
    for (const _ of names) held.push(await platform.next());
    // What is read in one turn of the loop is told apart by what runs between two.
    const turns: number[] = [];
    const count = () => {
      turns.push(order.filter((name) => name.startsWith('big')).length);
      timer = setImmediate(count);
    };
    let timer = setImmediate(count);
    for (const one of held) one.reply(one.body.includes('small') ? WELL : big);
    await Promise.all(asked);
    clearImmediate(timer);
    const steps = turns.map((bigs, i) => bigs - (turns[i - 1] ?? 0));
    expect(Math.max(...steps)).toBe(1);
    expect(order).toContain('small');
  });

  test('leaves a reserve for the merge: a tenth of a short time, and no more than its limit of a long one', async () => {
    courier = startCourier({ platformDeadlineMs: 60_000, mergeReserveMs: 500 });
    const given = async (leftMs: number): Promise<number> => {
      const answer = ask({}, courier.sender({ leftMs }));
      const held = await platform.next();
      held.reply(WELL);
      await answer;
      return Number(held.headers['x-yiwang-deadline']);
    };
    expect(await given(1_000)).toBeLessThanOrEqual(900);
    expect(await given(1_000)).toBeGreaterThan(500);
    expect(await given(50_000)).toBeLessThanOrEqual(49_500);
    expect(await given(50_000)).toBeGreaterThan(45_000);
  });

  test('to a plain address carries no passport', async () => {
    courier = startCourier();
    const answer = courier.call({ ...errandTo(platformAt(platform.url)), target: undefined }, courier.sender());
    const held = await platform.next();
    expect(held.headers['x-yiwang-passport']).toBeUndefined();
    held.reply(WELL);
    expect(await answer).toMatchObject({ kind: 'answered' });
  });

  test('whose answer brings more than an operation may receive is refused', async () => {
    courier = startCourier({ receivedBytesMax: 2 * WELL.length });
    platform.always((held) => held.reply(WELL));
    const sender = courier.sender();
    const bodies = ['a', 'b', 'c'].map((name) => ({ body: `{"query":"{ ${name} }"}` }));
    expect(await ask(bodies[0], sender)).toMatchObject({ kind: 'answered' });
    expect(await ask(bodies[1], sender)).toMatchObject({ kind: 'answered' });
    await expect(ask(bodies[2], sender)).rejects.toMatchObject({
      code: 'TOO_COSTLY',
      extensions: { limit: 'receivedBytesMax', max: 2 * WELL.length },
    });
    expect(await ask(bodies[2])).toMatchObject({ kind: 'answered' });
  });

  test('beyond the number that an operation may make is refused, and not made', async () => {
    courier = startCourier({ callsMax: 1 });
    platform.always((held) => held.reply(WELL));
    const sender = courier.sender();
    await ask({}, sender);
    await expect(ask({}, sender)).rejects.toMatchObject({ code: 'TOO_COSTLY' });
    expect(platform.count).toBe(1);
  });

  test('stays printed where it is accepted, and is read where it is not', async () => {
    courier = startCourier({ parseSliceBytes: 1_024 });
    const accept = {
      now: (body: Buffer) => (body.includes('1') ? body.subarray(8, 15) : undefined),
      *slowly(body: Buffer) {
        yield;
        return body.includes('1') ? body.subarray(-9, -1) : undefined;
      },
    };
    const askPrinted = () => courier.callPrinted(errandTo(platformAt(platform.url)), accept, courier.sender());
    platform.always((held) => held.reply(WELL));
    expect(await askPrinted()).toMatchObject({ kind: 'printed', data: Buffer.from('{"a":1}') });
    platform.always((held) => held.reply('{"data":{"a":2}}'));
    expect(await askPrinted()).toMatchObject({ kind: 'answered', data: { a: 2 } });
    platform.always((held) => held.reply(`${' '.repeat(2_000)}{"data":{"ab":1}}`));
    expect(await askPrinted()).toMatchObject({ kind: 'printed', data: Buffer.from('{"ab":1}') });
    platform.always((held) => held.reply(`${' '.repeat(2_000)}{"data":{"ab":2}}`));
    expect(await askPrinted()).toMatchObject({ kind: 'answered', data: { ab: 2 } });
    platform.always((held) => held.reply(WELL, 207));
    expect(await askPrinted()).toMatchObject({ kind: 'answered' });
  });
});

describe('time', () => {
  test('that is over before the call asks nobody', async () => {
    courier = startCourier();
    expect(await ask({}, courier.sender({ leftMs: 0 }))).toMatchObject({
      status: 'LATE',
      reason: 'no time was left to ask it',
    });
    const caller = createAborter();
    caller.abort();
    expect(await ask({}, courier.sender({ signal: caller.signal }))).toMatchObject({ status: 'LATE' });
    expect(platform.count).toBe(0);
  });

  test('that runs out ends the call, and lets go of the platform', async () => {
    courier = startCourier({ platformDeadlineMs: 80 });
    const answer = ask();
    const held = await platform.next();
    expect(await answer).toMatchObject({ status: 'LATE', code: 'PLATFORM_LATE', reason: 'no answer within 80 ms' });
    await held.gone;
    expect(courier.state()).toMatchObject({ callsUnderWay: 0 });
  });

  test('runs out in the midst of an answer, too', async () => {
    courier = startCourier({ platformDeadlineMs: 80 });
    const server = createServer((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"data":'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    expect(await courier.call(errandTo(platformAt(url)), courier.sender())).toMatchObject({ status: 'LATE' });
    server.close();
  });

  test('of a caller who goes away is nobody else’s', async () => {
    courier = startCourier();
    const caller = createAborter();
    const answer = ask({}, courier.sender({ signal: caller.signal }));
    const held = await platform.next();
    caller.abort();
    expect(await answer).toMatchObject({ status: 'LATE', reason: expect.stringContaining('given up') });
    await held.gone;
  });

  test('to connect is bounded', async () => {
    courier = startCourier({ platformConnectMs: 50 });
    // Takes the connection and never shakes hands.
    const silent = createServer();
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const url = `https://127.0.0.1:${(silent.address() as AddressInfo).port}/graphql`;
    const answer = await courier.call(errandTo(platformAt(url)), courier.sender());
    expect(answer).toMatchObject({ status: 'UNREACHABLE', reason: 'no connection to the platform' });
    silent.close();
  });
});

describe('a connection', () => {
  test('that nobody takes is no answer', async () => {
    courier = startCourier();
    const gone = await startHandPlatform();
    await gone.close();
    expect(await courier.call(errandTo(platformAt(gone.url)), courier.sender())).toMatchObject({
      status: 'UNREACHABLE',
      reason: 'no connection to the platform',
    });
  });

  test('that breaks off is tried once more for a read, and never for a mutation', async () => {
    courier = startCourier();
    platform.always((held) => held.breakOff());
    const broken = { status: 'UNREACHABLE', reason: 'the connection to the platform broke off' };
    expect(await ask({ isMutation: true })).toMatchObject(broken);
    expect(platform.count).toBe(1);
    expect(await ask()).toMatchObject(broken);
    expect(platform.count).toBe(3);
    expect(courier.state()).toMatchObject({ failoversTotal: 1 });
  });
});

describe('a connection kept from before', () => {
  /** Whoever is between forgets what was open. */
  const cutKept = (held: Held): void => (held.before > 0 ? held.breakOff() : held.reply(WELL));

  test('that is gone costs no read its answer: the second try goes out on a fresh one', async () => {
    courier = startCourier({ breakerFailures: 1 });
    let isCut = false;
    platform.always((held) => (isCut ? cutKept(held) : void setTimeout(() => held.reply(WELL), 20)));
    const askAtOnce = () => Promise.all(Array.from({ length: 8 }, (_, i) => ask({ body: `${i}` })));
    await askAtOnce();
    isCut = true;
    for (const answer of await askAtOnce()) expect(answer).toMatchObject({ kind: 'answered' });
    for (let i = 0; i < 20; i++) expect(await ask()).toMatchObject({ kind: 'answered' });
    expect(courier.state().breakersOpen).toBe(0);
  });

  test('that is gone fails a mutation, which is not sent again, and says nothing of the address', async () => {
    courier = startCourier({ breakerFailures: 1 });
    platform.always(cutKept);
    await ask();
    // The connection is kept from the next turn on.
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await ask({ isMutation: true })).toMatchObject({ status: 'UNREACHABLE' });
    expect(platform.count).toBe(2);
    expect(courier.state().breakersOpen).toBe(0);
  });
});

describe('an address', () => {
  test('with a user and a password sends both as HTTP has it', async () => {
    courier = startCourier();
    platform.always((held) => held.reply(WELL));
    const answer = ask({ url: platform.url.replace('//', '//user:p%40ss%zz@') });
    await answer;
    const [first] = platform.seen;
    expect(first?.headers.authorization).toBe(`Basic ${Buffer.from('user:p%40ss%zz').toString('base64')}`);
  });
});

describe('an answer', () => {
  test('may be compressed, and is bounded by what it decompresses to', async () => {
    courier = startCourier({ platformResponseBytesMax: 2_000, breakerFailures: 1 });
    const replyOf = (text: string) => (held: Held) =>
      held.replyWith({ 'content-encoding': 'gzip' }, gzipSync(Buffer.from(text)));
    platform.always(replyOf(sized(2_000)));
    expect(await ask()).toMatchObject({ kind: 'answered' });
    platform.always(replyOf(sized(2_001)));
    expect(await ask()).toMatchObject({ status: 'NONCONFORMING', reason: 'the answer is larger than 2000 bytes' });
    platform.always((held) => held.replyWith({ 'content-encoding': 'gzip' }, Buffer.from('not so')));
    expect(await ask()).toMatchObject({ status: 'NONCONFORMING', reason: 'the answer cannot be decompressed' });
    platform.always((held) => held.replyWith({ 'content-encoding': 'br' }, Buffer.from('not so'), 502));
    expect(await ask()).toMatchObject({ status: 'FAILED', reason: 'the platform answered with HTTP status 502' });
    expect(platform.seen[0]?.headers['accept-encoding']).toBe('gzip, br, deflate');
  });

  const sized = (bytes: number): string => `{"data":{"a":"${'x'.repeat(bytes - 17)}"}}`;

  test.each(['with its length said', 'without'])('may be as large as the limit, %s', async (how) => {
    courier = startCourier({ platformResponseBytesMax: 2_000 });
    let bytes = 2_000;
    platform.always((held) => {
      if (how === 'without') held.replyInChunks(sized(bytes).slice(0, 1_500), sized(bytes).slice(1_500));
      else held.reply(sized(bytes));
    });
    expect(await ask()).toMatchObject({ kind: 'answered' });
    bytes = 2_001;
    expect(await ask()).toMatchObject({ status: 'NONCONFORMING', reason: 'the answer is larger than 2000 bytes' });
    bytes = 2_000;
    expect(await ask()).toMatchObject({ kind: 'answered' });
  });

  test('that says beforehand that it is too large is not waited for', async () => {
    courier = startCourier({ platformResponseBytesMax: 2_000, platformDeadlineMs: 1_000 });
    const announcing = createServer((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2001\r\n\r\n'));
    announcing.listen(0, '127.0.0.1');
    await once(announcing, 'listening');
    const url = `http://127.0.0.1:${(announcing.address() as AddressInfo).port}/`;
    const answer = await courier.call(errandTo(platformAt(url)), courier.sender());
    expect(answer).toMatchObject({ status: 'NONCONFORMING', reason: 'the answer is larger than 2000 bytes' });
    announcing.close();
  });

  test('above the size of a slice is read just as well, and refused just as well', async () => {
    courier = startCourier({ parseSliceBytes: 1_024 });
    const rows = Array.from({ length: 3_000 }, (_, id) => ({ id, name: 'a row' }));
    const text = JSON.stringify({ data: { rows } });
    platform.always((held) => held.reply(text));
    expect(await ask()).toMatchObject({ kind: 'answered', data: { rows } });
    platform.always((held) => held.reply(text.slice(0, -2)));
    expect(await ask()).toMatchObject({ status: 'NONCONFORMING', reason: 'the answer is not a GraphQL response' });
    const exact = JSON.stringify({ data: { a: 'x'.repeat(1_024 - 17) } });
    platform.always((held) => held.reply(exact));
    expect(await ask()).toMatchObject({ kind: 'answered' });
  });
});

describe('what is kept of platforms', () => {
  test('outlives a change of the directory, and goes with the address once it is idle', async () => {
    courier = startCourier();
    const other = await startHandPlatform();
    platform.always((held) => held.reply(WELL));
    await ask();
    const staying = courier.call(errandTo(platformAt(other.url)), courier.sender());
    const held = await other.next();
    courier.retain([]);
    expect(courier.state()).toMatchObject({ addresses: 1, callsUnderWay: 1 });
    held.reply(WELL);
    expect(await staying).toMatchObject({ kind: 'answered' });
    expect(courier.state()).toMatchObject({ addresses: 0 });
    courier.retain([platform.url]);
    await ask();
    expect(courier.state()).toMatchObject({ addresses: 1 });
    await other.close();
  });
});
