/**
 * Query text → a closure that writes the answer as JSON text, so that a subgraph costs far less than any gateway that calls it.
 * The text of an object is cached for each selection: requests differ in root arguments and representations alone.
 */
import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import type { Row, Value } from './data.ts';
import type { Arguments, Subgraph } from './subgraph.ts';

/** Variables → response body. Throws if the subgraph lacks a field or type. */
export type Executable = (variables: Arguments) => string;

type Write = (value: Value) => string;
type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

interface Representation {
  readonly __typename: string;
  readonly [field: string]: unknown;
}

/** Throws for mutations, subscriptions and conditions, which no operation of the bench has. */
export function compileQuery(subgraph: Subgraph, query: string): Executable {
  const document = parse(query, { noLocation: true });
  const operation = document.definitions.find(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );
  if (operation?.operation !== 'query') throw new Error('only queries are answered');
  const fragments = fragmentsOf(document);
  const fields = collect(operation.selectionSet, 'Query', fragments);
  const parts = [...fields].map(([key, nodes]) => compileRoot(subgraph, key, nodes, fragments));
  return (variables) => `{"data":{${parts.map((part) => part(variables)).join(',')}}}`;
}

function compileRoot(subgraph: Subgraph, key: string, nodes: readonly FieldNode[], fragments: Fragments): Executable {
  const [node] = nodes as readonly [FieldNode];
  const name = node.name.value;
  const prefix = `${JSON.stringify(key)}:`;
  if (name === '__typename') return () => `${prefix}"Query"`;
  if (name === '_service') return () => `${prefix}${JSON.stringify({ sdl: subgraph.sdl })}`;
  const write = compileNodes(nodes, fragments);
  const argumentsOf = (variables: Arguments) => readArguments(node.arguments ?? [], variables);
  if (name === '_entities') {
    return (variables) => {
      const { representations } = argumentsOf(variables) as { representations: readonly Representation[] };
      return `${prefix}[${representations.map((each) => write(findEntity(subgraph, each))).join(',')}]`;
    };
  }
  const resolve = subgraph.roots[name];
  if (resolve === undefined) throw new Error(`there is no root field ${name}`);
  return (variables) => `${prefix}${write(resolve(argumentsOf(variables)))}`;
}

function findEntity(subgraph: Subgraph, representation: Representation): Value {
  const entities = subgraph.entities[representation.__typename];
  if (entities === undefined) throw new Error(`there is no entity ${representation.__typename}`);
  return entities.rows.get(String(representation[entities.key])) ?? null;
}

function readArguments(nodes: readonly ArgumentNode[], variables: Arguments): Arguments {
  return Object.fromEntries(
    nodes.map(({ name, value }) => [
      name.value,
      value.kind === Kind.VARIABLE ? variables[value.name.value] : valueFromASTUntyped(value, { ...variables }),
    ]),
  );
}

/** Merges the selections of several nodes of one field. */
function compileNodes(nodes: readonly FieldNode[], fragments: Fragments): Write {
  const selections = nodes.flatMap((node) => node.selectionSet?.selections ?? []);
  if (selections.length === 0) return (value) => JSON.stringify(value);
  return compileSelection({ kind: Kind.SELECTION_SET, selections }, fragments);
}

function compileSelection(selectionSet: SelectionSetNode, fragments: Fragments): Write {
  const writers = new Map<string, (row: Row) => string>();
  const texts = new Map<Row, string>();
  const writeRow = (row: Row): string => {
    const cachedText = texts.get(row);
    if (cachedText !== undefined) return cachedText;
    let writer = writers.get(row.__typename);
    if (writer === undefined) {
      writer = compileObject(selectionSet, row.__typename, fragments);
      writers.set(row.__typename, writer);
    }
    const text = writer(row);
    texts.set(row, text);
    return text;
  };
  return (value) => {
    if (Array.isArray(value)) return `[${(value as readonly Row[]).map(writeRow).join(',')}]`;
    return value === null ? 'null' : writeRow(value as Row);
  };
}

function compileObject(selectionSet: SelectionSetNode, typeName: string, fragments: Fragments): (row: Row) => string {
  const parts = [...collect(selectionSet, typeName, fragments)].map(([key, nodes]) => {
    const name = nodes[0]!.name.value;
    const prefix = `${JSON.stringify(key)}:`;
    const write = compileNodes(nodes, fragments);
    return (row: Row): string => {
      const value = row[name];
      if (value === undefined) throw new Error(`${typeName} has no field ${name}`);
      return prefix + write(value);
    };
  });
  return (row) => `{${parts.map((part) => part(row)).join(',')}}`;
}

/** The fields of an object of one type by response key, in order. `_Entity` is the only abstract type of the bench. */
function collect(
  selectionSet: SelectionSetNode,
  typeName: string,
  fragments: Fragments,
  into = new Map<string, FieldNode[]>(),
): Map<string, FieldNode[]> {
  for (const node of selectionSet.selections) {
    if (node.directives?.length) throw new Error('conditions are not answered');
    if (node.kind === Kind.FIELD) {
      const key = node.alias?.value ?? node.name.value;
      const nodes = into.get(key);
      if (nodes === undefined) into.set(key, [node]);
      else nodes.push(node);
      continue;
    }
    const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
    if (fragment === undefined) throw new Error('a fragment is missing');
    const { typeCondition } = fragment;
    if (typeCondition === undefined || typeCondition.name.value === typeName) {
      collect(fragment.selectionSet, typeName, fragments, into);
    }
  }
  return into;
}

function fragmentsOf(document: DocumentNode): Fragments {
  return new Map(
    document.definitions
      .filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node]),
  );
}
