/** Equal calls under way share one request, and nothing else. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { regionOf } from '@yiwang/schema';
import { createAborter } from '../kit/aborter.ts';
import {
  errandTo,
  type HandPlatform,
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
  courier = startCourier({ platformDeadlineMs: 60_000 });
});

afterEach(async () => {
  await courier.close();
  await platform.close();
});

const errand = (more: Parameters<typeof errandTo>[1] = {}) => errandTo(platformAt(platform.url), more);
/** Requests that arrive until an own marker, sent last, has arrived. */
async function arrivedUpTo(marker: string) {
  void courier.call(errand({ body: marker }), courier.sender());
  const held = [await platform.next()];
  while (held[held.length - 1]!.body !== marker) held.push(await platform.next());
  return held.slice(0, -1);
}

describe('equal calls under way', () => {
  test('are one request, and each caller has its own copy of the answer', async () => {
    const answers = [1, 2, 3].map(() => courier.call(errand(), courier.sender()));
    const accept = {
      now: (body: Buffer) => body,
      *slowly(body: Buffer) {
        yield;
        return body;
      },
    };
    const printed = courier.callPrinted(errand(), accept, courier.sender());
    const held = await arrivedUpTo('marker');
    expect(held).toHaveLength(1);
    held[0]!.reply(WELL);
    const [first, second] = await Promise.all(answers);
    expect(first).toMatchObject({ kind: 'answered', data: { a: 1 } });
    expect(second).toEqual({ ...first, elapsedMs: expect.any(Number) });
    expect((first as { data: object }).data).not.toBe((second as { data: object }).data);
    expect(await printed).toMatchObject({ kind: 'printed' });
    expect(courier.state()).toMatchObject({ callsSharedTotal: 3 });
  });

  test('are never shared across rights, parts, platforms, texts, or where something changes', async () => {
    const other = platformAt(platform.url, { id: 'toy/420500' });
    const calls = [
      courier.call(errand(), courier.sender()),
      courier.call(errand(), courier.sender({ rights: { fingerprint: 'somebody else' } })),
      courier.call(
        errand({ target: { platform: platformAt(platform.url), owns: regionOf('420100') } }),
        courier.sender(),
      ),
      courier.call(errandTo(other), courier.sender()),
      courier.call(errand({ body: '{"query":"{ b }"}' }), courier.sender()),
      courier.call(errand({ isMutation: true }), courier.sender()),
      courier.call(errand({ isMutation: true }), courier.sender()),
    ];
    const held = await arrivedUpTo('marker');
    expect(held).toHaveLength(calls.length);
    for (const one of held) one.reply(WELL);
    await Promise.all(calls);
    expect(courier.state()).toMatchObject({ callsSharedTotal: 0 });
  });

  test('to plain addresses are shared by the same rights alone, too', async () => {
    const plain = { ...errand(), target: undefined };
    const calls = ['a', 'a', 'b'].map((fingerprint) =>
      courier.call(plain, courier.sender({ rights: { fingerprint } })),
    );
    const held = await arrivedUpTo('marker');
    expect(held).toHaveLength(2);
    for (const one of held) one.reply(WELL);
    await Promise.all(calls);
  });

  test('are not shared with one that has landed', async () => {
    for (let i = 0; i < 2; i++) {
      const answer = courier.call(errand(), courier.sender());
      (await platform.next()).reply(WELL);
      expect(await answer).toMatchObject({ kind: 'answered' });
    }
    expect(courier.state()).toMatchObject({ callsSharedTotal: 0 });
  });

  test('fail together', async () => {
    const answers = [1, 2].map(() => courier.call(errand(), courier.sender()));
    const [held] = await arrivedUpTo('marker');
    held!.reply('{"errors":[{"message":"no"}]}', 200);
    for (const answer of await Promise.all(answers)) expect(answer).toMatchObject({ status: 'FAILED' });
  });
});

describe('a sharer', () => {
  test('with less time leaves alone, and the others have their answer', async () => {
    const patient = courier.call(errand(), courier.sender());
    const hasty = courier.call(errand(), courier.sender({ leftMs: 100 }));
    const [held, none] = await arrivedUpTo('marker');
    expect(none).toBeUndefined();
    expect(await hasty).toMatchObject({ status: 'LATE' });
    expect(held!.isGone).toBe(false);
    held!.reply(WELL);
    expect(await patient).toMatchObject({ kind: 'answered' });
  });

  test('who goes away leaves alone, and with the last the request goes', async () => {
    const callers = [createAborter(), createAborter()];
    const answers = callers.map(({ signal }) => courier.call(errand(), courier.sender({ signal })));
    const [held] = await arrivedUpTo('marker');
    callers[0]!.abort();
    expect(await answers[0]).toMatchObject({ status: 'LATE' });
    expect(held!.isGone).toBe(false);
    callers[1]!.abort();
    await held!.gone;
    expect(await answers[1]).toMatchObject({ status: 'LATE' });
  });

  test('with much more time than the flight has left asks anew', async () => {
    const calls = [
      courier.call(errand(), courier.sender({ leftMs: 20_000 })),
      courier.call(errand(), courier.sender()),
    ];
    const held = await arrivedUpTo('marker');
    expect(held).toHaveLength(2);
    for (const one of held) one.reply(WELL);
    await Promise.all(calls);
  });
});

describe("a client's headers", () => {
  const forwarded = { fields: ['authorization', 'Bearer a'], key: 'authorization\nBearer a' };
  const asClient = () => {
    const sender = courier.sender();
    return { ...sender, asked: { ...sender.asked, forwarded } };
  };

  test('go to a plain address', async () => {
    const answer = courier.call(errand({ target: undefined }), asClient());
    const held = await platform.next();
    expect(held.headers.authorization).toBe('Bearer a');
    held.reply(WELL);
    await answer;
  });

  test('go to no platform: it gets a passport, and nothing of the credential that is behind it', async () => {
    const answer = courier.call(errand(), asClient());
    const held = await platform.next();
    expect(held.headers.authorization).toBeUndefined();
    expect(JSON.stringify(held.headers)).not.toContain('Bearer a');
    held.reply(WELL);
    await answer;
  });
});
