/** Identical calls in flight share one request, and others do not. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { regionOf } from '@yiwang/schema';
import { createCancelController } from '../kit/concurrency/cancel-controller.ts';
import { type ManualPlatform, OK_BODY, startManualPlatform } from './testing/manual-platform.ts';
import { platformAt, requestTo, startClient, type TestClient } from './testing/test-client.ts';

let platform: ManualPlatform;
let client: TestClient;

beforeEach(async () => {
  platform = await startManualPlatform();
  client = startClient({ platformDeadlineMs: 60_000 });
});

afterEach(async () => {
  await client.close();
  await platform.close();
});

const request = (more: Parameters<typeof requestTo>[1] = {}) => requestTo(platformAt(platform.url), more);
/** Sends a marker and returns the requests that arrived before it. */
async function arrivedUpTo(marker: string) {
  void client.call(request({ body: marker }), client.context());
  const pending = [await platform.next()];
  while (pending[pending.length - 1]!.body !== marker) pending.push(await platform.next());
  return pending.slice(0, -1);
}

describe('identical calls in flight', () => {
  test('identical calls in flight share one request, and each has its own copy of the answer', async () => {
    const answers = [1, 2, 3].map(() => client.call(request(), client.context()));
    const accept = {
      extract: (body: Buffer) => body,
      *extractCooperatively(body: Buffer) {
        yield;
        return body;
      },
    };
    const printed = client.callRaw(request(), accept, client.context());
    const pending = await arrivedUpTo('marker');
    expect(pending).toHaveLength(1);
    pending[0]!.reply(OK_BODY);
    const [first, second] = await Promise.all(answers);
    expect(first).toMatchObject({ kind: 'answered', data: { a: 1 } });
    expect(second).toEqual({ ...first, elapsedMs: expect.any(Number) });
    expect((first as { data: object }).data).not.toBe((second as { data: object }).data);
    expect(await printed).toMatchObject({ kind: 'raw' });
    expect(client.state()).toMatchObject({ callsSharedTotal: 3 });
  });

  test('calls with other rights, regions, platforms or bodies share no request, and neither do mutations', async () => {
    const other = platformAt(platform.url, { id: 'toy/420500' });
    const calls = [
      client.call(request(), client.context()),
      client.call(request(), client.context({ rights: { fingerprint: 'somebody else' } })),
      client.call(
        request({ target: { platform: platformAt(platform.url), owns: regionOf('420100') } }),
        client.context(),
      ),
      client.call(requestTo(other), client.context()),
      client.call(request({ body: '{"query":"{ b }"}' }), client.context()),
      client.call(request({ isMutation: true }), client.context()),
      client.call(request({ isMutation: true }), client.context()),
    ];
    const pending = await arrivedUpTo('marker');
    expect(pending).toHaveLength(calls.length);
    for (const one of pending) one.reply(OK_BODY);
    await Promise.all(calls);
    expect(client.state()).toMatchObject({ callsSharedTotal: 0 });
  });

  test('calls to plain addresses share a request if their rights are equal', async () => {
    const plain = { ...request(), target: undefined };
    const calls = ['a', 'a', 'b'].map((fingerprint) => client.call(plain, client.context({ rights: { fingerprint } })));
    const pending = await arrivedUpTo('marker');
    expect(pending).toHaveLength(2);
    for (const one of pending) one.reply(OK_BODY);
    await Promise.all(calls);
  });

  test('a call does not share a request that has its response', async () => {
    for (let i = 0; i < 2; i++) {
      const answer = client.call(request(), client.context());
      (await platform.next()).reply(OK_BODY);
      expect(await answer).toMatchObject({ kind: 'answered' });
    }
    expect(client.state()).toMatchObject({ callsSharedTotal: 0 });
  });

  test('calls that share a request fail together', async () => {
    const answers = [1, 2].map(() => client.call(request(), client.context()));
    const [pending] = await arrivedUpTo('marker');
    pending!.reply('{"errors":[{"message":"no"}]}', 200);
    for (const answer of await Promise.all(answers)) expect(answer).toMatchObject({ status: 'FAILED' });
  });
});

describe('a call that shares a request', () => {
  test('a call with a shorter deadline leaves alone, and the others get their answer', async () => {
    const patient = client.call(request(), client.context());
    const hasty = client.call(request(), client.context({ leftMs: 100 }));
    const [pending, second] = await arrivedUpTo('marker');
    expect(second).toBeUndefined();
    expect(await hasty).toMatchObject({ status: 'LATE' });
    expect(pending!.isClosed).toBe(false);
    pending!.reply(OK_BODY);
    expect(await patient).toMatchObject({ kind: 'answered' });
  });

  test('an aborted call leaves alone, and the last one cancels the request', async () => {
    const callers = [createCancelController(), createCancelController()];
    const answers = callers.map(({ signal }) => client.call(request(), client.context({ signal })));
    const [pending] = await arrivedUpTo('marker');
    callers[0]!.abort();
    expect(await answers[0]).toMatchObject({ status: 'LATE' });
    expect(pending!.isClosed).toBe(false);
    callers[1]!.abort();
    await pending!.closed;
    expect(await answers[1]).toMatchObject({ status: 'LATE' });
  });

  test('a call with much more time left sends a request of its own', async () => {
    const calls = [
      client.call(request(), client.context({ leftMs: 20_000 })),
      client.call(request(), client.context()),
    ];
    const pending = await arrivedUpTo('marker');
    expect(pending).toHaveLength(2);
    for (const one of pending) one.reply(OK_BODY);
    await Promise.all(calls);
  });
});

describe('forwarded headers of a client', () => {
  const forwarded = { rawHeaders: ['authorization', 'Bearer a'], key: 'authorization\nBearer a' };
  const asClient = () => {
    const context = client.context();
    return { ...context, operation: { ...context.operation, forwarded } };
  };

  test('forwarded headers go to a plain address', async () => {
    const answer = client.call(request({ target: undefined }), asClient());
    const pending = await platform.next();
    expect(pending.headers.authorization).toBe('Bearer a');
    pending.reply(OK_BODY);
    await answer;
  });

  test('forwarded headers do not go to a platform, which gets a passport in place of the credential', async () => {
    const answer = client.call(request(), asClient());
    const pending = await platform.next();
    expect(pending.headers.authorization).toBeUndefined();
    expect(JSON.stringify(pending.headers)).not.toContain('Bearer a');
    pending.reply(OK_BODY);
    await answer;
  });
});
