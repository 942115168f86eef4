/**
 * The rules of a type and the fields that an operation selects → one function that checks an object. A rule that needs
 * a field which is not selected is not checked: nothing is fetched for it.
 */
import { compileRule, type EntityRule, type RuleCheck } from '@yiwang/schema/rules';
import { isInVersion, standardVersion } from '@yiwang/schema/standard';
import { type GraphQLCompositeType, type GraphQLOutputType, isCompositeType, isNonNullType } from 'graphql';
import type { CheckedObject, ObjectCheck, RuleBreach } from '../../model/checks.ts';
import type { Path } from '../../model/errors.ts';
import { acceptCodeOf } from './accept-code.ts';
import { instantKey, isInOrder, isInStrictOrder, isPlainlyFilled, isSamePlace, KnownValues } from './plain-values.ts';
import { groupRecurring } from './recurring-values.ts';

/** A field of an operation at one place. */
export interface SelectedField {
  /** In the tree. */
  readonly key: string;
  readonly name: string;
  readonly type: GraphQLOutputType;
  /** The fields below, by the type of the object; undefined for leaves. */
  readonly below: { fieldsFor(type: GraphQLCompositeType): readonly SelectedField[] } | undefined;
}

export interface CheckOptions {
  /** The rules of a type, by its name. */
  rulesOf(type: string): readonly EntityRule[];
  /** The version of the standard that all platforms are held to. Rules of later ones are told. Default: the newest. */
  readonly version?: () => string;
  /** The present in milliseconds. Default: the clock of the machine. */
  readonly now?: () => number;
}

/** Undefined if no rule for the type can be decided by these fields. */
export type CompileCheck = (type: GraphQLCompositeType, fields: readonly SelectedField[]) => ObjectCheck | undefined;

export function createCheckCompiler({ rulesOf, version = newest, now = Date.now }: CheckOptions): CompileCheck {
  return (type, fields) => {
    const rules = rulesOf(type.name).filter(({ gate }) => gate === 'BOTH');
    if (rules.length === 0) return undefined;
    const slots = new Slots(fields);
    const checks = rules
      .flatMap((rule) => compileRule(rule, slots.slotOf, { now }))
      .filter((check) => !isSettledByType(check, fields));
    return checks.length === 0 ? undefined : createObjectCheck(type.name, slots, checks, version);
  };
}

function isNeverNull([name, ...rest]: readonly string[], fields: readonly SelectedField[]): boolean {
  const field = fields.find((each) => each.name === name);
  if (!field || !isNonNullType(field.type)) return false;
  const inner = field.type.ofType;
  return rest.length === 0 || (isCompositeType(inner) && isNeverNull(rest, field.below?.fieldsFor(inner) ?? []));
}

const newest = (): string => standardVersion();

/** True for a value that GraphQL never lets be null: a blank text has a rule about its form to break. */
function isSettledByType({ rule, reads: [path = ''] }: RuleCheck, fields: readonly SelectedField[]): boolean {
  if (rule.kind !== 'required' || rule.when !== null) return false;
  return isNeverNull(path.split('.'), fields);
}

/** The values that the rules read, each in a slot. */
class Slots {
  /** By slot: every way to the value. */
  readonly ways: (readonly Path[])[] = [];
  readonly #fields: readonly SelectedField[];
  readonly #slots = new Map<string, number | undefined>();

  constructor(fields: readonly SelectedField[]) {
    this.#fields = fields;
  }

  /** Undefined if the field is not selected. */
  slotOf = (path: string): number | undefined => {
    if (this.#slots.has(path)) return this.#slots.get(path);
    const ways = findWays(path.split('.'), this.#fields);
    const slot = ways.length === 0 ? undefined : this.ways.push(ways) - 1;
    this.#slots.set(path, slot);
    return slot;
  };

  waysTo(path: string): readonly Path[] {
    const slot = this.slotOf(path);
    return slot === undefined ? [] : this.ways[slot]!;
  }

  /** How often all fields are checked, so that the value of each key is read at least once. */
  get rounds(): number {
    return Math.max(...this.ways.map(({ length }) => length));
  }
}

/** The way that a round reads. A field with fewer keys than others is read by its last one again. */
function wayOf(ways: readonly Path[], round: number): Path {
  return ways[Math.min(round, ways.length - 1)]!;
}

/** A client may select a field under several keys. Fields within lists have no one value. */
function findWays([name, ...rest]: readonly string[], fields: readonly SelectedField[]): readonly Path[] {
  const matches = fields.filter((field) => field.name === name);
  if (rest.length === 0) return matches.map(({ key }) => [key]);
  return matches.flatMap(({ key, type, below }) => {
    const inner = isNonNullType(type) ? type.ofType : type;
    if (!below || !isCompositeType(inner)) return [];
    return findWays(rest, below.fieldsFor(inner)).map((way) => [key, ...way]);
  });
}

function createObjectCheck(
  typeName: string,
  slots: Slots,
  checks: readonly RuleCheck[],
  version: () => string,
): ObjectCheck {
  const values: unknown[] = slots.ways.map(() => undefined);
  const readers = Array.from({ length: slots.rounds }, (_, round) => generateRead(slots, round));
  // What a rule says in detail is for whoever sent the value: it may hold a part of it.
  const toBreach = ({ rule, reads }: RuleCheck, path: string, { object, round }: CheckedRound): RuleBreach => ({
    rule: rule.id,
    message: rule.message,
    isWarning: rule.severity === 'WARNING' || !isInVersion(rule, version()),
    coordinate: `${typeName}.${path}`,
    faults: alikeWays(slots.waysTo(path), { object, round }),
    reads: reads.map((each) => wayOf(slots.waysTo(each), round)),
  });
  const breachesOf = (object: CheckedObject): readonly RuleBreach[] => {
    const breaches = new Map<string, RuleBreach>();
    for (const [round, read] of readers.entries()) {
      read(object, values);
      for (const [number, check] of checks.entries()) {
        const fault = check.fault(values);
        if (fault === undefined) continue;
        const breach = toBreach(check, fault.path, { object, round });
        const key = `${number} ${breach.faults[0]!.join('.')}`;
        if (!breaches.has(key)) breaches.set(key, breach);
      }
    }
    return [...breaches.values()];
  };
  return {
    isBroken: generateIsBroken(slots, checks, {
      isBrokenBy(object, number) {
        readers[0]!(object, values);
        return checks[number]!.fault(values) !== undefined;
      },
      isBrokenInAnyRound: (object) => breachesOf(object).length > 0,
    }),
    breachesOf,
  };
}

interface CheckedRound {
  readonly object: CheckedObject;
  readonly round: number;
}

/** Of the ways to a field, those with the value that the round has read. */
function alikeWays(ways: readonly Path[], { object, round }: CheckedRound): readonly Path[] {
  const value = valueAt(object, wayOf(ways, round));
  return ways.filter((way) => Object.is(valueAt(object, way), value));
}

function valueAt(object: CheckedObject, way: Path): unknown {
  return way.reduce<unknown>((holder, key) => (holder as CheckedObject | null | undefined)?.[key], object);
}

function generateRead({ ways }: Slots, round: number): (object: CheckedObject, values: unknown[]) => void {
  const lines = ways.map((each, slot) => `values[${slot}] = object.${wayOf(each, round).join('?.')};`);
  return new Function('object', 'values', lines.join('\n')) as (object: CheckedObject, values: unknown[]) => void;
}

const TESTS = { instantKey, isInOrder, isInStrictOrder, isPlainlyFilled, isSamePlace };

/** The rules themselves: for what is not plainly right. */
interface SlowWays {
  /** Asks one rule, by its number, in the first round. */
  isBrokenBy(object: CheckedObject, number: number): boolean;
  isBrokenInAnyRound(object: CheckedObject): boolean;
}

/**
 * Generates code, so that V8 optimizes each read for the one shape of object that it meets. A platform may answer two
 * keys of one field differently: then the rules decide over each.
 */
function generateIsBroken(slots: Slots, checks: readonly RuleCheck[], slow: SlowWays): ObjectCheck['isBroken'] {
  const helpers: Record<string, unknown> = { ...TESTS, ...slow };
  const instants = new Set<number>();
  const lines: string[] = [];
  const recurring = groupRecurring(checks, slots);
  for (const [slot, numbers] of recurring) {
    helpers[`known${slot}_`] = new KnownValues();
    const calls = numbers.map((number) => `isBrokenBy(object, ${number})`).join(' || ');
    lines.push(`if (v${slot} != null && !known${slot}_.has(v${slot})) {
      if (${calls}) return true;
      known${slot}_.add(v${slot});
    }`);
  }
  const grouped = new Set([...recurring.values()].flat());
  const byCode = new Map<string, number[]>();
  for (const [number, check] of checks.entries()) {
    if (grouped.has(number)) continue;
    const accept = acceptCodeOf(check, number, slots.slotOf);
    if (accept) Object.assign(helpers, accept.helpers);
    for (const slot of accept?.instants ?? []) instants.add(slot);
    // Of rules about three instants, two may be selected, which others are about, too.
    const alike = byCode.get(accept?.code ?? '');
    if (alike) alike.push(number);
    else byCode.set(accept?.code ?? '', [number]);
  }
  for (const [code, numbers] of byCode) {
    const calls = numbers.map((number) => `isBrokenBy(object, ${number})`).join(' || ');
    lines.push(`if (${code === '' ? '' : `!(${code}) && `}(${calls})) return true;`);
  }
  const differences = slots.ways.flatMap(([, ...others], slot) =>
    others.map((way) => `object.${way.join('?.')} !== v${slot}`),
  );
  // A key in the source is a GraphQL name: letters, digits and underscores.
  const source = `return function (object) {
    ${slots.ways.map(([way = []], slot) => `const v${slot} = object.${way.join('?.')};`).join('\n')}
    ${differences.length === 0 ? '' : `if (${differences.join(' || ')}) return isBrokenInAnyRound(object);`}
    ${[...instants].map((slot) => `const k${slot} = instantKey(v${slot});`).join('\n')}
    ${lines.join('\n')}
    return false;
  }`;
  return new Function(...Object.keys(helpers), source)(...Object.values(helpers)) as ObjectCheck['isBroken'];
}
