/** The argument that stands beside `within`. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { buildASTSchema, parse, print } from 'graphql';
import { addWithinAny } from './within-any.ts';

const added = (field: string): string => {
  const text = print(addWithinAny(parse(`type Query { ${field} }`, { noLocation: true })));
  return text.replace(/"[^"]*"/g, ' ').replace(/\s+/g, ' ');
};

describe('a field that takes a division', () => {
  test('takes several in the next argument, routed alike and as open as the field', () => {
    expect(added('cases(within: DivisionCode @jurisdiction, first: Int): Int')).toContain(
      'cases( within: DivisionCode @jurisdiction withinAny: [DivisionCode!] @jurisdiction first: Int ): Int',
    );
    expect(added('cases(within: DivisionCode! @jurisdiction): Int')).toContain(
      'withinAny: [DivisionCode!] @jurisdiction',
    );
  });

  test('hides it from the public where small counts are withheld', () => {
    expect(added('counts(within: DivisionCode @jurisdiction): Int @gather(by: GROUP, small: "n")')).toContain(
      'withinAny: [DivisionCode!] @jurisdiction @classified(as: SHARED)',
    );
  });

  test.each([
    'case(id: ID! @jurisdiction(by: ID)): Int',
    'divisions(within: DivisionCode): Int',
    'grants(within: ID @jurisdiction(by: CREDIT_CODE)): Int',
  ])('%s has no such argument', (field) => {
    expect(added(field)).not.toContain('withinAny');
  });

  test('keeps the argument that it has already', () => {
    const field = 'cases(within: DivisionCode @jurisdiction, withinAny: [DivisionCode!] @jurisdiction): Int';
    expect(added(field).match(/withinAny/g)).toHaveLength(1);
  });
});

test('in the supergraph every field with the jurisdiction `within` takes several', () => {
  const supergraph = readFileSync(new URL('../supergraph.graphql', import.meta.url), 'utf8');
  const query = buildASTSchema(parse(supergraph), { assumeValidSDL: true }).getQueryType()!;
  const fields = Object.values(query.getFields()).filter(({ args }) =>
    args.some(
      ({ name, astNode }) =>
        name === 'within' && astNode?.directives?.some((node) => node.name.value === 'jurisdiction'),
    ),
  );
  expect(fields.length).toBeGreaterThan(20);
  for (const { name, args } of fields) {
    const list = args.find((argument) => argument.name === 'withinAny');
    expect([name, list && `${list.type}`]).toEqual([name, '[DivisionCode!]']);
  }
});
