/** The rules of entities: each with a row that keeps it and a row that breaks it and nothing else. */
import { describe, expect, test } from '@jest/globals';
import { codeLists } from '../standard/code-lists.ts';
import type { SampleRow } from './entity-rule.ts';
import { entityRules, findFaults, nestedEntities, type RuleRow, ruledEntities, ruleExamples } from './entity-rules.ts';
import { createRowValidator } from './validator.ts';

const NOW = Date.parse('2026-11-01T00:00:00+08:00');

/** `{ "division.code": "1" }` → `{ division: { code: "1" } }`: the row as an answer has it. */
function nest(row: SampleRow): SampleRow {
  const nested: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(row)) {
    const names = path.split('.');
    let target = nested;
    for (const name of names.slice(0, -1)) {
      target[name] ??= {};
      target = target[name] as Record<string, unknown>;
    }
    target[names.at(-1)!] = value;
  }
  return nested;
}

describe.each(ruledEntities())('the rules of %s', (entity) => {
  const validate = createRowValidator(entity, { now: () => NOW });
  const brokenBy = (row: SampleRow) => [...new Set(validate(row).map(({ rule }) => rule))];
  const examples = ruleExamples(entity).filter(({ rule }) => rule.kind !== 'unique');

  test.each(examples.map((example) => ({ id: example.rule.id, ...example })))(
    'the example of $id keeps all rules, and its counterexample breaks that rule alone',
    ({ id, pass, fail }) => {
      expect(brokenBy(pass)).toEqual([]);
      expect(brokenBy(fail)).toEqual([id]);
    },
  );

  test(`the rules of ${entity} hold for answers, where references are objects, as for flat rows`, () => {
    for (const { rule, pass, fail } of examples) {
      expect(brokenBy(nest(pass))).toEqual([]);
      expect(brokenBy(nest(fail))).toEqual([rule.id]);
    }
  });

  test(`the rules of ${entity} have ids in order, Chinese names and sentences without values`, () => {
    const rules = entityRules(entity);
    const [prefix] = rules[0]!.id.split('-');
    expect(rules.map(({ id }) => id)).toEqual(
      rules.map((_, index) => `${prefix}-${String(index + 1).padStart(3, '0')}`),
    );
    for (const { name, message } of rules) {
      expect(name).toMatch(/^[\p{Script=Han}0-9、]+$/u);
      expect(message).toMatch(/^[A-Z][^{}]*[^.]$/);
    }
  });

  test(`the objects below ${entity} have rules of their own`, () => {
    for (const nested of Object.values(nestedEntities(entity))) expect(ruledEntities()).toContain(nested);
  });
});

describe('a file of rules', () => {
  const good = { id: 'X-001', kind: 'range', fields: ['a'], name: '甲', message: 'A', fail: { a: 1 } } as const;
  const faultsOf = (row: object) =>
    findFaults({ entity: 'X', name: '甲', basis: '', sample: {}, rules: [{ ...good, ...row } as RuleRow] }, 'X.json');

  test('that is in order has no faults', () => {
    expect(faultsOf({})).toEqual([]);
  });

  test.each<[object, string]>([
    [{ kind: 'magic' }, 'X.json, X-001: there is no kind magic'],
    [{ minimum: 3 }, 'X.json, X-001: a rule of kind range has no minimum'],
    [{ fail: undefined }, 'X.json, X-001: it has no fail'],
    [{ kind: 'format' }, 'X.json, X-001: it needs a format or a pattern'],
    [{ kind: 'format', format: 'Colour' }, 'X.json, X-001: there is no format Colour'],
    [{ kind: 'format', pattern: '(' }, 'X.json, X-001: ( is no regular expression'],
    [{ kind: 'code', list: 'Colours' }, 'X.json, X-001: there is no code list Colours'],
    [{ kind: 'code' }, 'X.json, X-001: it has no list'],
    [{ severity: 'FATAL' }, 'X.json, X-001: the severity is ERROR or WARNING, not FATAL'],
    [{ gate: 'OUT' }, 'X.json, X-001: the gate is BOTH or IN, not OUT'],
  ])('with %j is told so', (row, fault) => {
    expect(faultsOf(row)).toEqual([fault]);
  });

  test('has the name of its entity', () => {
    expect(findFaults({ entity: 'X', name: '', basis: '', sample: {}, rules: [] }, 'Y.json')).toEqual([
      'Y.json: the entity is X',
    ]);
  });
});

test('version 1 of the standard has the rules about single values, version 2 those about several as well', () => {
  const first = entityRules('Case', '1').map(({ id }) => id);
  const second = entityRules('Case', '2').map(({ id }) => id);
  expect(first).toContain('CASE-013');
  expect(first).not.toContain('CASE-036');
  expect(second).toEqual(expect.arrayContaining([...first, 'CASE-036']));
});

test('a code that a version of the standard has dropped is one in the versions before', () => {
  const { pass } = ruleExamples('SupervisionOrder')[0]!;
  const order = { ...pass, status: 'OVERDUE' };
  expect(createRowValidator('SupervisionOrder', { version: '1' })(order)).toEqual([]);
  expect(createRowValidator('SupervisionOrder', { version: '2' })(order)).toMatchObject([{ rule: 'ORDER-004' }]);
});

test('every code list that a rule names is used, and every list of texts belongs to a rule', () => {
  const used = new Set(
    ruledEntities().flatMap((entity) => entityRules(entity).map((rule) => (rule.kind === 'code' ? rule.list : ''))),
  );
  const texts = codeLists().filter(({ inGraph }) => !inGraph);
  expect(texts.filter(({ id }) => !used.has(id)).map(({ id }) => id)).toEqual([]);
});
