/** How an address that does badly is spared, and how one platform or operation is kept from holding up others. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createAborter } from '../kit/aborter.ts';
import type { Sender } from './courier.ts';
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

/** By somebody who did not ask before. */
const askAsNewcomer = (leftMs = PATIENT_MS) =>
  ask(courier.sender({ leftMs, rights: { subject: `caller ${serial++}` } }));

async function times(count: number, work: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < count; i++) await work();
}

/** More than any machine needs for what does not hang. */
const PATIENT_MS = 50_000;
const HANG_MS = 200;

const OPEN = { status: 'REFUSED', code: 'PLATFORM_REFUSED', reason: expect.stringContaining('breaker open') };

describe('the breaker of an address', () => {
  const closes = async (): Promise<void> => {
    courier.pass(10_000);
    platform.always((held) => held.reply(WELL));
    expect(await ask()).toMatchObject({ kind: 'answered' });
    expect(await ask()).toMatchObject({ kind: 'answered' });
    expect(courier.state().breakersOpen).toBe(0);
  };

  test('opens for one that is not available, whoever asks; it is asked again after a while, and closes when it is well', async () => {
    courier = startCourier({ breakerFailures: 4, breakerOpenMs: 10_000 });
    platform.always((held) => held.reply('{"errors":[{"message":"busy"}]}', 503));
    await times(4, () => ask());
    const refused = courier.state().refusedTotal;
    expect(await askAsNewcomer()).toMatchObject(OPEN);
    expect([platform.count, courier.state().breakersOpen]).toEqual([4, 1]);
    expect(courier.state().refusedTotal).toBe(refused + 1);
    courier.pass(10_000);
    await ask();
    expect(await ask()).toMatchObject(OPEN);
    await closes();
  });

  const faults: readonly [string, (held: Held) => void, leftMs: number | undefined][] = [
    ['breaks off', (held) => held.breakOff(), undefined],
    [
      'is not reached by the server before it',
      (held) => held.reply('{"errors":[{"message":"no upstream"}]}', 502),
      undefined,
    ],
    ['does not answer in time', () => undefined, HANG_MS],
  ];

  test.each(faults)(
    'opens for one that %s, when it fails several callers; others try it, one at a time',
    async (_name, fault, leftMs) => {
      courier = startCourier({
        breakerFailures: 4,
        breakerOpenMs: 10_000,
        breakerLateMs: 50,
        platformDeadlineMs: PATIENT_MS,
      });
      platform.always(fault);
      await times(3, () => askAsNewcomer(leftMs));
      await ask(courier.sender({ leftMs }));
      const asked = platform.count;
      expect(await ask()).toMatchObject(OPEN);
      expect([platform.count, courier.state().breakersOpen]).toEqual([asked, 1]);
      const probe = askAsNewcomer(leftMs);
      expect(await askAsNewcomer()).toMatchObject(OPEN);
      expect(await probe).not.toMatchObject(OPEN);
      await times(3, () => askAsNewcomer(leftMs));
      // Now it has failed so many that it cannot be owed to who asks.
      expect(await askAsNewcomer()).toMatchObject(OPEN);
      await closes();
    },
  );

  test('does not open for what one caller sends, however much of it fails: others are answered', async () => {
    const limits = { breakerFailures: 4, breakerOpenMs: 10_000, breakerLateMs: 50, platformDeadlineMs: PATIENT_MS };
    courier = startCourier(limits);
    platform.always((held) => {
      if (held.body.startsWith('late')) return;
      if (held.body.startsWith('broken')) held.breakOff();
      else if (held.body.startsWith('500')) held.reply('oops', 500);
      else held.reply(WELL);
    });
    const send = (body: string, sender: Sender) => courier.call(errandTo(platformAt(platform.url), { body }), sender);
    for (const fault of ['late', 'broken', '500']) {
      const bad = courier.sender({ rights: { subject: 'bad' }, leftMs: fault === 'late' ? HANG_MS : undefined });
      await Promise.all(Array.from({ length: 8 }, (_, i) => send(`${fault} ${i}`, bad)));
      expect(courier.state().breakersOpen).toBe(0);
      for (let i = 0; i < 20; i++) expect(await ask()).toMatchObject({ kind: 'answered' });
    }
  });

  test('does not open for strangers whose requests fail while others are answered', async () => {
    courier = startCourier({ breakerFailures: 2, breakerLateMs: 50, platformDeadlineMs: PATIENT_MS });
    const rights = { subject: 'anonymous' };
    const stranger = courier.sender({ rights });
    const impatient = courier.sender({ rights, leftMs: 2 * HANG_MS });
    platform.always((held) => (held.body.includes('late') ? undefined : held.reply(WELL)));
    const late = Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        courier.call(errandTo(platformAt(platform.url), { body: `{"query":"late ${i}"}` }), impatient),
      ),
    );
    await times(8, () => ask(stranger));
    expect((await late)[0]).toMatchObject({ status: 'LATE' });
    expect(courier.state().breakersOpen).toBe(0);
    expect(await ask(stranger)).toMatchObject({ kind: 'answered' });
  });

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

describe('an operation that fails in a row', () => {
  const APART = { status: 'REFUSED', reason: expect.stringContaining('breaker open for this operation') };
  const bodyOf = (text: string, value = 0): string => JSON.stringify({ query: text, variables: { value } });
  const send = (body: string, subject = 'tester') =>
    courier.call(errandTo(platformAt(platform.url), { body }), courier.sender({ rights: { subject } }));
  const failsOn = (text: string) => (held: Held) =>
    held.body.includes(text) ? held.reply('oops', 500) : held.reply(WELL);

  test('is left alone for a while, whatever its values, and nothing else of its caller is', async () => {
    courier = startCourier({ breakerFailures: 3, breakerOpenMs: 10_000 });
    platform.always(failsOn('bad'));
    for (let i = 0; i < 3; i++) expect(await send(bodyOf('bad', i))).toMatchObject({ status: 'FAILED' });
    expect(await send(bodyOf('bad', 3))).toMatchObject(APART);
    expect(await send(bodyOf('good'))).toMatchObject({ kind: 'answered' });
    expect(await send(bodyOf('bad'), 'another')).toMatchObject({ status: 'FAILED' });
    expect(platform.count).toBe(5);
    courier.pass(10_000);
    expect(await send(bodyOf('bad'))).toMatchObject({ status: 'FAILED' });
    expect(await send(bodyOf('bad'))).toMatchObject(APART);
    courier.pass(10_000);
    platform.always((held) => held.reply(WELL));
    for (let i = 0; i < 3; i++) expect(await send(bodyOf('bad', i))).toMatchObject({ kind: 'answered' });
  });

  test('of strangers is one with its values, so that none spoils it for others', async () => {
    courier = startCourier({ breakerFailures: 3 });
    platform.always(failsOn('7'));
    for (let i = 0; i < 3; i++) await send(bodyOf('text', 7), 'anonymous');
    expect(await send(bodyOf('text', 7), 'anonymous')).toMatchObject(APART);
    expect(await send(bodyOf('text', 8), 'anonymous')).toMatchObject({ kind: 'answered' });
  });

  test('is followed by its caller, when several of his do', async () => {
    courier = startCourier({ breakerFailures: 3, breakerOpenMs: 10_000 });
    platform.always(failsOn('bad'));
    for (let i = 0; i < 3; i++) await send(bodyOf(`bad ${i}`));
    const reason = expect.stringContaining('breaker open for this caller');
    expect(await send(bodyOf('good'))).toMatchObject({ status: 'REFUSED', reason });
    expect(await send(bodyOf('good'), 'another')).toMatchObject({ kind: 'answered' });
    courier.pass(10_000);
    expect(await send(bodyOf('good'))).toMatchObject({ kind: 'answered' });
    expect(courier.state().breakersOpen).toBe(0);
  });

  test('is forgotten when more fail than are remembered', async () => {
    courier = startCourier({ breakerFailures: 1, breakerOriginsMax: 2 });
    platform.always(failsOn('bad'));
    const sendOf = (value: number) => send(bodyOf('bad', value), 'anonymous');
    for (const value of [1, 2]) expect(await sendOf(value)).toMatchObject({ status: 'FAILED' });
    for (const value of [2, 1]) expect(await sendOf(value)).toMatchObject(APART);
    expect(await sendOf(3)).toMatchObject({ status: 'FAILED' });
    for (const value of [3, 1]) expect(await sendOf(value)).toMatchObject(APART);
    expect(await sendOf(2)).toMatchObject({ status: 'FAILED' });
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
    await times(6, askAsNewcomer);
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
