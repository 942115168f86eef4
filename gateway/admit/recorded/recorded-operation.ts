/** Operation → its text and variables for the record: without comments and padding, and with masked personal data. */
import {
  type ASTNode,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isScalarType,
  Kind,
  type OperationDefinitionNode,
  print,
  separateOperations,
  stripIgnoredCharacters,
  TypeInfo,
  typeFromAST,
  type ValueNode,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { sha256 } from '../../kit/crypto/digest.ts';
import { type KeyedDigest, maskText } from '../../kit/crypto/keyed-digest.ts';
import type { MaskedOperation } from '../../model/record-entry.ts';
import { isStoredInClear, maskValue, textOf } from './mask-values.ts';

/** What holds for an operation whatever its variables are. */
export interface RecordedText {
  readonly text: string;
  /** SHA-256 of the text, equal for operations that differ in masked values and padding alone. */
  readonly hash: string;
  readonly variables: readonly { readonly name: string; readonly type: GraphQLInputType }[];
}

/** The operation was validated. */
export function writeRecordedText(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  digest: KeyedDigest,
): RecordedText {
  const ownDocument = separateOperations(document)[operation.name?.value ?? ''] ?? document;
  const text = stripIgnoredCharacters(print(maskLiterals(schema, ownDocument, digest)));
  const variables = (operation.variableDefinitions ?? []).flatMap(({ variable, type }) => {
    const inputType = typeFromAST(schema, type);
    return isInputType(inputType) ? [{ name: variable.name.value, type: inputType }] : [];
  });
  return { text, hash: sha256(text), variables };
}

/** Keeps declared variables only: others have no effect. */
export function recordOperation(
  { text, hash, variables }: RecordedText,
  sentVariables: Readonly<Record<string, unknown>>,
  sentHash: string,
  digest: KeyedDigest,
): MaskedOperation {
  const recorded: Record<string, unknown> = {};
  for (const { name, type } of variables) {
    if (Object.hasOwn(sentVariables, name)) recorded[name] = maskValue(sentVariables[name], type, digest);
  }
  const json = variables.length === 0 ? '{}' : JSON.stringify(recorded);
  const sentDigest = digest(`${sentHash} ${textOf(sentVariables)}`);
  return { text, hash, variables: json, sentDigest };
}

function maskLiterals(schema: GraphQLSchema, document: DocumentNode, digest: KeyedDigest): DocumentNode {
  const types = new TypeInfo(schema);
  const maskLiteral = (node: ValueNode): ValueNode => ({
    kind: Kind.STRING,
    value: maskText(textOf(valueFromASTUntyped(node)), digest),
  });
  return visit(
    document,
    visitWithTypeInfo(types, {
      enter: (node: ASTNode) => {
        if (!isLiteral(node)) return undefined;
        const type = getNamedType(types.getInputType());
        if (isEnumType(type) || isStructure(node, types)) return undefined;
        if (isScalarType(type) && isStoredInClear(valueFromASTUntyped(node), type)) return undefined;
        return maskLiteral(node);
      },
    }),
  );
}

function isLiteral(node: ASTNode): node is Exclude<ValueNode, { kind: Kind.VARIABLE | Kind.NULL }> {
  switch (node.kind) {
    case Kind.INT:
    case Kind.FLOAT:
    case Kind.STRING:
    case Kind.BOOLEAN:
    case Kind.ENUM:
    case Kind.LIST:
    case Kind.OBJECT:
      return true;
    default:
      return false;
  }
}

/** True for a list of a list type or an object of an input object type: its values are masked one by one. */
function isStructure(node: ValueNode, types: TypeInfo): boolean {
  // Inside a list, the input type is that of its items.
  if (node.kind === Kind.LIST) return isListType(getNullableType(types.getParentInputType()));
  return node.kind === Kind.OBJECT && isInputObjectType(getNamedType(types.getInputType()));
}
