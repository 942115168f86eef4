/** Real connections to a platform with several endpoints: which one gets a request, and what happens if it fails. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ManualPlatform, OK_BODY, startManualPlatform } from './testing/manual-platform.ts';
import { platformAt, requestTo, startClient, type TestClient } from './testing/test-client.ts';

let one: ManualPlatform;
let two: ManualPlatform;
let client: TestClient;
let serial = 0;

beforeEach(async () => {
  [one, two] = await Promise.all([startManualPlatform(), startManualPlatform()]);
});

afterEach(async () => {
  await client.close();
  await Promise.all([one.close(), two.close()]);
});

/** Sends a distinct body, so that no call is shared. */
const ask = (more: Parameters<typeof requestTo>[1] = {}, context = client.context()) =>
  client.call(
    requestTo(platformAt(one.url, { replicas: [two.url] }), { body: `question ${serial++}`, ...more }),
    context,
  );

const NEVER = 60_000;

describe('a request to a platform with two endpoints', () => {
  test('the endpoint with fewer calls in flight gets the request', async () => {
    client = startClient({ hedgeAfterMs: NEVER });
    const first = ask();
    const pending = await one.next();
    const second = ask();
    (await two.next()).reply(OK_BODY);
    expect(await second).toMatchObject({ kind: 'answered' });
    pending.reply(OK_BODY);
    expect(await first).toMatchObject({ kind: 'answered' });
  });

  test('a refused or reset connection fails over to the other endpoint', async () => {
    client = startClient({ hedgeAfterMs: NEVER });
    two.answerAll((pending) => pending.reply(OK_BODY));
    one.answerAll((pending) => pending.reset());
    expect(await ask()).toMatchObject({ kind: 'answered' });
    await one.close();
    expect(await ask()).toMatchObject({ kind: 'answered' });
    expect([one.count, two.count, client.state().failoversTotal]).toEqual([1, 2, 2]);
    one = await startManualPlatform();
  });

  test('a request is sent to two endpoints at most', async () => {
    client = startClient({ hedgeAfterMs: NEVER });
    const three = await startManualPlatform();
    for (const platform of [one, two, three]) platform.answerAll((pending) => pending.reset());
    const platform = platformAt(one.url, { replicas: [two.url, three.url] });
    expect(await client.call(requestTo(platform), client.context())).toMatchObject({ status: 'UNREACHABLE' });
    expect(one.count + two.count + three.count).toBe(2);
    await three.close();
  });

  test('a mutation is sent to one endpoint alone, whatever happens', async () => {
    client = startClient({ hedgeAfterMs: 1, platformDeadlineMs: 150 });
    one.answerAll((pending) => pending.reset());
    expect(await ask({ isMutation: true })).toMatchObject({ status: 'UNREACHABLE' });
    one.answerAll(() => undefined);
    expect(await ask({ isMutation: true })).toMatchObject({ status: 'LATE' });
    expect([one.count, two.count, client.state().hedgesTotal]).toEqual([2, 0, 0]);
  });

  test('an endpoint with an open breaker gets no request', async () => {
    client = startClient({ hedgeAfterMs: NEVER, breakerFailures: 1, breakerOpenMs: NEVER });
    one.answerAll((pending) => pending.reset());
    two.answerAll((pending) => pending.reply(OK_BODY));
    for (let i = 0; i < 3; i++) expect(await ask()).toMatchObject({ kind: 'answered' });
    expect([one.count, two.count]).toEqual([1, 3]);
  });
});

describe('a hedged query', () => {
  test('a slow query is copied to the other endpoint, and the first response wins', async () => {
    client = startClient({ hedgeAfterMs: 1, hedgePercentMax: 100 });
    const answer = ask();
    const [slow, quick] = await Promise.all([one.next(), two.next()]);
    expect(quick.body).toBe(slow.body);
    quick.reply(OK_BODY);
    expect(await answer).toMatchObject({ kind: 'answered' });
    await slow.closed;
    expect(client.state()).toMatchObject({ hedgesTotal: 1, callsInFlight: 0 });
  });

  test('a query waits for its first request if the copy fails', async () => {
    client = startClient({ hedgeAfterMs: 1, hedgePercentMax: 100 });
    const answer = ask();
    const [slow, quick] = await Promise.all([one.next(), two.next()]);
    quick.reset();
    while (client.state().callsInFlight > 1) await new Promise((resolve) => setImmediate(resolve));
    slow.reply(OK_BODY);
    expect(await answer).toMatchObject({ kind: 'answered' });
  });

  test('queries are copied within the hedge budget alone', async () => {
    client = startClient({ hedgeAfterMs: 1, hedgePercentMax: 50, platformDeadlineMs: 1_000 });
    for (const platform of [one, two]) platform.answerAll(() => undefined);
    for (let i = 0; i < 4; i++) expect(await ask()).toMatchObject({ status: 'LATE' });
    expect([client.state().hedgesTotal, one.count + two.count]).toEqual([2, 6]);
  });

  test('a query is not copied before the 95th percentile of the latency of its endpoint', async () => {
    const limits = { hedgeAfterMs: 1, hedgePercentMax: 100, platformDeadlineMs: 60_000 };
    client = startClient(limits);
    for (let i = 0; i < 16; i++) {
      const answer = ask();
      const pending = await one.next();
      client.advance(20_000);
      pending.reply(OK_BODY);
      await answer;
    }
    const before = client.state().hedgesTotal;
    const answer = ask();
    const pending = await one.next();
    const another = startClient(limits);
    const copied = another.call(requestTo(platformAt(one.url, { replicas: [two.url] })), another.context());
    while (another.state().hedgesTotal === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(client.state().hedgesTotal).toBe(before);
    pending.reply(OK_BODY);
    (await one.next()).reply(OK_BODY);
    await Promise.all([answer, copied]);
    await another.close();
  });
});
