/** Who begins in which turn of the event loop. */
import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createTurnstile } from './turnstile.ts';

function arrive(turnstile: ReturnType<typeof createTurnstile>, names: readonly string[]): string[] {
  const begun: string[] = [];
  for (const name of names) {
    const pass = turnstile.pass();
    if (pass) void pass.then(() => begun.push(name));
    else begun.push(name);
  }
  return begun;
}

test('as many as may begin in one turn do so at once, the others in later turns and in the order in which they came', async () => {
  const begun = arrive(createTurnstile(2), ['a', 'b', 'c', 'd', 'e']);
  expect(begun.join('')).toBe('ab');
  await setImmediate();
  expect(begun.join('')).toBe('abcd');
  await setImmediate();
  expect(begun.join('')).toBe('abcde');
});

test('who comes while others wait waits behind them', async () => {
  const turnstile = createTurnstile(1);
  const first = arrive(turnstile, ['a', 'b', 'c']);
  await setImmediate();
  const second = arrive(turnstile, ['d']);
  expect([first.join(''), second.join('')]).toEqual(['ab', '']);
  await setImmediate();
  expect([first.join(''), second.join('')]).toEqual(['abc', '']);
  await setImmediate();
  expect(second.join('')).toBe('d');
});

test('nobody waits where the loop has turned since', async () => {
  const turnstile = createTurnstile(1);
  expect(turnstile.pass()).toBeUndefined();
  await setImmediate();
  await setImmediate();
  expect(turnstile.pass()).toBeUndefined();
});
