/** What is around every request, with a queue that the test moves on. */
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { pino } from 'pino';
import { toRefusal } from '../../http/response/refusal.ts';
import { TEST_RIGHTS } from '../../http/testing.ts';
import { createBag } from '../../kit/collections/bag.ts';
import type { Waiter } from '../../kit/concurrency/waiter.ts';
import { DEFAULT_LIMITS, type Limits } from '../../model/limits.ts';
import { createCallers } from './callers.ts';
import { createHandler } from './lifecycle.ts';
import { createOperationSlots } from './operation-slots.ts';

let app: FastifyInstance;
let waiting: Waiter[];
let visits: { readonly aborted: boolean; readonly leftMs: number }[];

async function start(changes: Partial<Limits> = {}): Promise<void> {
  waiting = [];
  visits = [];
  const queue = {
    onConnection: () => undefined,
    tryAdmit: () => false,
    enqueue: (waiter: Waiter) => void waiting.push(waiter),
    cancel: (waiter: Waiter) => {
      const at = waiting.indexOf(waiter);
      if (at >= 0) waiting.splice(at, 1);
      return at >= 0;
    },
    get waiting() {
      return waiting.length;
    },
  };
  const limits = {
    ...DEFAULT_LIMITS,
    operationsInFlightMax: 2,
    callerPercentMax: 100,
    anonymousPercentMax: 100,
    ...changes,
  };
  const route = createHandler<FastifyReply>(
    {
      reserve: () => ({ fill: () => undefined }),
      limits,
      observers: [],
      log: pino({ level: 'silent' }),
      inFlight: createBag(),
      isStopping: () => false,
      callers: createCallers(['authorization'], 10),
      slots: createOperationSlots(limits),
      queue,
      refuse: (error, { headers }) => toRefusal(error, headers.accept),
      send: (reply, { response, body }) => {
        for (const [name, value] of response.headers) void reply.header(name, value);
        return reply.code(response.status).send(body);
      },
    },
    async (_, context) => {
      context.rights = TEST_RIGHTS;
      context.startDeadline(1_000, 0);
      visits.push({ aborted: context.signal.aborted, leftMs: context.deadlineMs });
      return { status: 200, headers: new Map(), body: 'done' };
    },
    () => 'r',
  );
  app = Fastify();
  app.get('/', route);
  await app.listen({ host: '127.0.0.1', port: 0 });
}

afterEach(() => app.close());

const url = (): string => `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/`;

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(setImmediate);
}

test('an operation begins when its turn comes, and its wait counts against its deadline', async () => {
  await start();
  const answer = fetch(url());
  await until(() => waiting.length === 1);
  expect(visits).toEqual([]);
  waiting.shift()!.start();
  expect(await (await answer).text()).toBe('done');
  expect(visits[0]!.leftMs).toBeLessThan(1_000);
});

test('operations that wait take slots as those in flight do', async () => {
  await start();
  const answers = [fetch(url()), fetch(url())];
  await until(() => waiting.length === 2);
  expect((await fetch(url())).status).toBe(503);
  for (const waiter of waiting.splice(0)) waiter.start();
  expect(await Promise.all(answers.map(async (answer) => (await answer).status))).toEqual([200, 200]);
});

test('the operation of a client that leaves while it waits never begins, and releases its slot', async () => {
  await start();
  const client = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  client.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  await until(() => waiting.length === 1);
  client.destroy();
  await until(() => waiting.length === 0);
  const answers = [fetch(url()), fetch(url())];
  await until(() => waiting.length === 2);
  for (const waiter of waiting.splice(0)) waiter.start();
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200]);
  expect(visits).toHaveLength(2);
});

test('operationDeadlineMs: an operation whose turn does not come in time is refused, and never begins', async () => {
  await start({ operationDeadlineMs: 20 });
  const answer = await fetch(url());
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
  const { errors } = (await answer.json()) as { errors: { extensions: object }[] };
  expect(errors[0]!.extensions).toEqual({ code: 'OVERLOADED', limit: 'operationDeadlineMs', max: 20 });
  expect([visits.length, waiting.length]).toEqual([0, 0]);
});

test('operations wait in groups by kind and credential', async () => {
  await start({ operationsInFlightMax: 10 });
  const waiterOf = async (authorization?: string) => {
    const answer = fetch(url(), authorization === undefined ? {} : { headers: { authorization } });
    await until(() => waiting.length === 1);
    const waiter = waiting.shift()!;
    waiter.start();
    await answer;
    return waiter;
  };
  const [none, first, again, other] = [await waiterOf(), await waiterOf('a'), await waiterOf('a'), await waiterOf('b')];
  expect([none, first, again, other].map(({ group }) => group)).toEqual([
    'anonymous',
    'unverified',
    'verified',
    'unverified',
  ]);
  expect(none.part).toBe('127.0.0.1');
  expect([first.part === again.part, first.part === other.part]).toEqual([true, false]);
});
