import { describe, expect, test } from '@jest/globals';
import { buildSchema, type GraphQLSchema, isEnumType, isInterfaceType, isObjectType } from 'graphql';
import { createClientSchema, createClientTypes } from './clients.ts';

const open = createClientSchema('open');
const supervisor = createClientSchema('supervisor');

/** Every name that the schema defines: types, fields, arguments, input fields and enum values. */
function namesOf(schema: GraphQLSchema): ReadonlySet<string> {
  const names = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    names.add(type.name);
    if (isEnumType(type)) for (const { name } of type.getValues()) names.add(name);
    if (!('getFields' in type)) continue;
    for (const field of Object.values(type.getFields())) {
      names.add(field.name);
      if ('args' in field) for (const { name } of field.args) names.add(name);
    }
  }
  return names;
}

const openNames = namesOf(buildSchema(open));
const hidden = [...namesOf(buildSchema(supervisor))].filter((name) => !openNames.has(name));

describe('what an application is given', () => {
  test('says in one sentence whose graph it is', () => {
    expect(open).toMatch(/^# The graph as an application with an API key sees it: [^\n]*\n\n/);
    expect(supervisor).toMatch(/^# The graph as a supervisor sees it: /);
  });

  test('names nothing that only others see, neither in its definitions nor as code in its descriptions', async () => {
    expect(hidden.length).toBeGreaterThan(100);
    const descriptions = open.match(/"""[\s\S]*?"""/g) ?? [];
    const quoted = descriptions
      .flatMap((text) => text.match(/`[^`]+`/g) ?? [])
      .flatMap((text) => text.match(/\w+/g) ?? []);
    expect(quoted.length).toBeGreaterThan(10);
    expect(quoted.filter((word) => hidden.includes(word))).toEqual([]);
    const declared = [...(await createClientTypes('open')).matchAll(/^export type (\w+)|^ {2}readonly (\w+)/gm)];
    const names = declared.map(([, type, field]) => type ?? field!);
    expect(names).toContain('FacilityConnection');
    expect(names.filter((name) => hidden.includes(name))).toEqual([]);
  });

  test('has a type for every object and its every field', async () => {
    const types = await createClientTypes('open');
    for (const type of Object.values(buildSchema(open).getTypeMap())) {
      if (!isObjectType(type) && !isInterfaceType(type)) continue;
      if (type.name.startsWith('__')) continue;
      const [, body] = new RegExp(`^export type ${type.name} = \\{\\n(.*?)^\\};`, 'ms').exec(types) ?? [];
      const fields = [...(body ?? '').matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, field]) => field);
      expect(fields).toEqual(Object.keys(type.getFields()));
    }
  });
});
