/** What a single subgraph has of the supergraph's types. */
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  parse,
  parseType,
  print,
  type SelectionSetNode,
  type TypeDefinitionNode,
  type TypeNode,
  valueFromASTUntyped,
} from 'graphql';

export interface SubgraphTypes {
  /** The object types that a union may stand for in the subgraph; none for other types. */
  unionMembersOf(type: string, subgraph: string): readonly string[];
  /** The name of the type that a field has in the subgraph. */
  subgraphFieldType(type: string, field: string, subgraph: string): string | undefined;
  /**
   * Alike for fields of one type that may share a name in an answer, whatever they belong to: their lists and nulls, and the name of
   * what is at the end where that is no object.
   */
  responseShapeOf(type: string, field: string, subgraph: string): string | undefined;
  /** True for a field that the subgraph gives by itself, wherever it has an object of the type. */
  resolvesField(type: string, field: string, subgraph: string): boolean;
  /** What the subgraph must be given of an object to give the field; undefined where that is no more than a key. */
  requirementOf(type: string, field: string, subgraph: string): SelectionSetNode | undefined;
  /** The name of the type that a field has in the supergraph. */
  fieldType(type: string, field: string): string | undefined;
  /** The object types that objects at a place of the type may have: itself, for an object type. */
  possibleTypes(type: string): readonly string[];
  /** The interfaces that some subgraph has as object types (`@interfaceObject`). */
  readonly interfaceObjects: ReadonlySet<string>;
  /** True where each object of the type is one of the other, by declaration: whatever the other has, the type has. */
  isSubtype(type: string, other: string): boolean;
  /** True for a type that the subgraph knows by this name: objects of others, it may know as those of an interface. */
  definesType(type: string, subgraph: string): boolean;
  /** True where a fragment on `condition` applies to objects of the type. */
  conditionMatches(condition: string | undefined, type: string): boolean;
  rootType(operation: string): string;
  /** The name that the supergraph has for the subgraph. */
  graphNameOf(subgraph: string): string | undefined;
}

type DirectiveArguments = Readonly<Record<string, unknown>>;

interface TypeEntry {
  readonly node: TypeDefinitionNode;
  readonly fields: ReadonlyMap<string, FieldDefinitionNode>;
}

/** `isOn` says which labels of `@override` hold. */
export function readSubgraphTypes(
  supergraph: DocumentNode,
  isOn: (label: string) => boolean = () => false,
): SubgraphTypes {
  const graphs = new Map<string, string>();
  const types = new Map<string, TypeEntry>();
  const roots = new Map<string, string>();
  for (const node of supergraph.definitions) {
    if (node.kind === Kind.SCHEMA_DEFINITION) {
      for (const { operation, type } of node.operationTypes) roots.set(operation, type.name.value);
    } else if (node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === 'join__Graph') {
      for (const value of node.values ?? []) {
        for (const { name } of appliedTo(value, 'join__graph')) graphs.set(String(name), value.name.value);
      }
    } else if ('name' in node && node.kind.endsWith('TypeDefinition')) {
      const fields = 'fields' in node ? (node.fields ?? []) : [];
      const output = fields.filter((field) => field.kind === Kind.FIELD_DEFINITION);
      types.set(node.name!.value, {
        node: node as TypeDefinitionNode,
        fields: new Map(output.map((field) => [field.name.value, field])),
      });
    }
  }
  const isDefinedIn = (type: string, graph: string | undefined): boolean =>
    appliedTo(types.get(type)?.node, 'join__type').some((applied) => applied.graph === graph);
  const implementations = new Map<string, Set<string>>();
  for (const [name, { node }] of types) {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const { name: type } of node.interfaces ?? []) {
      implementations.set(type.value, (implementations.get(type.value) ?? new Set()).add(name));
    }
  }
  const unionMembers = (type: string): string[] => {
    const node = types.get(type)?.node;
    return node?.kind === Kind.UNION_TYPE_DEFINITION ? (node.types ?? []).map(({ name }) => name.value) : [];
  };
  const required = new Map<string, SelectionSetNode | undefined>();
  const fieldTypes = new Map<string, TypeNode | undefined>();
  /** No more are known than the supergraph has: plans name no other. */
  const typeIn = (type: string, field: string, subgraph: string): TypeNode | undefined => {
    const key = `${subgraph} ${type} ${field}`;
    if (!fieldTypes.has(key)) fieldTypes.set(key, readType(types.get(type)?.fields.get(field), graphs.get(subgraph)));
    return fieldTypes.get(key);
  };
  const isLeaf = (type: string): boolean => {
    const kind = types.get(type)?.node.kind;
    return kind === undefined || kind === Kind.SCALAR_TYPE_DEFINITION || kind === Kind.ENUM_TYPE_DEFINITION;
  };
  return {
    unionMembersOf(type, subgraph) {
      const graph = graphs.get(subgraph);
      return appliedTo(types.get(type)?.node, 'join__unionMember').flatMap((applied) =>
        applied.graph === graph ? String(applied.member) : [],
      );
    },
    subgraphFieldType: (type, field, subgraph) => {
      const found = typeIn(type, field, subgraph);
      return found && nameOf(found);
    },
    responseShapeOf: (type, field, subgraph) => {
      if (field === '__typename') return 'String!';
      const found = typeIn(type, field, subgraph);
      return found && print(found).replace(nameOf(found), (name) => (isLeaf(name) ? name : '{}'));
    },
    resolvesField(type, field, subgraph) {
      const graph = graphs.get(subgraph);
      const found = types.get(type)?.fields.get(field);
      if (!found || !isDefinedIn(type, graph)) return false;
      const joins = appliedTo(found, 'join__field');
      return joins.length === 0 || joins.some((home) => home.graph === graph && isResolved(home, isOn));
    },
    requirementOf: (type, field, subgraph) => {
      const key = `${subgraph} ${type} ${field}`;
      if (!required.has(key)) required.set(key, readRequires(types.get(type)?.fields.get(field), graphs.get(subgraph)));
      return required.get(key);
    },
    fieldType: (type, field) => {
      const found = types.get(type)?.fields.get(field);
      return found && nameOf(found.type);
    },
    possibleTypes: (type) => {
      const kind = types.get(type)?.node.kind;
      if (kind === Kind.INTERFACE_TYPE_DEFINITION) return [...(implementations.get(type) ?? [])];
      return kind === Kind.UNION_TYPE_DEFINITION ? unionMembers(type) : [type];
    },
    interfaceObjects: new Set(
      [...types].flatMap(([name, { node }]) =>
        appliedTo(node, 'join__type').some(({ isInterfaceObject }) => isInterfaceObject === true) ? name : [],
      ),
    ),
    isSubtype: (type, other) => {
      if (type === other) return true;
      const node = types.get(type)?.node;
      const interfaces = node && 'interfaces' in node ? (node.interfaces ?? []) : [];
      return interfaces.some(({ name }) => name.value === other) || unionMembers(other).includes(type);
    },
    definesType: (type, subgraph) => isDefinedIn(type, graphs.get(subgraph)),
    conditionMatches: (condition, type) =>
      condition === undefined ||
      condition === type ||
      (implementations.get(condition)?.has(type) ?? false) ||
      unionMembers(condition).includes(type),
    graphNameOf: (subgraph) => graphs.get(subgraph),
    rootType: (operation) => roots.get(operation) ?? operation[0]!.toUpperCase() + operation.slice(1),
  };
}

function readRequires(field: FieldDefinitionNode | undefined, graph: string | undefined): SelectionSetNode | undefined {
  const own = appliedTo(field, 'join__field').find((home) => home.graph === graph && home.requires !== undefined);
  const [operation] = own ? parse(`{ ${String(own.requires)} }`, { noLocation: true }).definitions : [];
  return operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet : undefined;
}

/** The type that a field has in one subgraph. */
function readType(field: FieldDefinitionNode | undefined, graph: string | undefined): TypeNode | undefined {
  const own = appliedTo(field, 'join__field').find((home) => home.graph === graph && home.type !== undefined);
  return own ? parseType(String(own.type)) : field?.type;
}

/** With a label, a field is that of the new subgraph, which names the old one, where the label is on; and otherwise of the old one. */
function isResolved(
  { external, usedOverridden, requires, override, overrideLabel }: DirectiveArguments,
  isOn: (label: string) => boolean,
): boolean {
  if (external === true || usedOverridden === true || requires !== undefined) return false;
  return overrideLabel === undefined || isOn(String(overrideLabel)) === (override !== undefined);
}

function appliedTo(
  node: { readonly directives?: readonly ConstDirectiveNode[] | undefined } | undefined,
  directive: string,
): DirectiveArguments[] {
  return (node?.directives ?? [])
    .filter(({ name }) => name.value === directive)
    .map(({ arguments: args = [] }) =>
      Object.fromEntries(args.map(({ name, value }) => [name.value, valueFromASTUntyped(value)])),
    );
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}
