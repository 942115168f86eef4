/** How long a slice is, and that the event loop turns after it. */
import { afterEach, expect, jest, test } from '@jest/globals';
import { runCooperatively } from './run-cooperatively.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

test('a slice ends after sliceMs, and the next starts after the pause', async () => {
  let nowMs = 1_000;
  jest.spyOn(performance, 'now').mockImplementation(() => nowMs);
  const seen: boolean[] = [];
  let turns = 0;
  const pass = (ms: number): void => {
    nowMs += ms;
  };
  const result = await runCooperatively(function* (isDue) {
    pass(9);
    seen.push(isDue());
    pass(1);
    seen.push(isDue());
    setImmediate(() => {
      turns++;
      pass(5);
    });
    yield;
    seen.push(isDue());
    pass(9);
    seen.push(isDue());
    pass(1);
    seen.push(isDue());
    return 'done';
  }, 10);
  expect([result, turns]).toEqual(['done', 1]);
  expect(seen).toEqual([false, true, false, false, true]);
});
