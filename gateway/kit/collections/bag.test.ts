import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createBag } from './bag.ts';

describe('a roster', () => {
  test('has those that came and did not go, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 60 }), (steps) => {
        const roster = createBag<number>();
        const here = new Map<number, () => void>();
        for (const step of steps) {
          const leave = here.get(step);
          if (leave) {
            leave();
            leave();
            here.delete(step);
          } else here.set(step, roster.add(step));
          expect(roster.size).toBe(here.size);
          expect(roster.list().sort()).toEqual([...here.keys()].sort());
        }
      }),
    );
  });
});
