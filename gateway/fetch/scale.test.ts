/** As many platforms as the country has cities, each a server of its own. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  errandTo,
  type HandPlatform,
  platformAt,
  startCourier,
  startHandPlatform,
  type TestCourier,
  WELL,
} from './testing.ts';

const CITIES = 337;
const DEAD = 17;

let cities: readonly HandPlatform[];
let courier: TestCourier;

beforeAll(async () => {
  cities = await Promise.all(Array.from({ length: CITIES }, startHandPlatform));
});

afterAll(async () => {
  await Promise.all(cities.map((city) => city.close().catch(() => undefined)));
});

const askAll = (body: string, sender = courier.sender()) =>
  Promise.all(
    cities.map((city, i) => courier.call(errandTo(platformAt(city.url, { id: `toy/${i}` }), { body }), sender)),
  );

function tally(answers: readonly { kind: string; status?: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind, status = kind } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

describe('a question to 337 platforms', () => {
  test('goes out to all of them at once: it is with the last before the first has answered', async () => {
    courier = startCourier();
    const answers = askAll('first');
    const held = await Promise.all(cities.map((city) => city.next()));
    expect(courier.state()).toMatchObject({ callsUnderWay: CITIES, callsWaiting: 0 });
    for (const one of held) one.reply(WELL);
    expect(tally(await answers)).toEqual({ answered: CITIES });
    await courier.close();
  });

  test('is answered by all but a straggler and the dead, which are late and unreachable, and then left alone', async () => {
    courier = startCourier({ platformDeadlineMs: 2_000, breakerFailures: 1, breakerOpenMs: 60_000 });
    for (const city of cities) city.always((held) => held.reply(WELL));
    cities[0]!.always(() => undefined);
    await Promise.all(cities.slice(1, 1 + DEAD).map((city) => city.close()));
    const living = CITIES - DEAD - 1;
    expect(tally(await askAll('second'))).toEqual({ answered: living, LATE: 1, UNREACHABLE: DEAD });
    expect(tally(await askAll('third'))).toEqual({ answered: living, REFUSED: DEAD + 1 });
    expect(courier.state()).toMatchObject({ breakersOpen: DEAD + 1, callsUnderWay: 0 });
    await courier.close();
  });
});
