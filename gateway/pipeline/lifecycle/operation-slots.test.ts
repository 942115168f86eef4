import { expect, test } from '@jest/globals';
import type { Caller } from '../../model/caller.ts';
import { PublicError } from '../../model/errors.ts';
import { networkOf } from './callers.ts';
import { createOperationSlots } from './operation-slots.ts';

const caller = (key: string, kind: Caller['kind'] = 'verified'): Caller => ({ kind, key });
const limits = { operationsInFlightMax: 10, callerPercentMax: 100, anonymousPercentMax: 100 };

/** Takes room until there is none; the limit that says so. */
function fill(room: ReturnType<typeof createOperationSlots>, callers: Iterable<Caller>) {
  const leave: (() => void)[] = [];
  for (const one of callers) {
    const slot = room.acquire(one);
    if (slot instanceof PublicError)
      return { count: leave.length, limit: slot.extensions.limit, code: slot.code, leave };
    leave.push(slot);
  }
  return { count: leave.length, leave };
}

const many = (count: number, callerOf: (i: number) => Caller) => Array.from({ length: count }, (_, i) => callerOf(i));

test('operationsInFlightMax limits the operations in flight, and released slots are free again', () => {
  const room = createOperationSlots(limits);
  const all = fill(
    room,
    many(11, (i) => caller(`${i}`)),
  );
  expect(all).toMatchObject({ count: 10, limit: 'operationsInFlightMax', code: 'OVERLOADED' });
  all.leave[3]!();
  expect([room.inUse, fill(room, [caller('x'), caller('y')]).count]).toEqual([9, 1]);
});

test('callerPercentMax limits the slots of one caller', () => {
  const room = createOperationSlots({ ...limits, callerPercentMax: 30 });
  const greedy = fill(
    room,
    many(4, () => caller('greedy')),
  );
  expect(greedy).toMatchObject({ count: 3, limit: 'callerPercentMax' });
  expect(fill(room, [caller('calm')]).count).toBe(1);
  greedy.leave[0]!();
  expect(
    fill(
      room,
      many(2, () => caller('greedy')),
    ).count,
  ).toBe(1);
});

test('anonymousPercentMax limits the slots of all callers without a credential', () => {
  const room = createOperationSlots({ ...limits, anonymousPercentMax: 50 });
  const strangers = fill(
    room,
    many(6, (i) => caller(`10.0.0.${i}`, 'anonymous')),
  );
  expect(strangers).toMatchObject({ count: 5, limit: 'anonymousPercentMax' });
  expect(
    fill(
      room,
      many(5, (i) => caller(`${i}`, i === 0 ? 'unverified' : 'verified')),
    ).count,
  ).toBe(5);
});

test('a share is at least one slot', () => {
  expect(fill(createOperationSlots({ ...limits, callerPercentMax: 1 }), [caller('a')]).count).toBe(1);
});

test('callers at IPv6 addresses are told apart by their networks', () => {
  expect(networkOf('10.1.2.3')).toBe('10.1.2.3');
  expect(networkOf('::ffff:10.1.2.3')).toBe('::ffff:10.1.2.3');
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
  expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0');
  expect(networkOf('::1')).toBe('0:0:0:0');
});
