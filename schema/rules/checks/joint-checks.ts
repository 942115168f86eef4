/** Rules about several fields → a test of their values, in the order of the rule's fields. */
import { COUNTRY } from '../../divisions/division-level.ts';
import type { EntityRule } from '../entity-rule.ts';
import { AGREEMENTS } from './agreements.ts';
import { boxOf } from './division-boxes.ts';
import { millisecondsOf } from './instants.ts';

type RuleOf<Kind extends EntityRule['kind']> = Extract<EntityRule, { kind: Kind }>;

/** The values of a row by slot; undefined and null are no value. */
export type Slots = readonly unknown[];

/** `at` has the slot of each field of the rule. Returns the place of the field that is wrong, or `NO_FAULT`. */
export type JointTest = (slots: Slots, at: readonly number[]) => number;

export const NO_FAULT = -1;

/** The slot of the present, as in the order of `reportedAt` and `now`. */
export const NOW_SLOT = -1;

export function createOrderTest({ strict, slackSeconds }: RuleOf<'order'>, now: () => number): JointTest {
  const slack = slackSeconds * 1000;
  return (slots, at) => {
    let last = Number.NaN;
    for (let i = 0; i < at.length; i++) {
      const slot = at[i]!;
      const instant = slot === NOW_SLOT ? now() : millisecondsOf(slots[slot]);
      if (Number.isNaN(instant)) continue;
      if (strict ? instant <= last : instant + slack < last) return i;
      last = instant;
    }
    return NO_FAULT;
  };
}

export const partsTest: JointTest = (slots, at) => {
  const part = slots[at[0]!];
  const whole = slots[at[1]!];
  if (typeof part === 'number' && part < 0) return 0;
  if (typeof whole !== 'number') return NO_FAULT;
  if (whole < 0) return 1;
  return typeof part === 'number' && part > whole ? 0 : NO_FAULT;
};

export const boxTest: JointTest = (slots, at) => {
  const longitude = slots[at[0]!];
  const latitude = slots[at[1]!];
  const division = slots[at[2]!];
  if (typeof division !== 'string') return NO_FAULT;
  const [west, south, east, north] = boxOf(division);
  if (isInCountry(longitude, 0) && (longitude < west || longitude > east)) return 0;
  return isInCountry(latitude, 1) && (latitude < south || latitude > north) ? 1 : NO_FAULT;
};

/** Other numbers are no coordinates at all, which a rule about their form tells. */
function isInCountry(value: unknown, axis: 0 | 1): value is number {
  const box = boxOf(COUNTRY);
  return typeof value === 'number' && value >= box[axis] && value <= box[axis + 2]!;
}

export function createReferenceTest({ agreement }: RuleOf<'reference'>): JointTest {
  const agrees = AGREEMENTS[agreement];
  return (slots, at) => {
    const value = slots[at[0]!];
    const other = slots[at[1]!];
    return typeof value !== 'string' || typeof other !== 'string' || agrees(value, other) ? NO_FAULT : 0;
  };
}

/** Without a condition: all have a value, or none. With one, all if it is met, none if not. */
export function createTogetherTest(isMet: ((slots: Slots) => boolean) | null): JointTest {
  return (slots, at) => {
    const expected = isMet === null ? isPresent(slots[at[0]!]) : isMet(slots);
    for (let i = 0; i < at.length; i++) if (isPresent(slots[at[i]!]) !== expected) return i;
    return NO_FAULT;
  };
}

export function createOneOfTest({ min, max }: RuleOf<'oneOf'>): JointTest {
  return (slots, at) => {
    let present = 0;
    for (let i = 0; i < at.length; i++) if (isPresent(slots[at[i]!])) present++;
    return present < min || present > max ? 0 : NO_FAULT;
  };
}

/** The members of a list ascend by an instant of theirs. */
export function createAscendingTest({ by }: RuleOf<'ascending'>): JointTest {
  return (slots, at) => {
    const members = slots[at[0]!];
    if (!Array.isArray(members)) return NO_FAULT;
    let last = Number.NaN;
    for (const member of members as readonly Readonly<Record<string, unknown>>[]) {
      const instant = millisecondsOf(member?.[by]);
      if (instant < last) return 0;
      if (!Number.isNaN(instant)) last = instant;
    }
    return NO_FAULT;
  };
}

export function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}
