/** The short ways of generated checks decide as the rules themselves do, for every rule of the standard. */
import { describe, expect, test } from '@jest/globals';
import { compileRule, entityRules, ruledEntities, ruleExamples, type SampleRow } from '@yiwang/schema/rules';
import fc from 'fast-check';
import { GraphQLObjectType, GraphQLString } from 'graphql';
import { createCheckCompiler, type SelectedField } from './compile-check.ts';
import { createStandardChecks, oldestInForce } from './standard-checks.ts';

/** An object type, by its name alone: checks read no more of it. */
const typeNamed = (name: string) => new GraphQLObjectType({ name, fields: { any: { type: GraphQLString } } });
const NESTED = typeNamed('Nested');

/** Flat paths → the fields that select them. */
function fieldsOf(paths: readonly string[]): readonly SelectedField[] {
  const heads = [...new Set(paths.map((path) => path.split('.')[0]!))];
  return heads.map((name) => {
    const below = paths.filter((path) => path.startsWith(`${name}.`)).map((path) => path.slice(name.length + 1));
    const isLeaf = below.length === 0;
    return {
      key: name,
      name,
      type: isLeaf ? GraphQLString : NESTED,
      below: isLeaf ? undefined : { fieldsFor: () => fieldsOf(below) },
    };
  });
}

function toObject(row: SampleRow): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(row)) {
    const keys = path.split('.');
    let at = object;
    for (const key of keys.slice(0, -1)) {
      at[key] ??= {};
      at = at[key] as Record<string, unknown>;
    }
    at[keys.at(-1)!] = value;
  }
  return object;
}

const NOW = () => Date.parse('2026-11-28T08:00:00+08:00');

/** What the rules say themselves, with all fields of the row selected. */
function brokenRules(entity: string, row: SampleRow): readonly string[] {
  const paths = Object.keys(row);
  const slotOf = (path: string) => (paths.includes(path) ? paths.indexOf(path) : undefined);
  const values = paths.map((path) => row[path]);
  return entityRules(entity)
    .filter(({ gate }) => gate === 'BOTH')
    .filter((rule) => compileRule(rule, slotOf, { now: NOW }).some(({ fault }) => fault(values) !== undefined))
    .map(({ id }) => id);
}

const compile = createCheckCompiler({ rulesOf: entityRules, now: NOW });
const compileFor = (entity: string, paths: readonly string[]) => compile(typeNamed(entity), fieldsOf(paths));

describe.each(ruledEntities())('%s', (entity) => {
  const examples = ruleExamples(entity).filter(({ rule }) => rule.gate === 'BOTH' && rule.kind !== 'unique');

  test('a row that keeps a rule passes, and one that breaks it is caught by that rule', () => {
    for (const { rule, pass, fail } of examples) {
      expect([rule.id, brokenRules(entity, pass)]).toEqual([rule.id, []]);
      const good = compileFor(entity, Object.keys(pass));
      const bad = compileFor(entity, Object.keys(fail));
      expect([rule.id, good?.isBroken(toObject(pass))]).toEqual([rule.id, false]);
      expect([rule.id, bad?.isBroken(toObject(fail))]).toEqual([rule.id, true]);
      expect(bad?.breachesOf(toObject(fail)).map((breach) => breach.rule)).toContain(rule.id);
    }
  });

  test('any change of a row is judged as the rules themselves judge it', () => {
    const sample = ruleExamples(entity)[0]?.pass ?? {};
    const paths = Object.keys(sample);
    const check = compileFor(entity, paths);
    if (!check) return;
    const failing = examples.flatMap(({ fail }) => Object.values(fail));
    const odd = ['', ' ', '2026-02-30', '2026-09-01T08:00:00Z', '2026-09-01T08:00:00+08:00', '110102020001-C-7'];
    const value = fc.oneof(
      fc.constantFrom(...failing, ...odd, null, true, false, 0, -1, 0.5, 1e9, [], {}),
      fc.string(),
      fc.integer(),
      fc.double(),
    );
    const change = fc.dictionary(fc.constantFrom(...paths), value, { maxKeys: 3 });
    fc.assert(
      fc.property(change, (changes) => {
        const row = { ...sample, ...changes };
        const broken = brokenRules(entity, row);
        expect(check.isBroken(toObject(row))).toBe(broken.length > 0);
        expect([...new Set(check.breachesOf(toObject(row)).map(({ rule }) => rule))]).toEqual(broken);
      }),
      { numRuns: 150 },
    );
  });

  test('a text of blanks of any script is judged as the rules themselves judge it', () => {
    const sample = ruleExamples(entity)[0]?.pass ?? {};
    const check = compileFor(entity, Object.keys(sample));
    for (const path of Object.keys(sample)) {
      for (const blank of [' ', '\u00a0', '\u2028', '\u3000', '\ufeff', '\u3000字', '\u200b']) {
        const row = { ...sample, [path]: blank };
        const at = [path, blank.codePointAt(0)];
        expect([...at, check?.isBroken(toObject(row)) ?? false]).toEqual([...at, brokenRules(entity, row).length > 0]);
      }
    }
  });

  test('of some of the fields, the rules about those are checked', () => {
    const sample = ruleExamples(entity)[0]?.pass ?? {};
    fc.assert(
      fc.property(fc.subarray(Object.keys(sample)), (paths) => {
        const part = Object.fromEntries(paths.map((path) => [path, sample[path]]));
        expect(compileFor(entity, paths)?.isBroken(toObject(part)) ?? false).toBe(brokenRules(entity, part).length > 0);
      }),
      { numRuns: 30 },
    );
  });
});

test('while two versions are in force, rules of the newer one are told and not enforced', () => {
  const closedEarly = {
    id: '110102020001-C-000042',
    reportedAt: '2026-09-02T08:00:00+08:00',
    closedAt: '2026-09-01T10:00:00+08:00',
  };
  const warningsOn = (day: string) => {
    const checks = createStandardChecks(() => new Date(`${day}T12:00:00+08:00`));
    const check = checks(typeNamed('Case'), fieldsOf(Object.keys(closedEarly)));
    return new Map(check?.breachesOf(closedEarly).map(({ rule, isWarning }) => [rule, isWarning]));
  };
  const rules = new Map(entityRules('Case').map(({ id, since }) => [id, since]));
  const now = warningsOn('2026-11-28');
  expect([...now.values()]).toContain(true);
  for (const [rule, isWarning] of now) expect([rule, isWarning]).toEqual([rule, rules.get(rule) !== '1']);
  expect([...warningsOn('2027-07-01').values()]).not.toContain(true);
  expect([oldestInForce('2026-11-28'), oldestInForce('2027-07-01')]).toEqual(['1', '2']);
});
