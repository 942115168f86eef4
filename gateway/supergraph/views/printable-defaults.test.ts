import { expect, test } from '@jest/globals';
import { getIntrospectionQuery, graphqlSync, printSchema } from 'graphql';
import { readViews } from '../../tests/support/read-views.ts';

const SDL = `
  scalar JSON
  type Query { a(json: JSON! = {x: [1, {y: "z"}]}, list: [JSON] = [{x: 1}, 2], where: Where = {json: {x: 1}, n: 2}): Int }
  interface Named { name(json: JSON = {x: 1}): String }
  type User implements Named { name(json: JSON = {x: 1}): String }
  input Where { json: JSON = {x: true} n: Int = 1 }
`;

test('default values that are objects of custom scalars are printed as JSON text', () => {
  const { schema } = readViews(SDL, [{ name: 'open', classes: undefined }]).view('open');
  expect(printSchema(schema)).toContain('{"x":[1,{"y":"z"}]}'.replaceAll('"', '\\"'));
  const { errors, data } = graphqlSync({ schema, source: getIntrospectionQuery() });
  expect([errors, JSON.stringify(data).includes('x')]).toEqual([undefined, true]);
  const { args } = schema.getQueryType()!.getFields().a!;
  expect(args.map(({ defaultValue }) => defaultValue)).toEqual([
    '{"x":[1,{"y":"z"}]}',
    ['{"x":1}', 2],
    { json: '{"x":1}', n: 2 },
  ]);
});
