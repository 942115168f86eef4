import { expect, test } from '@jest/globals';
import { createHedgeBudget } from './hedge-budget.ts';

test('a hedge budget of 5 percent allows one hedge for twenty calls, and saves up ten', () => {
  const budget = createHedgeBudget(5);
  const spent = (): number => {
    let copies = 0;
    while (budget.spend()) copies++;
    return copies;
  };
  for (let i = 0; i < 19; i++) budget.earn();
  expect(spent()).toBe(0);
  budget.earn();
  expect(spent()).toBe(1);
  for (let i = 0; i < 1_000; i++) budget.earn();
  expect(spent()).toBe(10);
});
