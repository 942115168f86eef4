/** Reads the rules of entities from `data/rules`, one file for each entity, and holds the files to their form. */
import { readdirSync } from 'node:fs';
import { standardScalars } from '../scalars/index.ts';
import { codeList } from '../standard/code-lists.ts';
import { once, readData } from '../standard/data-file.ts';
import { isInVersion } from '../standard/versions.ts';
import type { EntityRule, RuleExample, RuleKind, SampleRow } from './entity-rule.ts';

export interface RuleRow extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly kind: RuleKind;
  readonly fields: readonly string[];
  readonly pass?: SampleRow;
  readonly fail: SampleRow;
}

export interface RuleFile {
  readonly entity: string;
  /** Chinese. */
  readonly name: string;
  /** The basis of rules that name none. */
  readonly basis: string;
  /** Fields that hold objects of another entity with rules, or lists of them. */
  readonly nested?: Readonly<Record<string, string>>;
  /** A row that keeps every rule, as flat paths; rules change it in `pass` and `fail`. */
  readonly sample: SampleRow;
  readonly rules: readonly RuleRow[];
}

/** What a rule has if its row does not say otherwise. */
const DEFAULTS = { severity: 'ERROR', gate: 'BOTH', since: '1', until: null, certainty: 'sure', when: null };

/** By kind: what a row must say besides, and what it may. */
const MEMBERS: Readonly<Record<RuleKind, { readonly needs?: readonly string[]; readonly may?: object }>> = {
  required: {},
  format: { may: { format: null, pattern: null } },
  length: { may: { min: 0, max: null } },
  range: { may: { min: null, max: null, below: null, integer: false } },
  list: { needs: ['values'] },
  code: { needs: ['list'] },
  division: { may: { at: null, levels: [] } },
  category: { needs: ['dictionaries'], may: { leaf: false } },
  order: { may: { strict: false, slackSeconds: 0 } },
  ascending: { needs: ['by'] },
  parts: {},
  rates: {},
  box: {},
  reference: { needs: ['agreement'] },
  together: { may: { iff: null } },
  oneOf: { needs: ['min', 'max'] },
  unique: {},
};
const COMMON = ['id', 'kind', 'fields', 'name', 'message', 'basis', 'pass', 'fail', ...Object.keys(DEFAULTS)];
const SCALARS_OF_GRAPHQL = ['Boolean', 'Text'];

const files: () => ReadonlyMap<string, RuleFile> = once(() => {
  const names = readdirSync(new URL('../data/rules', import.meta.url)).filter((name) => name.endsWith('.json'));
  const read = names.sort().map((name) => ({ name, file: readData<RuleFile>(`rules/${name}`) }));
  const faults = read.flatMap(({ name, file }) => findFaults(file, name));
  const ids = read.flatMap(({ file }) => file.rules.map(({ id }) => id));
  faults.push(...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `the id ${id} is given twice`));
  if (faults.length > 0) throw new Error(`The rules of the standard are not in order:\n${faults.join('\n')}`);
  return new Map(read.map(({ file }) => [file.entity, file]));
});

const rulesByEntity = once(
  () => new Map([...files()].map(([entity, file]) => [entity, file.rules.map((row) => ruleOf(file, row))])),
);

/** The types of the graph that have rules. */
export function ruledEntities(): readonly string[] {
  return [...files().keys()];
}

/**
 * The rules of a type of the graph, in the order of their ids; none for a type without. With `version`, only those of
 * that version of the standard.
 */
export function entityRules(entity: string, version?: string): readonly EntityRule[] {
  const rules = rulesByEntity().get(entity) ?? [];
  return version === undefined ? rules : rules.filter((rule) => isInVersion(rule, version));
}

/** By field of an entity, the entity whose objects it holds. */
export function nestedEntities(entity: string): Readonly<Record<string, string>> {
  return files().get(entity)?.nested ?? {};
}

/** Each rule of an entity with a row that keeps it and a row that breaks it and no other rule. */
export function ruleExamples(entity: string): readonly RuleExample[] {
  const file = files().get(entity);
  return (file?.rules ?? []).map((row, index) => ({
    rule: rulesByEntity().get(entity)![index]!,
    pass: { ...file!.sample, ...expand(row.pass) },
    fail: { ...file!.sample, ...expand(row.fail) },
  }));
}

/** Long texts are written as `{ "repeat": "字", "times": 2001 }`. */
function expand(changes: SampleRow = {}): SampleRow {
  return Object.fromEntries(
    Object.entries(changes).map(([path, value]) => [
      path,
      isRepeated(value) ? value.repeat.repeat(value.times) : value,
    ]),
  );
}

function isRepeated(value: unknown): value is { readonly repeat: string; readonly times: number } {
  return typeof value === 'object' && value !== null && 'repeat' in value;
}

function ruleOf(file: RuleFile, row: RuleRow): EntityRule {
  const { pass, fail, ...members } = row;
  const { basis } = file;
  // `findFaults` has checked the members against the kind.
  const rule: unknown = { ...DEFAULTS, ...MEMBERS[row.kind].may, basis, ...members, entity: file.entity };
  return rule as EntityRule;
}

/** What is wrong with a file of rules, each fault with the rule that has it. `name` is that of the file. */
export function findFaults(file: RuleFile, name: string): string[] {
  const faults = name === `${file.entity}.json` ? [] : [`${name}: the entity is ${file.entity}`];
  for (const row of file.rules) faults.push(...rowFaults(row).map((fault) => `${name}, ${row.id}: ${fault}`));
  return faults;
}

function rowFaults(row: RuleRow): string[] {
  const members = Object.hasOwn(MEMBERS, row.kind) ? MEMBERS[row.kind] : undefined;
  if (members === undefined) return [`there is no kind ${row.kind}`];
  const { needs = [], may = {} } = members;
  const known = new Set([...COMMON, ...needs, ...Object.keys(may)]);
  const faults = Object.keys(row)
    .filter((member) => !known.has(member))
    .map((member) => `a rule of kind ${row.kind} has no ${member}`);
  for (const member of ['id', 'fields', 'name', 'message', 'fail', ...needs]) {
    if (row[member] === undefined) faults.push(`it has no ${member}`);
  }
  const { pattern, severity, gate } = row;
  if (typeof pattern === 'string' && !isPattern(pattern)) faults.push(`${pattern} is no regular expression`);
  if (severity !== undefined && severity !== 'ERROR' && severity !== 'WARNING') {
    faults.push(`the severity is ERROR or WARNING, not ${severity}`);
  }
  if (gate !== undefined && gate !== 'BOTH' && gate !== 'IN') faults.push(`the gate is BOTH or IN, not ${gate}`);
  if (row.kind === 'format' && (row.format === undefined) === (row.pattern === undefined)) {
    faults.push('it needs a format or a pattern');
  }
  const { format, list } = row;
  if (typeof format === 'string' && !SCALARS_OF_GRAPHQL.includes(format) && standardScalars[format] === undefined) {
    faults.push(`there is no format ${format}`);
  }
  if (typeof list === 'string' && codeList(list) === undefined) faults.push(`there is no code list ${list}`);
  return faults;
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}
