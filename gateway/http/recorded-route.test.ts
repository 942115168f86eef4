/** What every door has in common, with a turnstile that the test turns. */
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { createRoster } from '../kit/roster.ts';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import { createMetrics } from './metrics.ts';
import { createRecordedRoute } from './recorded-route.ts';

let app: FastifyInstance;
let waiting: (() => void)[];
let visits: { readonly aborted: boolean; readonly leftMs: number }[];

beforeEach(async () => {
  waiting = [];
  visits = [];
  const turnstile = {
    pass: () => new Promise<void>((resolve) => waiting.push(resolve)),
    get waiting() {
      return waiting.length;
    },
  };
  const route = createRecordedRoute(
    {
      steps: { reserve: () => ({ fill: () => undefined }) },
      limits: { ...DEFAULT_LIMITS, operationsInFlightMax: 2 },
      metrics: createMetrics(),
      log: pino({ level: 'silent' }),
      atWork: createRoster(),
      isStopping: () => false,
      turnstile,
    },
    {
      requestIdOf: () => 'r',
      async visit(_, arrival) {
        visits.push({ aborted: arrival.within(1_000).aborted, leftMs: arrival.leftOf(1_000) });
        return { status: 200, headers: new Map(), body: 'done' };
      },
    },
  );
  app = Fastify();
  app.get('/', route);
  await app.listen({ host: '127.0.0.1', port: 0 });
});

afterEach(() => app.close());

const url = (): string => `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/`;

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(setImmediate);
}

test('an operation begins when it is its turn, and what it waited is off its time', async () => {
  const answer = fetch(url());
  await until(() => waiting.length === 1);
  expect(visits).toEqual([]);
  waiting.shift()!();
  expect(await (await answer).text()).toBe('done');
  expect(visits[0]!.leftMs).toBeLessThan(1_000);
});

test('those that wait take room as those at work do', async () => {
  const answers = [fetch(url()), fetch(url())];
  await until(() => waiting.length === 2);
  expect((await fetch(url())).status).toBe(503);
  for (const turn of waiting.splice(0)) turn();
  expect(await Promise.all(answers.map(async (answer) => (await answer).status))).toEqual([200, 200]);
});

test('the operation of a client that left while it waited is given up as it begins', async () => {
  const client = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  const gone = once(app.server, 'connection').then(([socket]) => once(socket, 'close'));
  client.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  await until(() => waiting.length === 1);
  client.destroy();
  await gone;
  waiting.shift()!();
  await until(() => visits.length === 1);
  expect(visits[0]!.aborted).toBe(true);
});
