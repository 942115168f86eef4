import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { buildASTSchema, isObjectType, parse } from 'graphql';
import { PAGE_SIZE_MAX } from './cursor.ts';

test('every page says the size that it may have', () => {
  const supergraph = readFileSync(new URL('../supergraph.graphql', import.meta.url), 'utf8');
  const types = Object.values(buildASTSchema(parse(supergraph), { assumeValidSDL: true }).getTypeMap());
  const said = types
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) =>
        field.args
          .filter(({ name, description }) => name === 'first' && description)
          .map(({ description }) => [`${type.name}.${field.name}`, /\d+(?=\D*$)/.exec(description!)?.[0]]),
      ),
    );
  expect(said.length).toBeGreaterThan(10);
  expect(said.filter(([, size]) => size !== String(PAGE_SIZE_MAX))).toEqual([]);
});
