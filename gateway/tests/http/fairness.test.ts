/** A flood of one caller does not delay another, over real HTTP; the order of responses shows it, not a clock. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { prepareDemoKeys } from '../../config/keys.ts';
import { createCredential, DEMO_IDENTITIES } from '../../playground/demo/index.ts';
import { CITIES, type ManyToys, rowOf, startManyToys } from '../support/toys/many-toys.ts';
import { startToyGateway, type ToyGateway, toyEntry } from '../support/toys/toy-gateway.ts';

let toys: ManyToys;
let gateway: ToyGateway;
let hubei: Readonly<Record<string, string>>;

beforeAll(async () => {
  toys = await startManyToys();
  toys.spread(CITIES.flatMap((city) => Array.from({ length: 60 }, (_, i) => rowOf(city, i + 1, i))));
  gateway = await startToyGateway({
    platforms: toys.placed.map(({ division, platform }) => toyEntry(division, platform.url)),
    // However busy the machine is.
    limits: {
      operationDeadlineMs: 60_000,
      platformDeadlineMs: 60_000,
      planMs: 60_000,
    },
  });
  const identity = DEMO_IDENTITIES.find(({ name }) => name === 'hubei')!;
  const keys = await prepareDemoKeys(gateway.dataFolder);
  const { header, value } = await createCredential(identity, keys, { lifeSeconds: 600, nowMs: Date.now() });
  hubei = { [header]: value };
});

afterAll(async () => {
  await gateway.stop();
  await toys.close();
});

interface Reply {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string }[];
}

async function ask(query: string, headers: Readonly<Record<string, string>>): Promise<Reply> {
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Reply;
}

/** How many of the flood are answered before the calm caller is, who asks last. */
async function answeredBefore(flood: readonly (() => Promise<Reply>)[], calm: () => Promise<Reply>): Promise<number> {
  let answered = 0;
  const replies = flood.map(async (send) => {
    const reply = await send();
    answered++;
    return reply;
  });
  const { data, errors } = await calm();
  const before = answered;
  expect([errors, data === null]).toEqual([undefined, false]);
  for (const reply of await Promise.all(replies)) expect(reply.errors).toBeUndefined();
  return before;
}

test('200 wide pages of one caller do not delay a page of another', async () => {
  const page = '{ rows(first: 300) { nodes { id kind size division { code } } } }';
  await ask(page, gateway.credential);
  await ask(page, hubei);
  const flood = Array.from({ length: 200 }, (_, i) => () => ask(page.replace('300', String(200 + (i % 100))), hubei));
  expect(
    await answeredBefore(flood, () => ask('{ rows(first: 5) { nodes { id } } }', gateway.credential)),
  ).toBeLessThan(150);
});
