/** Properties: a valid row survives the round trip through JSON, and a mutated one is caught by the rule that says so. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { codeList } from '../standard/code-lists.ts';
import { boxOf } from './checks/division-boxes.ts';
import type { EntityRule, SampleRow } from './entity-rule.ts';
import { ruledEntities, ruleExamples } from './entity-rules.ts';
import { createRowValidator } from './validator.ts';

const NOW = Date.parse('2026-11-01T00:00:00+08:00');
const RUNS = { numRuns: 40 };

/** Changes of a row that keeps the rule, after which it breaks it; undefined if the kind has its own test. */
function mutationOf(rule: EntityRule, row: SampleRow): fc.Arbitrary<SampleRow> | undefined {
  const field = fc.constantFrom(...rule.fields.filter((path) => path !== 'now'));
  const change = (values: fc.Arbitrary<unknown>) => fc.tuple(field, values).map(([path, value]) => ({ [path]: value }));
  switch (rule.kind) {
    case 'required':
      return change(fc.constantFrom(null, '', ' \t\n', undefined));
    case 'format':
      return rule.format === null ? undefined : change(wrongFormat(rule.format));
    case 'length':
      return change(
        rule.max === null
          ? fc.constant('')
          : fc.integer({ min: rule.max + 1, max: rule.max + 50 }).map((length) => '字'.repeat(length)),
      );
    case 'range':
      return change(outOfRange(rule));
    case 'code':
      return change(
        fc.string().filter((text) => !codeList(rule.list)!.codes.some(({ code }) => code === text) && text !== ''),
      );
    case 'division':
    case 'category':
      return change(fc.constantFrom('', '9', '999999', '000000000', 'wuhan', 420100));
    case 'order':
      return rule.when === null ? disorder(rule, row) : undefined;
    case 'parts':
      return fc
        .tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 1000 }))
        .map(([whole, more]) => ({ [rule.fields[0]!]: whole + more, [rule.fields[1]!]: whole }));
    case 'rates':
      return fc
        .tuple(field, fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 1000 }))
        .map(([path, whole, more]) => ({ [`${path}.numerator`]: whole + more, [`${path}.denominator`]: whole }));
    case 'box':
      return outOfBox(rule, row);
    default:
      return undefined;
  }
}

function wrongFormat(format: string): fc.Arbitrary<unknown> {
  if (format === 'Longitude' || format === 'Latitude') {
    return fc.oneof(fc.double({ min: 136.001, noNaN: true }), fc.double({ max: 2.999, noNaN: true }), fc.string());
  }
  return fc.oneof(
    fc.string().filter((text) => !/^\d{4,}/.test(text) && !['42', '11'].includes(text)),
    fc.integer(),
    fc.boolean(),
  );
}

function outOfRange({ min, max, below, integer }: Extract<EntityRule, { kind: 'range' }>): fc.Arbitrary<unknown> {
  const wrong: fc.Arbitrary<unknown>[] = [fc.constant('1')];
  // −0 is no less than 0.
  if (min !== null) wrong.push(fc.double({ max: min, noNaN: true }).filter((number) => number < min));
  const top = max ?? below;
  if (top !== null) wrong.push(fc.double({ min: top, minExcluded: max !== null, noNaN: true }));
  if (integer) wrong.push(fc.integer({ min: 0, max: 100 }).map((whole) => whole + 0.5));
  return fc.oneof(...wrong);
}

/** The second of two instants that are there is put before the first. */
function disorder({ fields }: EntityRule, row: SampleRow): fc.Arbitrary<SampleRow> | undefined {
  const [first, second] = fields.filter((path) => typeof row[path] === 'string');
  if (first === undefined || second === undefined) return undefined;
  const isDay = String(row[second]).length === 10;
  return fc.integer({ min: 1, max: 10_000 }).map((amount) => {
    const instant = new Date(Date.parse(String(row[first])) - amount * (isDay ? 86_400_000 : 1000)).toISOString();
    return { [second]: isDay ? instant.slice(0, 10) : instant };
  });
}

function outOfBox(rule: EntityRule, row: SampleRow): fc.Arbitrary<SampleRow> {
  const [west, south, east, north] = boxOf(String(row[rule.fields[2]!]));
  const longitude = fc.oneof(
    fc.double({ min: 73, max: west, maxExcluded: true, noNaN: true }),
    fc.double({ min: east, max: 136, minExcluded: true, noNaN: true }),
  );
  const latitude = fc.oneof(
    fc.double({ min: 3, max: south, maxExcluded: true, noNaN: true }),
    fc.double({ min: north, max: 54, minExcluded: true, noNaN: true }),
  );
  return fc.oneof(
    longitude.map((value) => ({ [rule.fields[0]!]: value })),
    latitude.map((value) => ({ [rule.fields[1]!]: value })),
  );
}

describe.each(ruledEntities())('a row of %s', (entity) => {
  const validate = createRowValidator(entity, { now: () => NOW });

  test(`a mutated row of ${entity} is caught by the rule that says so`, () => {
    for (const { rule, pass } of ruleExamples(entity)) {
      const mutation = mutationOf(rule, pass);
      if (mutation === undefined) continue;
      fc.assert(
        fc.property(mutation, (changes) => {
          const faults = validate({ ...pass, ...changes });
          const caught = faults.find((fault) => fault.rule === rule.id);
          expect({ rule: rule.id, changes, caught: caught !== undefined }).toMatchObject({ caught: true });
          expect(rule.fields).toContain(caught!.path.replace(/\.numerator$/, ''));
        }),
        RUNS,
      );
    }
  });

  test(`a valid row of ${entity} survives the round trip through JSON, and leaves no trace in later ones`, () => {
    const examples = ruleExamples(entity).filter(({ rule }) => rule.kind !== 'unique');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...examples), fc.boolean()), { maxLength: 30 }), (choices) => {
        const rows = choices.map(([{ pass, fail }, isFaulty]) => (isFaulty ? fail : pass));
        const sent = JSON.parse(JSON.stringify(rows)) as SampleRow[];
        expect(sent.map((row) => validate(row).length > 0)).toEqual(choices.map(([, isFaulty]) => isFaulty));
      }),
      RUNS,
    );
  });
});

test('an organisation code with one sign changed is caught by its check characters', () => {
  const validate = createRowValidator('Department');
  const code = '11110102000012343D';
  fc.assert(
    fc.property(fc.nat(17), fc.constantFrom(...'0123456789ABCDEFGHJKLMNPQRTUWXY'), (place, sign) => {
      const mutated = code.slice(0, place) + sign + code.slice(place + 1);
      const rules = validate({ code: mutated, name: '城管委', 'division.code': '110102' }).map(({ rule }) => rule);
      expect(rules).toEqual(mutated === code ? [] : ['DEPARTMENT-002']);
    }),
  );
});
