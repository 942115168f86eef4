/** The standard's subgraphs as a schema that lets every value pass: no enum, no promise of a value, no check of a scalar. */
import { completeSdl, definitionsOf, mergeSdl, readStandardSubgraphs } from '@yiwang/schema/sdl';
import {
  buildASTSchema,
  type DefinitionNode,
  type GraphQLSchema,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  specifiedScalarTypes,
  type TypeNode,
  visit,
} from 'graphql';

export interface LenientSchema {
  readonly schema: GraphQLSchema;
  /** The schema of the standard, which the platform claims to serve. */
  readonly sdl: string;
}

export function createLenientSchema(subgraphs: readonly string[]): LenientSchema {
  const texts = readStandardSubgraphs();
  const documents = subgraphs.map((name) => completeSdl(parse(texts.get(name)!, { noLocation: true })));
  const owned = new Set(documents.flatMap(definitionsOf).flatMap(([name, node]) => (isForeign(node) ? [] : [name])));
  // What one of the subgraphs owns, another one refers to.
  const standard = mergeSdl(
    documents.map(({ kind, definitions }) => ({
      kind,
      definitions: definitions.filter((node) => !isForeign(node) || !owned.has(node.name.value)),
    })),
  );
  const types = definitionsOf(standard).flatMap(([, node]) => loosen(node));
  const entities = definitionsOf(standard).flatMap(([name, node]) =>
    node.kind === Kind.OBJECT_TYPE_DEFINITION && node.directives?.some((applied) => applied.name.value === 'key')
      ? [name]
      : [],
  );
  const federation = parse(
    `scalar ${ANYTHING} scalar _Any union _Entity = ${entities.join(' | ')} type _Service { sdl: String }
     type Query { _entities(representations: [_Any!]!): [_Entity] _service: _Service }`,
    { noLocation: true },
  );
  const schema = buildASTSchema(mergeSdl([{ kind: Kind.DOCUMENT, definitions: types }, federation]), {
    assumeValidSDL: true,
  });
  return { schema, sdl: print(standard) };
}

function isForeign(node: DefinitionNode): node is ObjectTypeDefinitionNode {
  return (
    node.kind === Kind.OBJECT_TYPE_DEFINITION && /resolvable: false/.test((node.directives ?? []).map(print).join())
  );
}

function loosen(node: DefinitionNode): DefinitionNode[] {
  if (node.kind === Kind.DIRECTIVE_DEFINITION) return [];
  if (node.kind === Kind.ENUM_TYPE_DEFINITION) return [{ kind: Kind.SCALAR_TYPE_DEFINITION, name: node.name }];
  const plain = visit(node, { Directive: () => null });
  return [plain.kind === Kind.OBJECT_TYPE_DEFINITION ? withoutPromises(plain) : plain];
}

/** A scalar that is whatever it is. */
const ANYTHING = 'Anything';

function withoutPromises(node: ObjectTypeDefinitionNode): ObjectTypeDefinitionNode {
  return { ...node, fields: (node.fields ?? []).map((field) => ({ ...field, type: loosenType(field.type) })) };
}

function loosenType(type: TypeNode): TypeNode {
  switch (type.kind) {
    case Kind.NON_NULL_TYPE:
      return loosenType(type.type);
    case Kind.LIST_TYPE:
      return { ...type, type: loosenType(type.type) };
    case Kind.NAMED_TYPE: {
      const isSpecified = specifiedScalarTypes.some(({ name }) => name === type.name.value);
      return isSpecified ? { ...type, name: { kind: Kind.NAME, value: ANYTHING } } : type;
    }
  }
}
