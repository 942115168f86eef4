/**
 * Rule → code that accepts objects which plainly keep it, in terms of `v0`, `v1` … (values by slot) and `k0`, `k1` …
 * (instants by slot). Whatever it does not accept, the rule itself decides: it is never accepted by mistake, and the
 * property tests hold it to that.
 */
import type { RuleCheck, RuleCondition } from '@yiwang/schema/rules';
import { createBoxTest, createKnownCodes, createTimelessDivisions, isKnownFormat } from './plain-values.ts';

/** The slot of a field that the check reads. */
export type SlotOfRead = (path: string) => number | undefined;

export interface AcceptCode {
  readonly code: string;
  /** Slots whose instants it reads. */
  readonly instants: readonly number[];
  /** What the code refers to by name, besides the tests of `plain-values.ts`. */
  readonly helpers: Readonly<Record<string, unknown>>;
}

/** `number`: of the check, which makes names of helpers distinct. Undefined if there is no short way. */
export function acceptCodeOf(check: RuleCheck, number: number, slotOf: SlotOfRead): AcceptCode | undefined {
  const { rule, reads } = check;
  // A rule about rates reads their parts.
  const paths = rule.kind === 'rates' ? reads : rule.fields.filter((path) => reads.includes(path));
  const slots = paths.flatMap((path) => slotOf(path) ?? []);
  const helpers = helpersOf(check, number, slots, slotOf);
  const code = codeOf(rule, slots, slotOf) ?? helperCode(rule, slots, number);
  if (code === undefined) return undefined;
  const unless = rule.when ? unlessMet(rule.when, slotOf) : undefined;
  const instants = isOfInstants(rule) ? slots : [];
  return { code: unless === undefined ? code : `(${unless} || ${code})`, instants, helpers };
}

function helpersOf(
  { rule, fault }: RuleCheck,
  number: number,
  [slot = 0]: readonly number[],
  slotOf: SlotOfRead,
): AcceptCode['helpers'] {
  const isValid = (value: unknown, at = slot, other?: unknown): boolean => {
    const values: unknown[] = [];
    values[at] = other;
    values[slot] = value;
    return fault(values) === undefined;
  };
  if (rule.kind === 'box') return { [`box${number}`]: createBoxTest() };
  if (rule.kind === 'division') {
    const at = rule.at === null ? slot : slotOf(rule.at);
    return { [`known${number}`]: createTimelessDivisions((division, day) => isValid(division, at, day)) };
  }
  if (rule.kind !== 'format') return {};
  if (rule.pattern !== null) return { [`pattern${number}`]: new RegExp(rule.pattern, 'u') };
  return isKnownFormat(rule.format) ? { [`known${number}`]: createKnownCodes(rule.format, (v) => isValid(v)) } : {};
}

function helperCode(rule: RuleCheck['rule'], slots: readonly number[], number: number): string | undefined {
  const value = `v${slots[0]}`;
  if (rule.kind === 'box')
    return slots.length < 3 ? undefined : `box${number}(${slots.map((slot) => `v${slot}`).join()})`;
  if (rule.kind === 'division') return `known${number}(${value})`;
  if (rule.kind !== 'format') return undefined;
  if (rule.pattern !== null) return orAbsent(value, `typeof ${value} === 'string' && pattern${number}.test(${value})`);
  return isKnownFormat(rule.format) ? `known${number}(${value})` : undefined;
}

function isOfInstants(rule: RuleCheck['rule']): boolean {
  return rule.kind === 'order' || (rule.kind === 'format' && (rule.format === 'DateTime' || rule.format === 'Date'));
}

function codeOf(rule: RuleCheck['rule'], slots: readonly number[], slotOf: SlotOfRead): string | undefined {
  const [first = -1, second = -1] = slots;
  const value = `v${first}`;
  switch (rule.kind) {
    case 'required':
      return `(typeof ${value} === 'string' ? isPlainlyFilled(${value}) : ${value} != null)`;
    case 'format':
      return orAbsent(value, formatCode(rule.format, first));
    case 'length':
      return rule.max === null
        ? undefined
        : orAbsent(
            value,
            `typeof ${value} === 'string' && ${value}.length >= ${rule.min} && ${value}.length <= ${rule.max}`,
          );
    case 'range':
      return orAbsent(value, rangeCode(value, rule));
    case 'order':
      return rule.fields.includes('now') ? undefined : orderCode(slots, rule.strict);
    case 'parts':
    case 'rates': {
      const whole = `v${second}`;
      return `(typeof ${value} === 'number' && typeof ${whole} === 'number' && ${value} >= 0 && ${value} <= ${whole})`;
    }
    case 'reference':
      return rule.agreement === 'WITHIN' ? `isSamePlace(${value}, v${second})` : undefined;
    case 'together': {
      const isMet = rule.iff === null ? `v${first} != null` : conditionCode(rule.iff, slotOf);
      return isMet === undefined ? undefined : slots.map((slot) => `(v${slot} != null) === (${isMet})`).join(' && ');
    }
    case 'list':
      return orAbsent(value, rule.values.map((each) => `${value} === ${JSON.stringify(each)}`).join(' || ') || 'false');
    case 'code':
    case 'division':
    case 'category':
    case 'ascending':
    case 'box':
    case 'oneOf':
    case 'unique':
      return undefined;
  }
}

function orAbsent(value: string, code: string | undefined): string | undefined {
  return code === undefined ? undefined : `(${value} == null || (${code}))`;
}

function formatCode(format: string | null, slot: number): string | undefined {
  const value = `v${slot}`;
  switch (format) {
    case 'DateTime':
      return `k${slot} >= 0 && ${value}.length === 25`;
    case 'Date':
      return `k${slot} >= 0 && ${value}.length === 10`;
    case 'Longitude':
      return `typeof ${value} === 'number' && ${value} >= 73 && ${value} <= 136`;
    case 'Latitude':
      return `typeof ${value} === 'number' && ${value} >= 3 && ${value} <= 54`;
    case 'Text':
      return `typeof ${value} === 'string'`;
    case 'Boolean':
      return `typeof ${value} === 'boolean'`;
    default:
      return undefined;
  }
}

type RangeRule = Extract<RuleCheck['rule'], { kind: 'range' }>;

function rangeCode(value: string, { min, max, below, integer }: RangeRule): string {
  const bounds = [
    `typeof ${value} === 'number'`,
    `${value} >= ${min ?? -Number.MAX_VALUE}`,
    `${value} <= ${max ?? Number.MAX_VALUE}`,
    ...(below === null ? [] : [`${value} < ${below}`]),
    ...(integer ? [`Math.floor(${value}) === ${value}`] : []),
  ];
  return bounds.join(' && ');
}

/** Every two of them, since one without a value is left out. Slack only accepts more. */
function orderCode(slots: readonly number[], strict: boolean): string {
  const name = strict ? 'isInStrictOrder' : 'isInOrder';
  const pairs = slots.flatMap((slot, i) => slots.slice(i + 1).map((later) => `${name}(k${slot}, k${later})`));
  return `(${pairs.join(' && ')})`;
}

/** Code that is true if the condition is plainly not met. */
function unlessMet(condition: RuleCondition, slotOf: SlotOfRead): string | undefined {
  const code = conditionCode(condition, slotOf);
  return code === undefined ? undefined : `!(${code})`;
}

function conditionCode(condition: RuleCondition, slotOf: SlotOfRead): string | undefined {
  const slot = slotOf(condition.field);
  if (slot === undefined) return undefined;
  if ('present' in condition) return `(v${slot} != null) === ${condition.present}`;
  if (!('in' in condition)) return undefined;
  return condition.in.map((each) => `v${slot} === ${JSON.stringify(each)}`).join(' || ') || 'false';
}
