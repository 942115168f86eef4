/** The properties of fields agree with the graph: every field is there, and its class keeps what the officer judged. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { agreesWithClass, entityTerms } from '@yiwang/schema';
import { completeFieldFile } from './field-files.ts';
import { graphTypes } from './graph-types.ts';

const types = graphTypes();

test('every type of data has a file of fields, and every file a type', () => {
  expect([...entityTerms().keys()].sort()).toEqual(types.map(({ name }) => name).sort());
});

describe.each(types)('the fields of $name', ({ name, fields }) => {
  const terms = entityTerms().get(name)?.fields;

  test(`the fields of ${name} have Chinese names and are those of the graph (npm run fields adds new ones)`, () => {
    expect([...(terms?.keys() ?? [])]).toEqual(fields.map((field) => field.name));
    for (const [field, { name: text }] of terms!) expect(`${field} ${text}`).toMatch(/^\w+ [\p{Script=Han}（）%、]+$/u);
  });

  test(`the classes of ${name} enforce its sharing and its opening`, () => {
    const broken = fields.filter((field) => !agreesWithClass(terms!.get(field.name)!, field.dataClass));
    expect(broken.map((field) => `${name}.${field.name} is ${field.dataClass}`)).toEqual([]);
  });

  test(`what ${name} opens under a condition names it, and nothing else does`, () => {
    for (const { opening, openingTerm } of terms!.values()) {
      expect(openingTerm !== null).toBe(opening === 'CONDITIONAL');
    }
  });
});

test('npm run fields keeps what stands in a file and adds what is missing', () => {
  const type = types.find(({ name }) => name === 'GridCell')!;
  const text = readFileSync(new URL('../../../schema/data/fields/GridCell.json', import.meta.url), 'utf8');
  const file = JSON.parse(text);
  expect(completeFieldFile(type, file)).toBe(text);
  const { name: _, ...fields } = file.fields;
  const added = JSON.parse(completeFieldFile(type, { ...file, fields: { ...fields, gone: file.fields.code } }));
  expect(Object.keys(added.fields)).toEqual(Object.keys(file.fields));
  expect(added.fields.name).toEqual({ ...file.fields.name, name: '' });
});
