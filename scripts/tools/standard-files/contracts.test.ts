/** Contracts against the official JSON schema of the Open Data Contract Standard 3.1.0, and against the rules. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { entityRules } from '@yiwang/schema/rules';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { parse } from 'yaml';
import { createContract, dataSets } from './contracts.ts';

const schema = JSON.parse(readFileSync(new URL('./fixtures/odcs-v3.1.0.json', import.meta.url), 'utf8'));
const validate = new Ajv2019({ strict: false, validateFormats: false, allErrors: true }).compile(schema);

interface Quality {
  readonly id: string;
}
interface Contract {
  readonly schema: readonly {
    readonly name: string;
    readonly quality: readonly Quality[];
    readonly properties: readonly { readonly name: string; readonly quality?: readonly Quality[] }[];
  }[];
}

describe.each(dataSets())('the contract of $name', (type) => {
  const contract = parse(createContract(type)) as Contract & Record<string, unknown>;

  test(`the contract of ${type.name} keeps the Open Data Contract Standard`, () => {
    validate(contract);
    expect(validate.errors ?? []).toEqual([]);
  });

  test(`the contract of ${type.name} has every field and every rule`, () => {
    const [own] = contract.schema;
    expect(own!.properties.map(({ name }) => name)).toEqual(type.fields.map(({ name }) => name));
    const inContract = [...own!.quality, ...own!.properties.flatMap(({ quality = [] }) => quality)].map(({ id }) => id);
    expect(new Set(inContract)).toEqual(new Set(entityRules(type.name).map(({ id }) => id)));
  });
});

test('the official schema refuses what is no contract', () => {
  const contract = parse(createContract(dataSets()[0]!));
  expect(validate({ ...contract, kind: 'Promise' })).toBe(false);
  expect(validate({ ...contract, colour: 'red' })).toBe(false);
  expect(validate({ ...contract, schema: [{ ...contract.schema[0], quality: [{ dimension: 'beauty' }] }] })).toBe(
    false,
  );
});
