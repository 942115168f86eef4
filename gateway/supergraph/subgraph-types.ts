/** Supergraph → what each subgraph has of its types. */
import { applicationsOf, type DirectiveArguments } from '@yiwang/schema';
import {
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  parseType,
  print,
  type SelectionSetNode,
  type TypeDefinitionNode,
  type TypeNode,
} from 'graphql';
import type { SubgraphTypes } from '../model/supergraph/subgraph-types.ts';
import { parseFieldSet } from './field-sets.ts';

/** Tells which labels of `@override` are active. Default: none. */
export type IsActive = (label: string) => boolean;

interface TypeEntry {
  readonly node: TypeDefinitionNode;
  /** Of an object type or an interface. */
  readonly fields: ReadonlyMap<string, FieldDefinitionNode>;
}

/** Everything that is read of a supergraph, whichever labels are active. */
interface TypeIndex {
  /** The supergraph's name of each subgraph. */
  readonly graphs: ReadonlyMap<string, string>;
  readonly types: ReadonlyMap<string, TypeEntry>;
  /** Names of root types by operation. */
  readonly roots: ReadonlyMap<string, string>;
  /** The object types of each interface. */
  readonly implementations: ReadonlyMap<string, ReadonlySet<string>>;
  readonly interfaceObjects: ReadonlySet<string>;
}

/** The names of all fields of objects and interfaces. */
export function readFieldNames({ definitions }: DocumentNode): ReadonlySet<string> {
  return new Set(definitions.flatMap((node) => [...outputFieldsOf(node).keys()]));
}

/** Reads the supergraph once. The result creates types for a set of active labels. */
export function readSubgraphTypes(supergraph: DocumentNode): (isActive?: IsActive) => SubgraphTypes {
  const index = readIndex(supergraph);
  return (isActive = () => false) => new IndexedSubgraphTypes(index, isActive);
}

function readIndex({ definitions }: DocumentNode): TypeIndex {
  const graphs = new Map<string, string>();
  const types = new Map<string, TypeEntry>();
  const roots = new Map<string, string>();
  for (const node of definitions) {
    if (node.kind === Kind.SCHEMA_DEFINITION) {
      for (const { operation, type } of node.operationTypes) roots.set(operation, type.name.value);
    } else if (node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === 'join__Graph') {
      for (const value of node.values ?? []) {
        for (const { name } of applicationsOf(value, 'join__graph')) graphs.set(String(name), value.name.value);
      }
    } else if (isTypeDefinition(node)) types.set(node.name.value, { node, fields: outputFieldsOf(node) });
  }
  const implementations = new Map<string, Set<string>>();
  const interfaceObjects = new Set<string>();
  for (const [name, { node }] of types) {
    if (applicationsOf(node, 'join__type').some(({ isInterfaceObject }) => isInterfaceObject === true)) {
      interfaceObjects.add(name);
    }
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const { name: type } of node.interfaces ?? []) {
      implementations.set(type.value, (implementations.get(type.value) ?? new Set()).add(name));
    }
  }
  return { graphs, types, roots, implementations, interfaceObjects };
}

class IndexedSubgraphTypes implements SubgraphTypes {
  readonly interfaceObjects: ReadonlySet<string>;
  readonly #index: TypeIndex;
  readonly #isActive: IsActive;
  /** By subgraph, type and field. Bounded by the supergraph, since plans name no other fields. */
  readonly #requirements = new Map<string, SelectionSetNode | undefined>();
  readonly #fieldTypes = new Map<string, TypeNode | undefined>();

  constructor(index: TypeIndex, isActive: IsActive) {
    this.#index = index;
    this.#isActive = isActive;
    this.interfaceObjects = index.interfaceObjects;
  }

  unionMembersOf(type: string, subgraph: string): readonly string[] {
    const graph = this.graphNameOf(subgraph);
    return applicationsOf(this.#nodeOf(type), 'join__unionMember').flatMap((applied) =>
      applied.graph === graph ? String(applied.member) : [],
    );
  }

  subgraphFieldType(type: string, field: string, subgraph: string): string | undefined {
    const fieldType = this.#typeIn(type, field, subgraph);
    return fieldType && namedTypeOf(fieldType);
  }

  responseShapeOf(type: string, field: string, subgraph: string): string | undefined {
    if (field === '__typename') return 'String!';
    const fieldType = this.#typeIn(type, field, subgraph);
    return fieldType && print(fieldType).replace(namedTypeOf(fieldType), (name) => (this.#isLeaf(name) ? name : '{}'));
  }

  resolvesField(type: string, field: string, subgraph: string): boolean {
    const definition = this.#fieldOf(type, field);
    if (!definition || !this.definesType(type, subgraph)) return false;
    const joins = applicationsOf(definition, 'join__field');
    const graph = this.graphNameOf(subgraph);
    return joins.length === 0 || joins.some((join) => join.graph === graph && isResolved(join, this.#isActive));
  }

  requirementOf(type: string, field: string, subgraph: string): SelectionSetNode | undefined {
    const key = `${subgraph} ${type} ${field}`;
    if (!this.#requirements.has(key)) {
      const join = joinWith('requires', this.#fieldOf(type, field), this.graphNameOf(subgraph));
      this.#requirements.set(key, join && parseFieldSet(String(join.requires)));
    }
    return this.#requirements.get(key);
  }

  requirementsOf(type: string, field: string): readonly SelectionSetNode[] {
    return applicationsOf(this.#fieldOf(type, field), 'join__field').flatMap(({ requires }) =>
      requires === undefined ? [] : parseFieldSet(String(requires)),
    );
  }

  fieldType(type: string, field: string): string | undefined {
    const definition = this.#fieldOf(type, field);
    return definition && namedTypeOf(definition.type);
  }

  possibleTypes(type: string): readonly string[] {
    const kind = this.#nodeOf(type)?.kind;
    if (kind === Kind.INTERFACE_TYPE_DEFINITION) return [...(this.#index.implementations.get(type) ?? [])];
    return kind === Kind.UNION_TYPE_DEFINITION ? this.#membersOf(type) : [type];
  }

  isSubtype(type: string, other: string): boolean {
    if (type === other) return true;
    const node = this.#nodeOf(type);
    const interfaces = node && 'interfaces' in node ? (node.interfaces ?? []) : [];
    return interfaces.some(({ name }) => name.value === other) || this.#membersOf(other).includes(type);
  }

  definesType(type: string, subgraph: string): boolean {
    const graph = this.graphNameOf(subgraph);
    return applicationsOf(this.#nodeOf(type), 'join__type').some((applied) => applied.graph === graph);
  }

  conditionMatches(condition: string | undefined, type: string): boolean {
    if (condition === undefined || condition === type) return true;
    return (
      (this.#index.implementations.get(condition)?.has(type) ?? false) || this.#membersOf(condition).includes(type)
    );
  }

  rootType(operation: string): string {
    return this.#index.roots.get(operation) ?? operation[0]!.toUpperCase() + operation.slice(1);
  }

  graphNameOf(subgraph: string): string | undefined {
    return this.#index.graphs.get(subgraph);
  }

  #nodeOf(type: string): TypeDefinitionNode | undefined {
    return this.#index.types.get(type)?.node;
  }

  #fieldOf(type: string, field: string): FieldDefinitionNode | undefined {
    return this.#index.types.get(type)?.fields.get(field);
  }

  #membersOf(union: string): string[] {
    const node = this.#nodeOf(union);
    return node?.kind === Kind.UNION_TYPE_DEFINITION ? (node.types ?? []).map(({ name }) => name.value) : [];
  }

  /** The type that a field has in one subgraph. */
  #typeIn(type: string, field: string, subgraph: string): TypeNode | undefined {
    const key = `${subgraph} ${type} ${field}`;
    if (!this.#fieldTypes.has(key)) {
      const definition = this.#fieldOf(type, field);
      const join = joinWith('type', definition, this.graphNameOf(subgraph));
      this.#fieldTypes.set(key, join ? parseType(String(join.type)) : definition?.type);
    }
    return this.#fieldTypes.get(key);
  }

  #isLeaf(type: string): boolean {
    const kind = this.#nodeOf(type)?.kind;
    return kind === undefined || kind === Kind.SCALAR_TYPE_DEFINITION || kind === Kind.ENUM_TYPE_DEFINITION;
  }
}

/** The subgraph's `@join__field` with the argument. */
function joinWith(
  argument: 'requires' | 'type',
  field: FieldDefinitionNode | undefined,
  graph: string | undefined,
): DirectiveArguments | undefined {
  return applicationsOf(field, 'join__field').find((join) => join.graph === graph && join[argument] !== undefined);
}

/**
 * If its label is active, a field is resolved by the new subgraph, which names the old one; otherwise by the old one.
 */
function isResolved(
  { external, usedOverridden, requires, override, overrideLabel }: DirectiveArguments,
  isActive: IsActive,
): boolean {
  if (external === true || usedOverridden === true || requires !== undefined) return false;
  return overrideLabel === undefined || isActive(String(overrideLabel)) === (override !== undefined);
}

function isTypeDefinition(node: DefinitionNode): node is TypeDefinitionNode {
  return node.kind.endsWith('TypeDefinition');
}

function outputFieldsOf(node: DefinitionNode): ReadonlyMap<string, FieldDefinitionNode> {
  const hasFields = node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION;
  return new Map((hasFields ? (node.fields ?? []) : []).map((field) => [field.name.value, field]));
}

export function namedTypeOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedTypeOf(type.type);
}
