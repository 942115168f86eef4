/**
 * Dictionaries of classes and their editions: a class is a dictionary and a code. Platforms that use another edition keep
 * it, and their codes are mapped to those of the network.
 */
import { once, readData } from '../standard/data-file.ts';
import { describeValue, StandardError } from '../standard/standard-error.ts';
import type { CategoryKind } from './categories.ts';

export interface Dictionary {
  readonly id: string;
  readonly name: string;
  readonly kinds: readonly CategoryKind[];
  /** The standard that it is an edition of. */
  readonly edition: string;
  readonly effectiveFrom: string;
  /** First day no longer in force; null while it is. */
  readonly effectiveTo: string | null;
  readonly certainty: 'sure' | 'memory' | 'open' | 'advice';
}

interface Mapping {
  readonly from: string;
  readonly to: string;
  /** Its groups are the kind digit, the major and, for a minor class, the minor. */
  readonly form: string;
  /** Major classes with another number; all others keep theirs. */
  readonly majors: Readonly<Record<string, string>>;
  /** Kind digits without a counterpart. */
  readonly without: readonly string[];
}

interface DictionariesFile {
  readonly default: string;
  readonly dictionaries: readonly Dictionary[];
  readonly mappings: readonly Mapping[];
}

const file = once(() => readData<DictionariesFile>('dictionaries.json'));

export function dictionaries(): readonly Dictionary[] {
  return file().dictionaries;
}

/**
 * The code that the network uses for a class of another dictionary; undefined for a class without a counterpart, and for
 * a text that is no code of it. Throws a `StandardError` with CATEGORY for a dictionary that is unknown or not mapped.
 */
export function networkClass(dictionary: string, code: string): string | undefined {
  const { default: own } = file();
  const row = dictionaries().find(({ id }) => id === dictionary);
  if (row === undefined) throw new StandardError('CATEGORY', `There is no dictionary ${describeValue(dictionary)}`);
  if (dictionary === own || row.kinds.includes('HOTLINE')) return code;
  const mapping = file().mappings.find(({ from, to }) => from === dictionary && to === own);
  if (mapping === undefined) {
    throw new StandardError('CATEGORY', `The dictionary ${describeValue(dictionary)} is not mapped to ${own}`);
  }
  const [, kind = '', major = '', minor = ''] = new RegExp(mapping.form).exec(code) ?? [];
  if (kind === '' || mapping.without.includes(kind)) return undefined;
  return (mapping.majors[kind + major] ?? kind + major) + minor;
}
