/** A platform with several addresses: which of them is asked, and what happens when it does not answer. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  errandTo,
  type HandPlatform,
  platformAt,
  startCourier,
  startHandPlatform,
  type TestCourier,
  WELL,
} from './testing.ts';

let one: HandPlatform;
let two: HandPlatform;
let courier: TestCourier;
let serial = 0;

beforeEach(async () => {
  [one, two] = await Promise.all([startHandPlatform(), startHandPlatform()]);
});

afterEach(async () => {
  await courier.close();
  await Promise.all([one.close(), two.close()]);
});

/** A text of its own, so that no call is shared. */
const ask = (more: Parameters<typeof errandTo>[1] = {}, sender = courier.sender()) =>
  courier.call(
    errandTo(platformAt(one.url, { replicas: [two.url] }), { body: `question ${serial++}`, ...more }),
    sender,
  );

const NEVER = 60_000;

describe('of two addresses', () => {
  test('the one with fewer calls under way is asked', async () => {
    courier = startCourier({ hedgeAfterMs: NEVER });
    const first = ask();
    const held = await one.next();
    const second = ask();
    (await two.next()).reply(WELL);
    expect(await second).toMatchObject({ kind: 'answered' });
    held.reply(WELL);
    expect(await first).toMatchObject({ kind: 'answered' });
  });

  test('the other is asked where the first does not take the connection, or breaks it off', async () => {
    courier = startCourier({ hedgeAfterMs: NEVER });
    two.always((held) => held.reply(WELL));
    one.always((held) => held.breakOff());
    expect(await ask()).toMatchObject({ kind: 'answered' });
    await one.close();
    expect(await ask()).toMatchObject({ kind: 'answered' });
    expect([one.count, two.count, courier.state().failoversTotal]).toEqual([1, 2, 2]);
    one = await startHandPlatform();
  });

  test('only one more is asked', async () => {
    courier = startCourier({ hedgeAfterMs: NEVER });
    const three = await startHandPlatform();
    for (const platform of [one, two, three]) platform.always((held) => held.breakOff());
    const platform = platformAt(one.url, { replicas: [two.url, three.url] });
    expect(await courier.call(errandTo(platform), courier.sender())).toMatchObject({ status: 'UNREACHABLE' });
    expect(one.count + two.count + three.count).toBe(2);
    await three.close();
  });

  test('a mutation is asked of one alone, whatever happens', async () => {
    courier = startCourier({ hedgeAfterMs: 1, platformDeadlineMs: 150 });
    one.always((held) => held.breakOff());
    expect(await ask({ isMutation: true })).toMatchObject({ status: 'UNREACHABLE' });
    one.always(() => undefined);
    expect(await ask({ isMutation: true })).toMatchObject({ status: 'LATE' });
    expect([one.count, two.count, courier.state().hedgesTotal]).toEqual([2, 0, 0]);
  });

  test('one whose breaker is open is passed over', async () => {
    courier = startCourier({ hedgeAfterMs: NEVER, breakerFailures: 1, breakerOpenMs: NEVER });
    one.always((held) => held.breakOff());
    two.always((held) => held.reply(WELL));
    for (let i = 0; i < 3; i++) expect(await ask()).toMatchObject({ kind: 'answered' });
    expect([one.count, two.count]).toEqual([1, 3]);
  });
});

describe('a read that takes long', () => {
  test('is asked of the other address as well; who answers first wins, and the other is let go of', async () => {
    courier = startCourier({ hedgeAfterMs: 1, hedgePercentMax: 100 });
    const answer = ask();
    const [slow, quick] = await Promise.all([one.next(), two.next()]);
    expect(quick.body).toBe(slow.body);
    quick.reply(WELL);
    expect(await answer).toMatchObject({ kind: 'answered' });
    await slow.gone;
    expect(courier.state()).toMatchObject({ hedgesTotal: 1, callsUnderWay: 0 });
  });

  test('is waited for where its copy fails', async () => {
    courier = startCourier({ hedgeAfterMs: 1, hedgePercentMax: 100 });
    const answer = ask();
    const [slow, quick] = await Promise.all([one.next(), two.next()]);
    quick.breakOff();
    while (courier.state().callsUnderWay > 1) await new Promise((resolve) => setImmediate(resolve));
    slow.reply(WELL);
    expect(await answer).toMatchObject({ kind: 'answered' });
  });

  test('is copied within the budget alone', async () => {
    courier = startCourier({ hedgeAfterMs: 1, hedgePercentMax: 50, platformDeadlineMs: 1_000 });
    for (const platform of [one, two]) platform.always(() => undefined);
    for (let i = 0; i < 4; i++) expect(await ask()).toMatchObject({ status: 'LATE' });
    expect([courier.state().hedgesTotal, one.count + two.count]).toEqual([2, 6]);
  });

  test('is not copied before the time in which 95 in 100 of its address came', async () => {
    const limits = { hedgeAfterMs: 1, hedgePercentMax: 100, platformDeadlineMs: 60_000 };
    courier = startCourier(limits);
    for (let i = 0; i < 16; i++) {
      const answer = ask();
      const held = await one.next();
      courier.pass(20_000);
      held.reply(WELL);
      await answer;
    }
    const before = courier.state().hedgesTotal;
    const answer = ask();
    const held = await one.next();
    const another = startCourier(limits);
    const copied = another.call(errandTo(platformAt(one.url, { replicas: [two.url] })), another.sender());
    while (another.state().hedgesTotal === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(courier.state().hedgesTotal).toBe(before);
    held.reply(WELL);
    (await one.next()).reply(WELL);
    await Promise.all([answer, copied]);
    await another.close();
  });
});
