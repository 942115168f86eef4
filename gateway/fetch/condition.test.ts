/** How an address that does badly is spared, and how one platform or operation is kept from holding up others. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
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
let serial = 0;

beforeEach(async () => {
  platform = await startHandPlatform();
});

afterEach(async () => {
  await courier.close();
  await platform.close();
});

/** A text of its own, so that no call is shared. */
const ask = (sender = courier.sender(), url = platform.url) =>
  courier.call(errandTo(platformAt(url), { body: `question ${serial++}` }), sender);

async function times(count: number, work: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < count; i++) await work();
}

const OPEN = { status: 'REFUSED', code: 'PLATFORM_REFUSED', reason: expect.stringContaining('breaker open') };

describe('the breaker of an address', () => {
  const faults: readonly [string, (held: Held) => void][] = [
    ['breaks off', (held) => held.breakOff()],
    ['answers with status 503', (held) => held.reply('{"errors":[{"message":"busy"}]}', 503)],
    ['answers with status 500 and no JSON', (held) => held.reply('oops', 500)],
    ['does not answer in time', () => undefined],
  ];

  test.each(faults)(
    'opens for one that %s, asks it again after a while, and closes when it is well',
    async (_name, fault) => {
      courier = startCourier({ breakerFailures: 4, breakerOpenMs: 10_000, breakerLateMs: 50, platformDeadlineMs: 80 });
      platform.always(fault);
      await times(4, () => ask());
      const [asked, refused] = [platform.count, courier.state().refusedTotal];
      expect(await ask()).toMatchObject(OPEN);
      expect([platform.count, courier.state().breakersOpen]).toEqual([asked, 1]);
      expect(courier.state().refusedTotal).toBe(refused + 1);
      courier.pass(10_000);
      await ask();
      expect(await ask()).toMatchObject(OPEN);
      courier.pass(10_000);
      platform.always((held) => held.reply(WELL));
      expect(await ask()).toMatchObject({ kind: 'answered' });
      expect(await ask()).toMatchObject({ kind: 'answered' });
      expect(courier.state().breakersOpen).toBe(0);
    },
  );

  test('stays closed for errors that the platform itself words, for what is too large, and for passports refused', async () => {
    courier = startCourier({ breakerFailures: 1, platformResponseBytesMax: 1_024 });
    platform.always((held) => held.reply('{"errors":[{"message":"a bug"}]}', 500));
    expect(await ask()).toMatchObject({ status: 'FAILED' });
    platform.always((held) => held.reply('x'.repeat(1_025)));
    expect(await ask()).toMatchObject({ status: 'NONCONFORMING' });
    platform.always((held) => held.reply('{}', 401));
    expect(await ask()).toMatchObject({ status: 'REFUSED' });
    platform.always((held) => held.reply(WELL));
    expect(await ask()).toMatchObject({ kind: 'answered' });
  });

  test('stays closed for callers who give too little time, or go away', async () => {
    courier = startCourier({ breakerFailures: 1, breakerLateMs: 60_000 });
    expect(await ask(courier.sender({ leftMs: 50 }))).toMatchObject({ status: 'LATE' });
    const caller = createAborter();
    const answer = ask(courier.sender({ signal: caller.signal }));
    await platform.next();
    await platform.next();
    caller.abort();
    expect(await answer).toMatchObject({ status: 'LATE' });
    expect(courier.state().breakersOpen).toBe(0);
  });

  test('lets another probe out where the caller of the first went away', async () => {
    courier = startCourier({ breakerFailures: 1, breakerOpenMs: 10_000 });
    platform.always((held) => held.reply('', 503));
    await ask();
    courier.pass(10_000);
    platform.always(() => undefined);
    const caller = createAborter();
    const probe = ask(courier.sender({ signal: caller.signal }));
    expect(await ask()).toMatchObject(OPEN);
    caller.abort();
    await probe;
    platform.always((held) => held.reply(WELL));
    expect(await ask()).toMatchObject({ kind: 'answered' });
  });

  test('refuses those who waited when it opened', async () => {
    courier = startCourier({
      breakerFailures: 1,
      platformConnectionsMax: 1,
      platformConnectionsMin: 1,
      breakerOpenMs: 60_000,
    });
    const [first, second] = [ask(), ask()];
    (await platform.next()).reply('', 503);
    expect(await first).toMatchObject({ status: 'FAILED' });
    expect(await second).toMatchObject(OPEN);
    expect(platform.count).toBe(1);
  });
});

describe('room at an address', () => {
  test('is for as many calls as connections; the next wait, and those beyond the queue are refused', async () => {
    courier = startCourier({ platformConnectionsMax: 2, platformQueueMax: 1 });
    const calls = [ask(), ask(), ask()];
    expect(await ask()).toMatchObject({ status: 'REFUSED', reason: '1 calls wait for this platform already' });
    const held = [await platform.next(), await platform.next()];
    expect(platform.count).toBe(2);
    expect(courier.state()).toMatchObject({ callsUnderWay: 2, callsWaiting: 1 });
    held[0]!.reply(WELL);
    (await platform.next()).reply(WELL);
    held[1]!.reply(WELL);
    for (const answer of await Promise.all(calls)) expect(answer).toMatchObject({ kind: 'answered' });
  });

  test('is not waited for by a call that would be late', async () => {
    courier = startCourier({ platformConnectionsMax: 1, platformConnectionsMin: 1, platformDeadlineMs: 60_000 });
    const first = ask();
    const held = await platform.next();
    courier.pass(5_000);
    held.reply(WELL);
    await first;
    const second = ask();
    const next = await platform.next();
    const waiting = ask(courier.sender({ leftMs: 30_000 }));
    expect(await ask(courier.sender({ leftMs: 8_000 }))).toMatchObject({
      status: 'REFUSED',
      reason: 'the 1 calls that wait for this platform leave no time for one more',
    });
    next.reply(WELL);
    (await platform.next()).reply(WELL);
    for (const answer of await Promise.all([second, waiting])) expect(answer).toMatchObject({ kind: 'answered' });
  });

  test('that is waited for in vain is left in time', async () => {
    courier = startCourier({ platformConnectionsMax: 1, platformConnectionsMin: 1 });
    const first = ask();
    const held = await platform.next();
    expect(await ask(courier.sender({ leftMs: 50 }))).toMatchObject({ status: 'LATE' });
    expect(courier.state()).toMatchObject({ callsUnderWay: 1, callsWaiting: 0 });
    const last = courier.call(errandTo(platformAt(platform.url), { body: 'the last' }), courier.sender());
    held.reply(WELL);
    const next = await platform.next();
    expect(next.body).toBe('the last');
    next.reply(WELL);
    await Promise.all([first, last]);
    expect(courier.state()).toMatchObject({ callsUnderWay: 0, callsWaiting: 0 });
  });

  test('shrinks where calls are late, down to the least', async () => {
    const limits = { platformConnectionsMax: 4, platformConnectionsMin: 3, breakerFailures: 1_000, breakerLateMs: 1 };
    courier = startCourier({ ...limits, platformDeadlineMs: 60 });
    platform.always(() => undefined);
    await times(6, () => ask());
    const before = platform.count;
    const calls = [1, 2, 3, 4].map(() => ask());
    expect(courier.state()).toMatchObject({ callsUnderWay: 3, callsWaiting: 1 });
    await Promise.all(calls);
    expect(platform.count - before).toBeLessThanOrEqual(4);
  });
});

describe('room in a tier', () => {
  test('is shared by its platforms, and operations take turns', async () => {
    courier = startCourier({ tierParallelMax: 1 });
    const statistic = courier.sender();
    const page = courier.sender();
    const asked: string[] = [];
    platform.always((held) => {
      asked.push(held.body);
      held.reply(WELL);
    });
    const send = (body: string, sender = statistic) =>
      courier.call(errandTo(platformAt(platform.url), { body }), sender);
    const calls = [...['s1', 's2', 's3', 's4'].map((body) => send(body)), send('p1', page)];
    await Promise.all(calls);
    expect(asked).toEqual(['s1', 's2', 'p1', 's3', 's4']);
  });

  test('does not hold up another tier, and has a queue with an end', async () => {
    courier = startCourier({ tierParallelMax: 1, tierQueueMax: 1 });
    const first = ask();
    const held = await platform.next();
    const second = ask();
    expect(await ask()).toMatchObject({ status: 'REFUSED', reason: '1 calls wait for platforms of this tier already' });
    const province = platformAt(platform.url, { tier: 'PROVINCIAL' });
    const other = courier.call(errandTo(province), courier.sender());
    (await platform.next()).reply(WELL);
    expect(await other).toMatchObject({ kind: 'answered' });
    held.reply(WELL);
    (await platform.next()).reply(WELL);
    for (const answer of await Promise.all([first, second])) expect(answer).toMatchObject({ kind: 'answered' });
  });
});
