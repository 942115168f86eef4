import { describe, expect, test } from '@jest/globals';
import { SCENARIOS } from '../scenario.ts';
import type { HttpReply, LoadClient } from './load-client.ts';
import { probeDuring } from './probe.ts';
import { checkSameData } from './same-data.ts';

const [SCENARIO] = SCENARIOS as [(typeof SCENARIOS)[number]];

function reply(text: string, status = 200): HttpReply {
  return { status, body: Buffer.from(text) };
}

function clientOf(answer: (from: number) => HttpReply): LoadClient {
  return {
    send: async (body) => answer((JSON.parse(body) as { variables: { from: number } }).variables.from),
    close: async () => undefined,
  };
}

const honest = (from: number) => reply(`{"data":{"a":${from},"b":[1]}}`);

describe('the check before the load', () => {
  test('accepts equal data in other bytes, and keeps the reply for each caller', async () => {
    const spaced = (from: number) => reply(`{ "extensions": {}, "data": { "a": ${from}, "b": [ 1 ] } }`);
    const { expectedReplies, answerBytes } = await checkSameData(
      SCENARIO,
      new Map([
        ['yiwang', clientOf(honest)],
        ['apollo', clientOf(spaced)],
      ]),
    );
    expect(answerBytes).toBe(honest(0).body.length);
    const { check } = expectedReplies.get('apollo')!;
    expect(() => check(0, spaced(0))).not.toThrow();
    expect(() => check(0, honest(0))).not.toThrow();
    expect(() => check(99, spaced(7))).not.toThrow();
    expect(() => check(0, spaced(1))).toThrow('apollo returns other data to caller 0 under load than before it.');
    expect(() => check(99, reply('{"errors":[{"message":"late"}],"data":{"a":null}}'))).toThrow(
      'apollo does not answer: errors: [{"message":"late"}]',
    );
    expect(() => check(0, reply('{"data":{"a":0,"b":[1]}}', 503))).toThrow('apollo does not answer: status 503');
  });

  test.each([
    ['another value', (from: number) => reply(`{"data":{"a":${from},"b":[2]}}`)],
    ['another order of fields', (from: number) => reply(`{"data":{"b":[1],"a":${from}}}`)],
  ])('refuses %s, and shows where the data differ', async (_, answer) => {
    const clients = new Map([
      ['yiwang', clientOf(honest)],
      ['hive', clientOf(answer)],
    ] as const);
    await expect(checkSameData(SCENARIO, clients)).rejects.toThrow(
      /join: hive returns other data than yiwang, at char/,
    );
  });
});

describe('the smallest query beside a load', () => {
  const broken: LoadClient = { ...clientOf(honest), send: () => Promise.reject(new Error('apollo does not answer')) };

  const idle: LoadClient = { ...broken, send: async () => reply('{}') };

  test('is sent until the load is done', async () => {
    let asked = 0;
    let finish: (result: string) => void = () => undefined;
    const work = new Promise<string>((resolve) => {
      finish = resolve;
    });
    const client: LoadClient = {
      ...broken,
      send: async () => {
        asked++;
        if (asked === 3) finish('done');
        return reply('{}');
      },
    };
    const { result, latenciesMs } = await probeDuring(client, work);
    expect([result, asked, latenciesMs.length]).toEqual(['done', 3, 3]);
  });

  test('fails if the target or the load fails', async () => {
    await expect(probeDuring(broken, new Promise(() => undefined))).rejects.toThrow('apollo does not answer');
    await expect(probeDuring(idle, Promise.reject(new Error('other data')))).rejects.toThrow('other data');
  });
});
