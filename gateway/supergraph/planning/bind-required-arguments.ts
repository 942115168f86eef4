/**
 * Supergraph → the same supergraph with bound fields: a field that others require with arguments gets a field without
 * arguments for each set of them. For planners, one name at one place has one value, whatever its arguments are. The
 * other half of this repair, `plan/repair/required-arguments/`, turns bound fields in plans back into the subgraphs'
 * fields.
 */
import { argumentsOf, type DirectiveArguments } from '@yiwang/schema';
import {
  type ArgumentNode,
  type DefinitionNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { BoundField } from '../../model/supergraph/planning-supergraph.ts';
import { fieldNamesIn, parseFieldSet } from '../field-sets.ts';
import { namedTypeOf } from '../subgraph-types.ts';

export interface BoundFields {
  readonly supergraph: DocumentNode;
  /** By the name of the bound field. */
  readonly fields: ReadonlyMap<string, BoundField>;
}

type FieldOwner = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;
type Owners = ReadonlyMap<string, FieldOwner>;

export function bindRequiredArguments(supergraph: DocumentNode): BoundFields {
  const owners = new Map(supergraph.definitions.filter(isFieldOwner).map((node) => [node.name.value, node]));
  const binder = new FieldBinder(owners);
  const definitions = supergraph.definitions.map(
    (node): DefinitionNode =>
      isFieldOwner(node)
        ? { ...node, fields: (node.fields ?? []).map((field) => binder.bindField(node, field)) }
        : node,
  );
  if (binder.fields.size === 0) return { supergraph, fields: binder.fields };
  const fieldSetNames = readFieldSetNames(definitions.filter(isFieldOwner));
  const completed = definitions.map((node) =>
    isFieldOwner(node) ? { ...node, fields: binder.fieldsOf(node, fieldSetNames) } : node,
  );
  return { supergraph: { ...supergraph, definitions: completed }, fields: binder.fields };
}

class FieldBinder {
  readonly fields = new Map<string, BoundField>();
  readonly #owners: Owners;
  readonly #usedNames: Set<string>;
  /** Names of bound fields by field and arguments. */
  readonly #names = new Map<string, string>();
  /** By type and bound field: the graphs that require it. */
  readonly #requiredIn = new Map<string, Map<string, Set<string>>>();

  constructor(owners: Owners) {
    this.#owners = owners;
    this.#usedNames = new Set([...owners.values()].flatMap(({ fields = [] }) => fields.map(({ name }) => name.value)));
  }

  /** Returns the field with bound fields in its requirements. */
  bindField(owner: FieldOwner, field: FieldDefinitionNode): FieldDefinitionNode {
    return visit(field, {
      Directive: (applied) => {
        const { requires, graph } = joinArgumentsOf(applied);
        if (typeof requires !== 'string' || !requires.includes('(')) return undefined;
        const set = this.#bindSet(parseFieldSet(requires), owner.name.value, String(graph));
        const value = { kind: Kind.STRING, value: set.selections.map(print).join(' ') } as const;
        const args = applied.arguments!.map((one) => (one.name.value === 'requires' ? { ...one, value } : one));
        return { ...applied, arguments: args };
      },
    });
  }

  /**
   * Returns the fields of a type after `bindField`, with the bound ones. `fieldSetNames` are the names in the field
   * sets of each graph: if a graph requires a field through bound fields alone, the original is no longer external
   * there.
   */
  fieldsOf(owner: FieldOwner, fieldSetNames: ReadonlyMap<string, ReadonlySet<string>>): FieldDefinitionNode[] {
    const { fields = [] } = owner;
    const bound = [...(this.#requiredIn.get(owner.name.value) ?? [])];
    const originals = fields.map((field): FieldDefinitionNode => {
      const name = field.name.value;
      const replacing = bound.filter(([own]) => this.fields.get(own)?.name === name);
      if (replacing.length === 0 || this.#isOfInterface(owner, name)) return field;
      return dropExternals(
        field,
        (graph) => replacing.some(([, graphs]) => graphs.has(graph)) && !fieldSetNames.get(graph)?.has(name),
      );
    });
    const added = bound.flatMap(([name, graphs]): FieldDefinitionNode[] => {
      const original = fields.find((field) => field.name.value === this.fields.get(name)?.name);
      if (!original) return [];
      const own = { ...original, name: { kind: Kind.NAME, value: name } as const, arguments: [] };
      return [dropExternals(own, (graph) => !graphs.has(graph))];
    });
    return [...originals, ...added];
  }

  #bindSet(set: SelectionSetNode, type: string, graph: string): SelectionSetNode {
    return { ...set, selections: set.selections.map((node) => this.#bindSelection(node, type, graph)) };
  }

  #bindSelection(node: SelectionNode, type: string, graph: string): SelectionNode {
    if (node.kind === Kind.FRAGMENT_SPREAD) return node;
    if (node.kind === Kind.INLINE_FRAGMENT) {
      const condition = node.typeCondition?.name.value ?? type;
      return { ...node, selectionSet: this.#bindSet(node.selectionSet, condition, graph) };
    }
    const definition = this.#owners.get(type)?.fields?.find(({ name }) => name.value === node.name.value);
    if (!definition) return node;
    const selectionSet = node.selectionSet && this.#bindSet(node.selectionSet, namedTypeOf(definition.type), graph);
    const below = selectionSet ? { selectionSet } : {};
    if (!node.arguments?.length) return { ...node, ...below };
    const own = this.#nameFor(node.name.value, node.arguments);
    this.#require(type, own, graph);
    return { kind: Kind.FIELD, name: { kind: Kind.NAME, value: own }, ...below };
  }

  #nameFor(name: string, args: readonly ArgumentNode[]): string {
    const text = `${name}(${args.map(print).sort().join()})`;
    const existing = this.#names.get(text);
    if (existing !== undefined) return existing;
    let own = `${name}_with${this.#names.size + 1}`;
    while (this.#usedNames.has(own)) own += '_';
    this.#usedNames.add(own);
    this.#names.set(text, own);
    this.fields.set(own, { name, arguments: args });
    return own;
  }

  /** All types that implement an interface have its bound fields, too. */
  #require(type: string, bound: string, graph: string): void {
    for (const [name, { interfaces = [] }] of this.#owners) {
      if (name !== type && !interfaces.some((one) => one.name.value === type)) continue;
      const ofType = this.#requiredIn.get(name) ?? new Map<string, Set<string>>();
      this.#requiredIn.set(name, ofType.set(bound, (ofType.get(bound) ?? new Set()).add(graph)));
    }
  }

  #isOfInterface({ interfaces = [] }: FieldOwner, field: string): boolean {
    return interfaces.some(({ name }) => this.#owners.get(name.value)?.fields?.some((one) => one.name.value === field));
  }
}

/** Drops the external field from graphs that do not require it. */
function dropExternals(field: FieldDefinitionNode, isIdle: (graph: string) => boolean): FieldDefinitionNode {
  const directives = (field.directives ?? []).filter((applied) => {
    const { external, graph } = argumentsOf(applied);
    return external !== true || !isIdle(typeof graph === 'string' ? graph : '');
  });
  return { ...field, directives };
}

/** The names of all fields in the field sets of each graph. */
function readFieldSetNames(owners: readonly FieldOwner[]): Map<string, Set<string>> {
  const namesByGraph = new Map<string, Set<string>>();
  const read = (applied: DirectiveNode): void => {
    const { graph, key, requires, provides } = joinArgumentsOf(applied);
    if (typeof graph !== 'string') return;
    const names = namesByGraph.get(graph) ?? new Set();
    namesByGraph.set(graph, names);
    for (const fieldSet of [key, requires, provides]) {
      if (typeof fieldSet === 'string') for (const name of fieldNamesIn(fieldSet)) names.add(name);
    }
  };
  for (const node of owners) visit(node, { Directive: read });
  return namesByGraph;
}

function joinArgumentsOf(applied: DirectiveNode): DirectiveArguments {
  return applied.name.value.startsWith('join__') ? argumentsOf(applied) : {};
}

function isFieldOwner(node: DefinitionNode): node is FieldOwner {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION;
}
