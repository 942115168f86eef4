/** Breakers and limits: a failing endpoint is spared, and no platform or operation blocks the others. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createCancelController } from '../../kit/concurrency/cancel-controller.ts';
import { type ManualPlatform, OK_BODY, type PendingRequest, startManualPlatform } from '../testing/manual-platform.ts';
import { platformAt, requestTo, startClient, type TestClient } from '../testing/test-client.ts';

let platform: ManualPlatform;
let client: TestClient;
let serial = 0;

beforeEach(async () => {
  platform = await startManualPlatform();
});

afterEach(async () => {
  await client.close();
  await platform.close();
});

/** Sends a distinct body, so that no call is shared. */
const ask = (context = client.context(), url = platform.url) =>
  client.call(requestTo(platformAt(url), { body: `question ${serial++}` }), context);

/** Calls as a new caller. */
const askAsNewcomer = (leftMs = PATIENT_MS) =>
  ask(client.context({ leftMs, rights: { subject: `caller ${serial++}` } }));

async function times(count: number, work: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < count; i++) await work();
}

/** Enough on a busy machine. */
const PATIENT_MS = 50_000;
const HANG_MS = 200;

const OPEN = { status: 'REFUSED', code: 'PLATFORM_REFUSED', reason: expect.stringContaining('breaker open') };

describe('the breaker of an endpoint', () => {
  const closes = async (): Promise<void> => {
    client.advance(10_000);
    platform.answerAll((pending) => pending.reply(OK_BODY));
    expect(await ask()).toMatchObject({ kind: 'answered' });
    expect(await ask()).toMatchObject({ kind: 'answered' });
    expect(client.state().breakersOpen).toBe(0);
  };

  test('the breaker of an unavailable endpoint opens for all, and closes if a probe succeeds', async () => {
    client = startClient({ breakerFailures: 4, breakerOpenMs: 10_000 });
    platform.answerAll((pending) => pending.reply('{"errors":[{"message":"busy"}]}', 503));
    await times(4, () => ask());
    const refused = client.state().refusedTotal;
    expect(await askAsNewcomer()).toMatchObject(OPEN);
    expect([platform.count, client.state().breakersOpen]).toEqual([4, 1]);
    expect(client.state().refusedTotal).toBe(refused + 1);
    client.advance(10_000);
    await ask();
    expect(await ask()).toMatchObject(OPEN);
    await closes();
  });

  const faults: readonly [string, (pending: PendingRequest) => void, leftMs: number | undefined][] = [
    ['resets connections', (pending) => pending.reset(), undefined],
    ['its proxy cannot reach', (pending) => pending.reply('{"errors":[{"message":"no upstream"}]}', 502), undefined],
    ['does not answer in time', () => undefined, HANG_MS],
  ];

  /** The timeout of a liveness check, and the time after which a late call counts. */
  const LIVENESS_MS = 50;
  const LIMITS = {
    breakerFailures: 4,
    breakerOpenMs: 10_000,
    breakerLateMs: LIVENESS_MS,
    platformDeadlineMs: PATIENT_MS,
  };
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2));
  };

  test.each(faults)(
    'the breaker opens for an endpoint that %s if its liveness check fails',
    async (_name, fault, leftMs) => {
      client = startClient(LIMITS);
      platform.health = 'silent';
      platform.answerAll(fault);
      await times(4, () => askAsNewcomer(leftMs));
      await until(() => client.state().breakersOpen === 1);
      const requestsBefore = platform.count;
      expect(await askAsNewcomer()).toMatchObject(OPEN);
      expect(platform.count).toBe(requestsBefore);
      // The breaker stays open if the probe fails.
      client.advance(10_000);
      const { livenessChecks } = platform;
      await askAsNewcomer(leftMs);
      expect(await askAsNewcomer()).toMatchObject(OPEN);
      await until(() => platform.livenessChecks > livenessChecks);
      await new Promise((resolve) => setTimeout(resolve, 2 * LIVENESS_MS));
      await closes();
    },
  );

  test.each(faults)(
    'the breaker stays closed for an endpoint that %s if its liveness check succeeds',
    async (_name, fault, leftMs) => {
      const patient = 1_000;
      client = startClient({ ...LIMITS, breakerLateMs: patient });
      const rights = { subject: 'anonymous' };
      platform.answerAll((pending) => (pending.body.includes('bad') ? fault(pending) : pending.reply(OK_BODY)));
      const attack = (round: number) =>
        Promise.all(
          Array.from({ length: 8 }, (_, i) => {
            const stranger = client.context({ rights, leftMs: leftMs && 1.5 * patient });
            return client.call(
              requestTo(platformAt(platform.url), { body: `{"query":"bad ${round} ${i}"}` }),
              stranger,
            );
          }),
        );
      for (const round of [1, 2]) {
        await attack(round);
        for (let i = 0; i < 5; i++) expect(await ask(client.context({ rights }))).toMatchObject({ kind: 'answered' });
        await until(() => platform.livenessChecks === 1);
      }
      expect([client.state().breakersOpen, platform.livenessChecks]).toEqual([0, 1]);
      // The result of a check counts for as long as a breaker stays open.
      client.advance(10_000);
      await attack(3);
      await until(() => platform.livenessChecks === 2);
      expect(client.state().breakersOpen).toBe(0);
    },
  );

  test('no liveness check is sent if the endpoint answered another call meanwhile', async () => {
    client = startClient({ ...LIMITS, breakerFailures: 1 });
    platform.health = 'silent';
    platform.answerAll((pending) => (pending.body.includes('bad') ? undefined : pending.reply(OK_BODY)));
    const slow = client.context({ leftMs: 4 * HANG_MS });
    const late = client.call(requestTo(platformAt(platform.url), { body: 'bad' }), slow);
    await until(() => platform.count === 1);
    await ask(client.context({ rights: { subject: 'another' } }));
    expect(await late).toMatchObject({ status: 'LATE' });
    await new Promise((resolve) => setTimeout(resolve, 2 * LIVENESS_MS));
    expect([client.state().breakersOpen, platform.livenessChecks]).toEqual([0, 0]);
  });

  test('the breaker stays closed for errors in JSON, for too large responses and for refused passports', async () => {
    client = startClient({ breakerFailures: 1, platformResponseBytesMax: 1_024 });
    platform.answerAll((pending) => pending.reply('{"errors":[{"message":"a bug"}]}', 500));
    expect(await ask()).toMatchObject({ status: 'FAILED' });
    platform.answerAll((pending) => pending.reply('x'.repeat(1_025)));
    expect(await ask()).toMatchObject({ status: 'NONCONFORMING' });
    platform.answerAll((pending) => pending.reply('{}', 401));
    expect(await ask()).toMatchObject({ status: 'REFUSED' });
    platform.answerAll((pending) => pending.reply(OK_BODY));
    expect(await ask()).toMatchObject({ kind: 'answered' });
  });

  test('the breaker stays closed for calls with a short deadline and for aborted ones', async () => {
    client = startClient({ breakerFailures: 1, breakerLateMs: 60_000 });
    expect(await ask(client.context({ leftMs: 50 }))).toMatchObject({ status: 'LATE' });
    const caller = createCancelController();
    const answer = ask(client.context({ signal: caller.signal }));
    await platform.next();
    await platform.next();
    caller.abort();
    expect(await answer).toMatchObject({ status: 'LATE' });
    expect(client.state().breakersOpen).toBe(0);
  });

  test('the breaker lets another probe through if the first was aborted', async () => {
    client = startClient({ breakerFailures: 1, breakerOpenMs: 10_000 });
    platform.answerAll((pending) => pending.reply('', 503));
    await ask();
    client.advance(10_000);
    platform.answerAll(() => undefined);
    const caller = createCancelController();
    const probe = ask(client.context({ signal: caller.signal }));
    expect(await ask()).toMatchObject(OPEN);
    caller.abort();
    await probe;
    platform.answerAll((pending) => pending.reply(OK_BODY));
    expect(await ask()).toMatchObject({ kind: 'answered' });
  });

  test('the breaker refuses calls that were waiting when it opened', async () => {
    client = startClient({
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

describe('an operation that fails repeatedly', () => {
  const APART = { status: 'REFUSED', reason: expect.stringContaining('breaker open for this operation') };
  const bodyOf = (text: string, value = 0): string => JSON.stringify({ query: text, variables: { value } });
  const send = (body: string, subject = 'tester') =>
    client.call(requestTo(platformAt(platform.url), { body }), client.context({ rights: { subject } }));
  const failsOn = (text: string) => (pending: PendingRequest) =>
    pending.body.includes(text) ? pending.reply('oops', 500) : pending.reply(OK_BODY);

  test('an operation that fails repeatedly is refused alone, whatever its variables', async () => {
    client = startClient({ breakerFailures: 3, breakerOpenMs: 10_000 });
    platform.answerAll(failsOn('bad'));
    for (let i = 0; i < 3; i++) expect(await send(bodyOf('bad', i))).toMatchObject({ status: 'FAILED' });
    expect(await send(bodyOf('bad', 3))).toMatchObject(APART);
    expect(await send(bodyOf('good'))).toMatchObject({ kind: 'answered' });
    expect(await send(bodyOf('bad'), 'another')).toMatchObject({ status: 'FAILED' });
    expect(platform.count).toBe(5);
    client.advance(10_000);
    expect(await send(bodyOf('bad'))).toMatchObject({ status: 'FAILED' });
    expect(await send(bodyOf('bad'))).toMatchObject(APART);
    client.advance(10_000);
    platform.answerAll((pending) => pending.reply(OK_BODY));
    for (let i = 0; i < 3; i++) expect(await send(bodyOf('bad', i))).toMatchObject({ kind: 'answered' });
  });

  test('an operation of anonymous callers is refused for the same variables alone', async () => {
    client = startClient({ breakerFailures: 3 });
    platform.answerAll(failsOn('7'));
    for (let i = 0; i < 3; i++) await send(bodyOf('text', 7), 'anonymous');
    expect(await send(bodyOf('text', 7), 'anonymous')).toMatchObject(APART);
    expect(await send(bodyOf('text', 8), 'anonymous')).toMatchObject({ kind: 'answered' });
  });

  test('a caller whose operations fail one after the other is refused for a while', async () => {
    client = startClient({ breakerFailures: 3, breakerOpenMs: 10_000 });
    platform.answerAll(failsOn('bad'));
    for (let i = 0; i < 3; i++) await send(bodyOf(`bad ${i}`));
    const reason = expect.stringContaining('breaker open for this caller');
    expect(await send(bodyOf('good'))).toMatchObject({ status: 'REFUSED', reason });
    expect(await send(bodyOf('good'), 'another')).toMatchObject({ kind: 'answered' });
    client.advance(10_000);
    expect(await send(bodyOf('good'))).toMatchObject({ kind: 'answered' });
    expect(client.state().breakersOpen).toBe(0);
  });

  test('the operation that failed longest ago is dropped if more fail than are counted', async () => {
    client = startClient({ breakerFailures: 1, breakerOriginsMax: 2 });
    platform.answerAll(failsOn('bad'));
    const sendOf = (value: number) => send(bodyOf('bad', value), 'anonymous');
    for (const value of [1, 2]) expect(await sendOf(value)).toMatchObject({ status: 'FAILED' });
    for (const value of [2, 1]) expect(await sendOf(value)).toMatchObject(APART);
    expect(await sendOf(3)).toMatchObject({ status: 'FAILED' });
    for (const value of [3, 1]) expect(await sendOf(value)).toMatchObject(APART);
    expect(await sendOf(2)).toMatchObject({ status: 'FAILED' });
  });
});

describe('the queue of an endpoint', () => {
  test('calls beyond the connections wait, and those beyond the queue are refused', async () => {
    client = startClient({ platformConnectionsMax: 2, platformQueueMax: 1 });
    const calls = [ask(), ask(), ask()];
    expect(await ask()).toMatchObject({ status: 'REFUSED', reason: '1 calls already wait for this platform' });
    const pending = [await platform.next(), await platform.next()];
    expect(platform.count).toBe(2);
    expect(client.state()).toMatchObject({ callsInFlight: 2, callsWaiting: 1 });
    pending[0]!.reply(OK_BODY);
    (await platform.next()).reply(OK_BODY);
    pending[1]!.reply(OK_BODY);
    for (const answer of await Promise.all(calls)) expect(answer).toMatchObject({ kind: 'answered' });
  });

  test('a call that would be late after the queue is refused at once', async () => {
    client = startClient({ platformConnectionsMax: 1, platformConnectionsMin: 1, platformDeadlineMs: 60_000 });
    const first = ask();
    const pending = await platform.next();
    client.advance(5_000);
    pending.reply(OK_BODY);
    await first;
    const second = ask();
    const next = await platform.next();
    const waiting = ask(client.context({ leftMs: 30_000 }));
    expect(await ask(client.context({ leftMs: 8_000 }))).toMatchObject({
      status: 'REFUSED',
      reason: 'the 1 calls that wait for this platform leave no time for one more',
    });
    next.reply(OK_BODY);
    (await platform.next()).reply(OK_BODY);
    for (const answer of await Promise.all([second, waiting])) expect(answer).toMatchObject({ kind: 'answered' });
  });

  test('a waiting call that passes its deadline leaves the queue', async () => {
    client = startClient({ platformConnectionsMax: 1, platformConnectionsMin: 1 });
    const first = ask();
    const pending = await platform.next();
    expect(await ask(client.context({ leftMs: 50 }))).toMatchObject({ status: 'LATE' });
    expect(client.state()).toMatchObject({ callsInFlight: 1, callsWaiting: 0 });
    const last = client.call(requestTo(platformAt(platform.url), { body: 'the last' }), client.context());
    pending.reply(OK_BODY);
    const next = await platform.next();
    expect(next.body).toBe('the last');
    next.reply(OK_BODY);
    await Promise.all([first, last]);
    expect(client.state()).toMatchObject({ callsInFlight: 0, callsWaiting: 0 });
  });

  test('the concurrency limit of an endpoint falls to its minimum if calls are late', async () => {
    const limits = { platformConnectionsMax: 4, platformConnectionsMin: 3, breakerFailures: 1_000, breakerLateMs: 1 };
    client = startClient({ ...limits, platformDeadlineMs: 60 });
    platform.health = 'silent';
    platform.answerAll(() => undefined);
    await times(6, () => ask());
    const before = platform.count;
    const calls = [1, 2, 3, 4].map(() => ask());
    expect(client.state()).toMatchObject({ callsInFlight: 3, callsWaiting: 1 });
    await Promise.all(calls);
    expect(platform.count - before).toBeLessThanOrEqual(4);
  });
});

describe('the concurrency limit of a tier', () => {
  test('platforms of a tier share one limit, and operations take turns', async () => {
    client = startClient({ tierParallelMax: 1 });
    const statistic = client.context();
    const page = client.context();
    const bodies: string[] = [];
    platform.answerAll((pending) => {
      bodies.push(pending.body);
      pending.reply(OK_BODY);
    });
    const send = (body: string, context = statistic) =>
      client.call(requestTo(platformAt(platform.url), { body }), context);
    const calls = [...['s1', 's2', 's3', 's4'].map((body) => send(body)), send('p1', page)];
    await Promise.all(calls);
    expect(bodies).toEqual(['s1', 's2', 'p1', 's3', 's4']);
  });

  test('a full tier does not block another one, and its queue is bounded', async () => {
    client = startClient({ tierParallelMax: 1, tierQueueMax: 1 });
    const first = ask();
    const pending = await platform.next();
    const second = ask();
    expect(await ask()).toMatchObject({ status: 'REFUSED', reason: '1 calls already wait for platforms of this tier' });
    const province = platformAt(platform.url, { tier: 'PROVINCIAL' });
    const other = client.call(requestTo(province), client.context());
    (await platform.next()).reply(OK_BODY);
    expect(await other).toMatchObject({ kind: 'answered' });
    pending.reply(OK_BODY);
    (await platform.next()).reply(OK_BODY);
    for (const answer of await Promise.all([first, second])) expect(answer).toMatchObject({ kind: 'answered' });
  });
});
