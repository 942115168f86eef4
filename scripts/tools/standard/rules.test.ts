/** The rules and code lists of the standard against the graph: they speak of fields and codes that are there. */
import { describe, expect, test } from '@jest/globals';
import { entityRules, nestedEntities, ruledEntities } from '@yiwang/schema/rules';
import { definitionsOf } from '@yiwang/schema/sdl';
import { codeLists, codesOf, standardVersion } from '@yiwang/schema/standard';
import { type EnumTypeDefinitionNode, Kind } from 'graphql';
import { fieldsOf } from '../../cli/validate/fields.ts';
import { graphTypes, readWholeSchema } from './graph-types.ts';

const enums = new Map(
  definitionsOf(readWholeSchema()).flatMap(([name, definition]) =>
    definition.kind === Kind.ENUM_TYPE_DEFINITION ? [[name, definition] as const] : [],
  ),
);
/** Enumerations of directives, which are no data. */
const OF_DIRECTIVES = ['JurisdictionForm', 'Gather', 'DataClass', 'Mask'];

/** Codes that are not deprecated. */
function valuesOf({ values = [] }: EnumTypeDefinitionNode): string[] {
  const isDeprecated = ({ directives = [] }: (typeof values)[number]) =>
    directives.some(({ name }) => name.value === 'deprecated');
  return values.filter((value) => !isDeprecated(value)).map(({ name }) => name.value);
}

describe.each(ruledEntities())('the rules of %s', (entity) => {
  const fields = fieldsOf(entity);
  const pathsOf = entityRules(entity).flatMap((rule) => [
    ...rule.fields.flatMap((path) => {
      if (rule.kind === 'rates') return [`${path}.numerator`, `${path}.denominator`];
      return path === 'now' ? [] : [path];
    }),
    ...(rule.when === null ? [] : [rule.when.field]),
    ...(rule.kind === 'together' && rule.iff !== null ? [rule.iff.field] : []),
    ...(rule.kind === 'division' && rule.at !== null ? [rule.at] : []),
  ]);

  test(`the rules of ${entity} speak of fields that the graph has`, () => {
    expect(fields).toBeDefined();
    expect(pathsOf.filter((path) => fields!.get(path) === undefined)).toEqual([]);
  });

  test(`the objects below ${entity} are of the types that the graph says`, () => {
    const type = graphTypes().find(({ name }) => name === entity)!;
    for (const [field, nested] of Object.entries(nestedEntities(entity))) {
      const definition = type.fields.find(({ name }) => name === field)!.definition;
      expect(JSON.stringify(definition.type)).toContain(`"value":"${nested}"`);
    }
  });
});

describe('the code lists', () => {
  const inGraph = codeLists().filter((list) => list.inGraph);

  test('every enumeration of the graph is a code list, and has the codes of the list', () => {
    const named = inGraph.map(({ id }) => id);
    expect([...named].sort()).toEqual([...enums.keys()].filter((name) => !OF_DIRECTIVES.includes(name)).sort());
    for (const { id } of inGraph) {
      expect({ id, codes: [...codesOf(id, standardVersion())].sort() }).toEqual({
        id,
        codes: valuesOf(enums.get(id)!).sort(),
      });
    }
  });

  test('a description in the graph that gives a Chinese name gives the one of the list', () => {
    for (const { id, codes } of inGraph) {
      for (const { name, description } of enums.get(id)?.values ?? []) {
        const chinese = /^(\p{Script=Han}+):/u.exec(description?.value ?? '')?.[1];
        if (chinese !== undefined) {
          expect({ id, code: name.value, name: codes.find(({ code }) => code === name.value)?.name }).toEqual({
            id,
            code: name.value,
            name: chinese,
          });
        }
      }
    }
  });

  test('the texts that take codes of a list are fields of type text', () => {
    for (const { id, fields } of codeLists().filter((list) => !list.inGraph)) {
      for (const coordinate of fields) {
        const [type, field] = coordinate.split('.');
        expect(`${id} ${coordinate} ${fieldsOf(type!)?.get(field!)}`).toBe(`${id} ${coordinate} text`);
      }
    }
  });

  test('code lists have ids of their own', () => {
    const ids = codeLists().map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test('every code has a name of its own in Chinese', () => {
    for (const { codes } of codeLists()) {
      for (const { name } of codes) expect(name).toMatch(/^[\p{Script=Han}（）：]+$/u);
      expect(new Set(codes.map(({ name }) => name)).size).toBe(codes.length);
    }
  });
});
