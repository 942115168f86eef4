/** As many platforms as the country has cities, each a real server. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCancelController } from '../kit/concurrency/cancel-controller.ts';
import { type ManualPlatform, OK_BODY, startManualPlatform } from './testing/manual-platform.ts';
import { platformAt, requestTo, startClient, type TestClient } from './testing/test-client.ts';

const CITIES = 337;
const DEAD = 17;
/** Enough on a busy machine. */
const PATIENT = { platformConnectMs: 60_000, platformDeadlineMs: 60_000 };
const TEST_MS = 60_000;

let cities: readonly ManualPlatform[];
let client: TestClient;

beforeAll(async () => {
  cities = await Promise.all(Array.from({ length: CITIES }, startManualPlatform));
}, TEST_MS);

afterAll(async () => {
  await Promise.all(cities.map((city) => city.close().catch(() => undefined)));
});

type CallContext = ReturnType<TestClient['context']>;

function askAll(body: string, context: CallContext = client.context()) {
  return cities.map((city, i) => client.call(requestTo(platformAt(city.url, { id: `toy/${i}` }), { body }), context));
}

/** Aborts the operation as soon as one answer alone is missing. */
async function askUntilOneIsLeft(body: string) {
  const operation = createCancelController();
  let left = CITIES;
  const answers = askAll(body, client.context({ signal: operation.signal })).map(async (call) => {
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

describe('an operation over 337 platforms', () => {
  test(
    'the last platform gets its request before the first has answered',
    async () => {
      client = startClient(PATIENT);
      const answers = Promise.all(askAll('first'));
      const pending = await Promise.all(cities.map((city) => city.next()));
      expect(client.state()).toMatchObject({ callsInFlight: CITIES, callsWaiting: 0 });
      for (const one of pending) one.reply(OK_BODY);
      expect(tally(await answers)).toEqual({ answered: CITIES });
      await client.close();
    },
    TEST_MS,
  );

  test(
    'all platforms but a slow one and the dead answer, and breakers then refuse calls to the dead',
    async () => {
      client = startClient({ ...PATIENT, breakerFailures: 1, breakerOpenMs: 3_600_000 });
      for (const city of cities) city.answerAll((pending) => pending.reply(OK_BODY));
      cities[0]!.answerAll(() => undefined);
      await Promise.all(cities.slice(1, 1 + DEAD).map((city) => city.close()));
      const living = CITIES - DEAD - 1;
      expect(await askUntilOneIsLeft('second')).toEqual({ answered: living, LATE: 1, UNREACHABLE: DEAD });
      expect(await askUntilOneIsLeft('third')).toEqual({ answered: living, LATE: 1, REFUSED: DEAD });
      expect(client.state()).toMatchObject({ breakersOpen: DEAD, callsInFlight: 0 });
      await client.close();
    },
    TEST_MS,
  );
});
