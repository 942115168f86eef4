/**
 * Rule → checks over the values of a row. The same checks serve rows on the way in, where all fields are there, and
 * answers on the way out, where the caller chose some of them.
 */

import { createFieldTest, type FieldRule, type FieldTestOptions, type ValueTest } from './checks/field-checks.ts';
import { DAY_LENGTH } from './checks/instants.ts';
import {
  boxTest,
  createAscendingTest,
  createOneOfTest,
  createOrderTest,
  createReferenceTest,
  createTogetherTest,
  isPresent,
  type JointTest,
  NO_FAULT,
  NOW_SLOT,
  partsTest,
  type Slots,
} from './checks/joint-checks.ts';
import type { EntityRule, RuleCondition } from './entity-rule.ts';

export interface RuleFault {
  /** The field that is wrong, as a path below the entity. */
  readonly path: string;
  /** What is wrong in detail; '' if the rule's message says all. Contains no value. */
  readonly detail: string;
}

export interface RuleCheck {
  readonly rule: EntityRule;
  /** The fields that the check reads, `now` left out. */
  readonly reads: readonly string[];
  /** Undefined if the rule holds; an object is made only for a fault. */
  readonly fault: (slots: Slots) => RuleFault | undefined;
}

export interface CompileOptions extends FieldTestOptions {
  /** The present in milliseconds; default the clock of the machine. */
  readonly now?: () => number;
}

/**
 * The slot of a field's value; undefined for a field that is not there, such as one that a caller did not select. Asked
 * for an instant, it may give a slot that holds its milliseconds, so that each is parsed once.
 */
export type SlotOf = (path: string, as?: 'instant') => number | undefined;

/**
 * Compiles the checks of a rule that can be decided with the fields that are there: one for each field of a rule about
 * fields by themselves, else one or none. A null value breaks `required` and `together` alone.
 */
export function compileRule(rule: EntityRule, slotOf: SlotOf, options: CompileOptions = {}): readonly RuleCheck[] {
  const condition = rule.when === null ? null : compileCondition(rule.when, slotOf);
  if (condition === undefined) return [];
  const checks = compileUnconditional(rule, slotOf, options);
  if (condition === null) return checks;
  return checks.map((check) => ({
    rule,
    reads: [...check.reads, rule.when!.field],
    fault: (slots) => (condition(slots) ? check.fault(slots) : undefined),
  }));
}

function compileUnconditional(rule: EntityRule, slotOf: SlotOf, options: CompileOptions): readonly RuleCheck[] {
  switch (rule.kind) {
    case 'required':
      return eachField(rule, slotOf, (slot, path) => {
        const fault = { path, detail: '' };
        return (slots) => (isFilled(slots[slot]) ? undefined : fault);
      });
    case 'format':
    case 'length':
    case 'range':
    case 'list':
    case 'code':
    case 'division':
    case 'category':
      return compileFieldRule(rule, slotOf, options);
    case 'order':
      return jointly(rule, slotOf, { least: 2, test: createOrderTest(rule, options.now ?? Date.now) });
    case 'ascending':
      return jointly(rule, slotOf, { least: 1, test: createAscendingTest(rule) });
    case 'parts':
      return jointly(rule, slotOf, { least: 2, test: partsTest });
    case 'rates':
      return rule.fields.flatMap((field) => {
        const fields = [`${field}.numerator`, `${field}.denominator`];
        return jointly({ ...rule, fields }, slotOf, { least: 2, test: partsTest }).map((check) => ({ ...check, rule }));
      });
    case 'box':
      return jointly(rule, slotOf, { least: 3, test: boxTest });
    case 'reference':
      return jointly(rule, slotOf, { least: 2, test: createReferenceTest(rule) });
    case 'together': {
      const isMet = rule.iff === null ? null : compileCondition(rule.iff, slotOf);
      if (isMet === undefined) return [];
      const least = rule.iff === null ? rule.fields.length : 1;
      return jointly(rule, slotOf, { least, test: createTogetherTest(isMet) });
    }
    case 'oneOf':
      return jointly(rule, slotOf, { least: rule.fields.length, test: createOneOfTest(rule) });
    case 'unique':
      return [];
  }
}

function compileFieldRule(rule: FieldRule & EntityRule, slotOf: SlotOf, options: CompileOptions): readonly RuleCheck[] {
  const at = rule.kind === 'division' && rule.at !== null ? slotOf(rule.at, 'instant') : undefined;
  return eachField(rule, slotOf, (slot, path) => {
    const test = createFieldTest(rule, options);
    const instant = rule.kind === 'format' && rule.format === 'DateTime' ? slotOf(path, 'instant')! : slot;
    if (instant !== slot) return instantFault({ slot, instant, path, test });
    return (slots) => {
      const value = slots[slot];
      if (value === undefined || value === null) return undefined;
      const detail = test(value, at === undefined ? undefined : slots[at]);
      return detail === undefined ? undefined : { path, detail };
    };
  });
}

/** An instant that was parsed already needs no other test, unless it is a day. */
function instantFault(of: {
  readonly slot: number;
  readonly instant: number;
  readonly path: string;
  readonly test: ValueTest;
}): RuleCheck['fault'] {
  const { slot, instant, path, test } = of;
  return (slots) => {
    const value = slots[slot];
    if (value === undefined || value === null) return undefined;
    const isInstant = typeof value === 'string' && value.length > DAY_LENGTH && !Number.isNaN(slots[instant]);
    const detail = isInstant ? undefined : test(value, undefined);
    return detail === undefined ? undefined : { path, detail };
  };
}

function eachField(
  rule: EntityRule,
  slotOf: SlotOf,
  compile: (slot: number, path: string) => RuleCheck['fault'],
): readonly RuleCheck[] {
  return rule.fields.flatMap((path) => {
    const slot = slotOf(path);
    return slot === undefined ? [] : [{ rule, reads: [path], fault: compile(slot, path) }];
  });
}

function jointly(
  rule: EntityRule,
  slotOf: SlotOf,
  { least, test }: { readonly least: number; readonly test: JointTest },
): readonly RuleCheck[] {
  const there = rule.fields.flatMap((path) => {
    const slot = path === 'now' ? NOW_SLOT : slotOf(path, rule.kind === 'order' ? 'instant' : undefined);
    return slot === undefined ? [] : [{ path, slot }];
  });
  if (there.length < least) return [];
  const at = there.map(({ slot }) => slot);
  const faults = there.map(({ path }, place) => ({ path: path === 'now' ? there[place - 1]!.path : path, detail: '' }));
  const fault: RuleCheck['fault'] = (slots) => {
    const place = test(slots, at);
    return place === NO_FAULT ? undefined : faults[place];
  };
  const condition = rule.kind === 'together' && rule.iff !== null ? [rule.iff.field] : [];
  return [{ rule, reads: [...there.map(({ path }) => path).filter((path) => path !== 'now'), ...condition], fault }];
}

/** Undefined if the field is not there. */
function compileCondition(condition: RuleCondition, slotOf: SlotOf): ((slots: Slots) => boolean) | undefined {
  const slot = slotOf(condition.field);
  if (slot === undefined) return undefined;
  if ('present' in condition) return (slots) => isPresent(slots[slot]) === condition.present;
  if ('matches' in condition) {
    const pattern = new RegExp(condition.matches, 'u');
    return (slots) => typeof slots[slot] === 'string' && pattern.test(slots[slot]);
  }
  const values = new Set<unknown>(condition.in);
  return (slots) => values.has(slots[slot]);
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' ? value.trim() !== '' : isPresent(value);
}
