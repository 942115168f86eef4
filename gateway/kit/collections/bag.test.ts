import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createBag } from './bag.ts';

test('a bag lists the items that were added and not removed, in whatever order they went', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 60 }), (steps) => {
      const bag = createBag<number>();
      const removals = new Map<number, () => void>();
      for (const step of steps) {
        const remove = removals.get(step);
        if (remove) {
          remove();
          remove();
          removals.delete(step);
        } else removals.set(step, bag.add(step));
        expect(bag.size).toBe(removals.size);
        expect(bag.list().sort()).toEqual([...removals.keys()].sort());
      }
    }),
  );
});
