/** An operation and the schema that its caller sees → the TypeScript type of its data. */
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  getOperationAST,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  validate,
} from 'graphql';

const NUMBERS: ReadonlySet<string> = new Set(['Int', 'Float', 'Longitude', 'Latitude']);

/** Throws an `Error` for an operation that the schema refuses, and for one with fragments, which the examples have none of. */
export function operationDataType(document: DocumentNode, schema: GraphQLSchema): string {
  const [fault] = validate(schema, document);
  if (fault) throw fault;
  const operation = getOperationAST(document);
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) throw new Error('the document has no operation of the schema');
  return objectType(root, operation.selectionSet, '');
}

function objectType(type: GraphQLOutputType, { selections }: SelectionSetNode, indent: string): string {
  if (!isObjectType(type)) throw new Error(`${String(type)} is abstract, and the examples have no fragments`);
  const inner = `${indent}  `;
  const lines = selections.map((selection) => {
    if (selection.kind !== Kind.FIELD) throw new Error('the examples have no fragments');
    const field = type.getFields()[selection.name.value];
    if (!field) throw new Error(`${type.name} has no field ${selection.name.value}`);
    const key = (selection.alias ?? selection.name).value;
    return `${inner}readonly ${key}: ${valueType(field.type, selection, inner)};`;
  });
  return `{\n${lines.join('\n')}\n${indent}}`;
}

function valueType(type: GraphQLOutputType, node: FieldNode, indent: string): string {
  if (isNonNullType(type)) return presentType(type.ofType, node, indent);
  return `${presentType(type, node, indent)} | null`;
}

function presentType(type: GraphQLOutputType, node: FieldNode, indent: string): string {
  if (isListType(type)) return `readonly ${inParentheses(valueType(type.ofType, node, indent))}[]`;
  if (node.selectionSet) return objectType(type, node.selectionSet, indent);
  if (isEnumType(type))
    return type
      .getValues()
      .map(({ name }) => `'${name}'`)
      .join(' | ');
  const name = String(type);
  if (name === 'Boolean') return 'boolean';
  return NUMBERS.has(name) ? 'number' : 'string';
}

function inParentheses(type: string): string {
  return type.startsWith('{') && type.endsWith('}') ? type : /[ |]/.test(type) ? `(${type})` : type;
}
