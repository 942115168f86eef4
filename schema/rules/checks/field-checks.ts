/** Rules about one field by itself → a test of its value, which returns what is wrong in detail, or undefined. */
import { type Category, categories, isLocalCode } from '../../cases/categories.ts';
import { networkClass } from '../../cases/dictionaries.ts';
import { divisions } from '../../divisions/divisions.ts';
import { gridProfiles, parseGridCode, standardScalars } from '../../scalars/index.ts';
import { codesOf } from '../../standard/code-lists.ts';
import { StandardError } from '../../standard/standard-error.ts';
import { standardVersion } from '../../standard/standards.ts';
import { dateAt } from '../../time/local-date.ts';
import type { EntityRule } from '../entity-rule.ts';
import { DAY_LENGTH, millisecondsOf } from './instants.ts';

/** `value` is present. `other` is the value of the field that the rule compares with, if it has one. */
export type ValueTest = (value: unknown, other: unknown) => string | undefined;

type RuleOf<Kind extends EntityRule['kind']> = Extract<EntityRule, { kind: Kind }>;
export type FieldRule = RuleOf<'format' | 'length' | 'range' | 'list' | 'code' | 'division' | 'category'>;

export interface FieldTestOptions {
  /** The form of grid codes in this network, see `gridProfiles`; any of them if omitted. */
  readonly gridProfile?: string;
  /** The dictionary that classes are given in, see `dictionaries`; default the network's. */
  readonly dictionary?: string;
  /** The version of the standard that codes must be in; default the newest. */
  readonly version?: string;
}

export function createFieldTest(rule: FieldRule, options: FieldTestOptions): ValueTest {
  switch (rule.kind) {
    case 'format':
      return rule.pattern === null ? formatTest(rule.format!, options) : patternTest(new RegExp(rule.pattern, 'u'));
    case 'length':
      return lengthTest(rule);
    case 'range':
      return rangeTest(rule);
    case 'list': {
      const values = new Set<unknown>(rule.values);
      return (value) => (values.has(value) ? undefined : '');
    }
    case 'code': {
      const codes = new Set<unknown>(codesOf(rule.list, options.version ?? standardVersion()));
      return (value) => (codes.has(value) ? undefined : `it is none of ${[...codes].join(', ')}`);
    }
    case 'division':
      return divisionTest(rule);
    case 'category':
      return categoryTest(rule, options);
  }
}

/** Codes of which a batch has few: those that were found valid are remembered. */
const RECURRING = ['CreditCode', 'DivisionCode', 'CategoryCode', 'GridCode'];
const REMEMBERED_MAX = 4096;

function formatTest(format: string, { gridProfile }: FieldTestOptions): ValueTest {
  if (format === 'Boolean') return (value) => (typeof value === 'boolean' ? undefined : 'true or false was expected');
  if (format === 'Text') return (value) => (typeof value === 'string' ? undefined : 'text was expected');
  const scalar = standardScalars[format]!;
  const parse =
    format === 'GridCode'
      ? (value: unknown) => parseGridCode(value, gridProfile ?? profileByLength(value))
      : (value: unknown) => scalar.parse(value);
  if (format === 'DateTime') {
    return (value) =>
      typeof value === 'string' && value.length > DAY_LENGTH && !Number.isNaN(millisecondsOf(value))
        ? undefined
        : breachOf(parse, value);
  }
  if (!RECURRING.includes(format)) return (value) => breachOf(parse, value);
  const valid = new Set<unknown>();
  return (value) => {
    if (valid.has(value)) return undefined;
    const breach = breachOf(parse, value);
    if (breach === undefined) {
      if (valid.size === REMEMBERED_MAX) valid.clear();
      valid.add(value);
    }
    return breach;
  };
}

function profileByLength(value: unknown): string | undefined {
  const length = typeof value === 'string' ? String(value.length) : '';
  return Object.hasOwn(gridProfiles, length) ? length : undefined;
}

function breachOf(parse: (value: unknown) => unknown, value: unknown): string | undefined {
  try {
    parse(value);
    return undefined;
  } catch (error) {
    if (!(error instanceof StandardError)) throw error;
    // The value itself is left out: it may identify a person, and the path says where it stands.
    return error.message.slice(error.message.indexOf(': ') + 2);
  }
}

function patternTest(pattern: RegExp): ValueTest {
  return (value) => (typeof value === 'string' && pattern.test(value) ? undefined : '');
}

function lengthTest({ min, max }: RuleOf<'length'>): ValueTest {
  const wanted = max === null ? `${min} or more were expected` : `${min} to ${max} were expected`;
  return (value) => {
    if (typeof value !== 'string' && !Array.isArray(value)) return 'text or a list was expected';
    // Only a text that is too long in UTF-16 can be too long in characters.
    const isLong = max !== null && value.length > max;
    const length = typeof value === 'string' && isLong ? [...value].length : value.length;
    return length < min || (max !== null && length > max) ? `it has ${length}; ${wanted}` : undefined;
  };
}

function rangeTest({ min, max, below, integer }: RuleOf<'range'>): ValueTest {
  return (value) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return 'a number was expected';
    if (integer && !Number.isInteger(value)) return 'a whole number was expected';
    if (min !== null && value < min) return `it is below ${min}`;
    if (max !== null && value > max) return `it is above ${max}`;
    return below !== null && value >= below ? `it is not below ${below}` : undefined;
  };
}

function divisionTest({ levels }: RuleOf<'division'>): ValueTest {
  const allowed = new Set<string>(levels);
  return (value, at) => {
    if (typeof value !== 'string') return 'a division code was expected';
    const table = divisions();
    // The table holds the communities of few cities.
    const row = table.get(value) ?? (isCommunity(value) ? table.get(value.slice(0, 9)) : undefined);
    if (row === undefined) return 'the table of divisions has no such code';
    if (allowed.size > 0 && !allowed.has(isCommunity(value) ? 'COMMUNITY' : row.level)) {
      return `its level is none of ${levels.join(', ')}`;
    }
    // A code without dates was always in force.
    if (at === undefined || at === null || (row.validFrom === null && row.validTo === null)) return undefined;
    const milliseconds = millisecondsOf(at);
    if (Number.isNaN(milliseconds)) return undefined;
    const day = dateAt(new Date(milliseconds));
    if (row.validTo !== null && day >= row.validTo) return `it was in force until ${row.validTo} only`;
    return row.validFrom !== null && day < row.validFrom ? `it was in force from ${row.validFrom} only` : undefined;
  };
}

function isCommunity(code: string): boolean {
  return code.length === 12 && !code.endsWith('000');
}

function categoryTest({ dictionaries, leaf }: RuleOf<'category'>, { dictionary }: FieldTestOptions): ValueTest {
  const kinds = new Set<string>(dictionaries);
  const codeOf = dictionary === undefined ? (code: string) => code : (code: string) => networkClass(dictionary, code);
  return (value) => {
    const code = typeof value === 'string' ? codeOf(value) : undefined;
    const row = code === undefined ? undefined : (categories().get(code) ?? localClass(code));
    if (row === undefined) return 'the dictionary has no such class';
    if (!kinds.has(row.kind)) return `it is a class of ${row.kind}, not of ${dictionaries.join(' or ')}`;
    if (!leaf || categories().children(row.code).length === 0) return undefined;
    return 'it has classes below it; one of them was expected';
  };
}

/** A city's extension of a major class: the table of the network does not list it. */
function localClass(code: string): Pick<Category, 'code' | 'kind'> | undefined {
  const major = categories().get(code.slice(0, 3));
  return major !== undefined && isLocalCode(code) ? { code, kind: major.kind } : undefined;
}
