/** As many platforms as the country has cities, each a server of its own. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
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

const CITIES = 337;
const DEAD = 17;
/** However busy the machine is. */
const PATIENT = { platformConnectMs: 60_000, platformDeadlineMs: 60_000 };
const TEST_MS = 60_000;

let cities: readonly HandPlatform[];
let courier: TestCourier;

beforeAll(async () => {
  cities = await Promise.all(Array.from({ length: CITIES }, startHandPlatform));
}, TEST_MS);

afterAll(async () => {
  await Promise.all(cities.map((city) => city.close().catch(() => undefined)));
});

type Sender = ReturnType<TestCourier['sender']>;

function askAll(body: string, sender: Sender = courier.sender()) {
  return cities.map((city, i) => courier.call(errandTo(platformAt(city.url, { id: `toy/${i}` }), { body }), sender));
}

/** An operation that gives up as soon as one answer alone is missing. */
async function askUntilOneIsLeft(body: string) {
  const operation = createAborter();
  let left = CITIES;
  const answers = askAll(body, courier.sender({ signal: operation.signal })).map(async (call) => {
    const answer = await call;
    left--;
    if (left === 1) operation.abort();
    return answer;
  });
  return tally(await Promise.all(answers));
}

function tally(answers: readonly { kind: string; status?: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind, status = kind } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

describe('a question to 337 platforms', () => {
  test(
    'goes out to all of them at once: it is with the last before the first has answered',
    async () => {
      courier = startCourier(PATIENT);
      const answers = Promise.all(askAll('first'));
      const held = await Promise.all(cities.map((city) => city.next()));
      expect(courier.state()).toMatchObject({ callsUnderWay: CITIES, callsWaiting: 0 });
      for (const one of held) one.reply(WELL);
      expect(tally(await answers)).toEqual({ answered: CITIES });
      await courier.close();
    },
    TEST_MS,
  );

  test(
    'is answered by all but a straggler and the dead, and the dead are then left alone',
    async () => {
      courier = startCourier({ ...PATIENT, breakerFailures: 1, breakerOpenMs: 3_600_000 });
      for (const city of cities) city.always((held) => held.reply(WELL));
      cities[0]!.always(() => undefined);
      await Promise.all(cities.slice(1, 1 + DEAD).map((city) => city.close()));
      const living = CITIES - DEAD - 1;
      expect(await askUntilOneIsLeft('second')).toEqual({ answered: living, LATE: 1, UNREACHABLE: DEAD });
      expect(await askUntilOneIsLeft('third')).toEqual({ answered: living, LATE: 1, REFUSED: DEAD });
      expect(courier.state()).toMatchObject({ breakersOpen: DEAD, callsUnderWay: 0 });
      await courier.close();
    },
    TEST_MS,
  );
});
