import { describe, expect, test } from '@jest/globals';
import { buildASTSchema, isObjectType, type ObjectTypeDefinitionNode, parse } from 'graphql';
import { parseAddress } from '../protocol/subgraph-address.ts';
import { composeSupergraph, logicalSubgraphs } from './compose.ts';

const TYPES = `
  type Query { rows: [Row!]! @classified(as: OPEN) }
  type Row @key(fields: "id") @partitioned @classified(as: SHARED) {
    id: ID! @jurisdiction(by: ID)
    division: Division!
    secret: String @classified(as: SENSITIVE)
  }
  type Division @key(fields: "code") @partitioned(spans: true) @classified(as: OPEN) {
    code: DivisionCode! @jurisdiction
    rows: [Row!]! @gather(by: CONCAT, key: "id")
  }
`;

function composeOne(sdl: string): string {
  const composition = composeSupergraph([{ name: 'toy', sdl: parse(sdl) }]);
  if (composition.kind === 'failed') throw new Error(composition.errors.join('\n'));
  return composition.supergraph;
}

function typeIn(sdl: ReturnType<typeof parse>, name: string): ObjectTypeDefinitionNode | undefined {
  return sdl.definitions.find(
    (node): node is ObjectTypeDefinitionNode => node.kind === 'ObjectTypeDefinition' && node.name.value === name,
  );
}

const fieldsOf = (type: ObjectTypeDefinitionNode | undefined) => type?.fields?.map(({ name }) => name.value);

describe('spanning types', () => {
  const [local, totals] = logicalSubgraphs([{ name: 'toy', sdl: parse(TYPES) }]);

  test('spanning types leave their key alone in the subgraph that mentions them', () => {
    expect(local?.name).toBe('toy');
    expect(fieldsOf(typeIn(local!.sdl, 'Division'))).toEqual(['code']);
  });

  test('spanning types have their fields in a logical subgraph of their own, served by the same platforms', () => {
    expect(totals?.name).toBe('toy_division');
    expect(totals?.address).toEqual({ subgraph: 'toy', partition: 'division' });
    expect(fieldsOf(typeIn(totals!.sdl, 'Division'))).toEqual(['code', 'rows']);
  });
});

describe('the supergraph', () => {
  test('the supergraph gives every field its data class: its own, or that of its type', () => {
    const row = buildASTSchema(parse(composeOne(TYPES)), { assumeValidSDL: true }).getType('Row');
    const classes = Object.values(isObjectType(row) ? row.getFields() : {}).map(({ name, astNode }) => {
      const applied = astNode?.directives?.find((directive) => directive.name.value === 'classified');
      const [argument] = applied?.arguments ?? [];
      return [name, argument?.value.kind === 'EnumValue' ? argument.value.value : undefined];
    });
    expect(Object.fromEntries(classes)).toEqual({ id: 'SHARED', division: 'SHARED', secret: 'SENSITIVE' });
  });

  test('the supergraph is refused if a field has no data class', () => {
    expect(() => composeOne('type Query { naked: String }')).toThrow(/Query\.naked has no data class/);
  });

  test('the supergraph has a root field that several subgraphs share, if it is gathered as groups', () => {
    const shared = (gather: string) =>
      parse(`
        type Query { groups: [Group!]! @shareable ${gather} @classified(as: OPEN) }
        type Group @shareable @classified(as: OPEN) { key: String rows: Int! @gather(by: SUM) }
      `);
    const compose = (...gathers: readonly string[]) =>
      composeSupergraph(gathers.map((gather, index) => ({ name: `toy${index}`, sdl: shared(gather) })));
    const [group, list] = ['@gather(by: GROUP, key: "key")', '@gather(by: CONCAT, key: "key")'];
    expect(compose(group!, group!).kind).toBe('composed');
    const fault = 'Query.groups is in toy0 and toy1: a field that subgraphs share must be gathered by GROUP';
    for (const other of [list!, '']) {
      expect(compose(group!, other)).toEqual({ kind: 'failed', errors: [fault] });
      expect(compose(other, group!)).toEqual({ kind: 'failed', errors: [fault] });
    }
  });

  test('the supergraph names platforms by the directory, with the partition', () => {
    const urls = [...composeOne(TYPES).matchAll(/@join__graph\(name: "(\w+)", url: "([^"]+)"\)/g)];
    expect(urls.map(([, name, url]) => [name, parseAddress(url!)])).toEqual([
      ['toy', { subgraph: 'toy', partition: 'division' }],
      ['toy_division', { subgraph: 'toy', partition: 'division' }],
    ]);
  });

  test('the supergraph is layered if one of its types is', () => {
    const layered = composeOne(TYPES.replace('@partitioned ', '@partitioned(layered: true) '));
    expect(layered).toContain('yiwang:toy?partition=tier-and-division');
  });
});

describe('addresses', () => {
  test('plain ones are not of the directory, and an unknown partition is refused', () => {
    expect(parseAddress('http://127.0.0.1:4001/graphql')).toBeUndefined();
    expect(() => parseAddress('yiwang:toy?partition=sideways')).toThrow(/sideways/);
  });
});
