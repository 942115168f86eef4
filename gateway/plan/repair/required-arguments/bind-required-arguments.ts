/**
 * Supergraph → the same where a field that others require with arguments is a field of its own, without arguments, for each set of
 * them: under one name, a plan has one value of it at one place, whatever it was asked with.
 */
import {
  type ArgumentNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type NamedTypeNode,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  type SelectionSetNode,
  type TypeNode,
  visit,
} from 'graphql';

/** What a field of its own stands for. */
export interface BoundField {
  readonly name: string;
  readonly arguments: readonly ArgumentNode[];
}

export interface BoundFields {
  readonly supergraph: DocumentNode;
  /** By the name of the field of its own. */
  readonly fields: ReadonlyMap<string, BoundField>;
}

type FieldOwner = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

export function bindRequiredArguments(supergraph: DocumentNode): BoundFields {
  const owners = new Map<string, FieldOwner>();
  const usedNames = new Set<string>();
  for (const node of supergraph.definitions) {
    if (!isFieldOwner(node)) continue;
    owners.set(node.name.value, node);
    for (const { name } of node.fields ?? []) usedNames.add(name.value);
  }
  const binder = createFieldBinder(owners, usedNames);
  const definitions = supergraph.definitions.map((node) =>
    isFieldOwner(node) ? { ...node, fields: (node.fields ?? []).map((field) => binder.rewrite(node, field)) } : node,
  );
  if (binder.fields.size === 0) return { supergraph, fields: binder.fields };
  const fieldSetNames = readFieldSetNames(definitions);
  const added = definitions.map((node) =>
    isFieldOwner(node) ? { ...node, fields: binder.fieldsOf(node, fieldSetNames) } : node,
  );
  return { supergraph: { ...supergraph, definitions: added }, fields: binder.fields };
}

interface FieldBinder {
  readonly fields: ReadonlyMap<string, BoundField>;
  /** The field with what it requires. */
  rewrite(owner: FieldOwner, field: FieldDefinitionNode): FieldDefinitionNode;
  /** What a type has, of its fields as they were rewritten: `mentioned` are the names in the field sets of each graph. */
  fieldsOf(owner: FieldOwner, fieldSetNames: ReadonlyMap<string, ReadonlySet<string>>): FieldDefinitionNode[];
}

function createFieldBinder(owners: ReadonlyMap<string, FieldOwner>, usedNames: Set<string>): FieldBinder {
  const fields = new Map<string, BoundField>();
  const names = new Map<string, string>();
  /** By type and field of its own, the graphs that require it. */
  const requiredIn = new Map<string, Map<string, Set<string>>>();

  const nameFor = (name: string, args: readonly ArgumentNode[]): string => {
    const text = `${name}(${args.map(print).sort().join()})`;
    const existing = names.get(text);
    if (existing !== undefined) return existing;
    let own = `${name}_with${names.size + 1}`;
    while (usedNames.has(own)) own += '_';
    usedNames.add(own);
    names.set(text, own);
    fields.set(own, { name, arguments: args });
    return own;
  };
  /** Of an interface, each type that implements it has the field, too. `graph` is where it is required. */
  const require = (type: string, own: string, graph: string): void => {
    for (const [name, { interfaces = [] }] of owners) {
      if (name !== type && !interfaces.some((one) => one.name.value === type)) continue;
      const ofType = requiredIn.get(name) ?? new Map<string, Set<string>>();
      requiredIn.set(name, ofType.set(own, (ofType.get(own) ?? new Set()).add(graph)));
    }
  };
  const rewriteSet = (set: SelectionSetNode, type: string, graph: string): SelectionSetNode => ({
    ...set,
    selections: set.selections.map((node) => {
      if (node.kind === Kind.FRAGMENT_SPREAD) return node;
      if (node.kind === Kind.INLINE_FRAGMENT) {
        return { ...node, selectionSet: rewriteSet(node.selectionSet, node.typeCondition?.name.value ?? type, graph) };
      }
      const definition = owners.get(type)?.fields?.find(({ name }) => name.value === node.name.value);
      const below = definition && namedType(definition.type).name.value;
      const selectionSet = node.selectionSet && below ? rewriteSet(node.selectionSet, below, graph) : node.selectionSet;
      const inner = selectionSet ? { selectionSet } : {};
      if (!node.arguments?.length || !definition) return { ...node, ...inner };
      const own = nameFor(node.name.value, node.arguments);
      require(type, own, graph);
      return { kind: Kind.FIELD, name: { kind: Kind.NAME, value: own }, ...inner };
    }),
  });
  return {
    fields,
    rewrite: (owner, field) =>
      visit(field, {
        Directive: (applied) => {
          const requires = textOf(applied, 'requires');
          if (!requires?.includes('(')) return undefined;
          const [operation] = parse(`{ ${requires} }`, { noLocation: true }).definitions;
          if (operation?.kind !== Kind.OPERATION_DEFINITION) return undefined;
          const set = rewriteSet(operation.selectionSet, owner.name.value, textOf(applied, 'graph') ?? '');
          const value = { kind: Kind.STRING, value: set.selections.map(print).join(' ') } as const;
          const given = applied.arguments!.map((one) => (one.name.value === 'requires' ? { ...one, value } : one));
          return { ...applied, arguments: given };
        },
      }),
    fieldsOf: ({ name: { value }, interfaces = [], fields: given = [] }, fieldSetNames) => {
      const owns = [...(requiredIn.get(value) ?? [])];
      const isOfInterface = (field: string): boolean =>
        interfaces.some(({ name }) => owners.get(name.value)?.fields?.some((one) => one.name.value === field));
      const originals = given.map((field): FieldDefinitionNode => {
        const own = owns.filter(([name]) => fields.get(name)?.name === field.name.value);
        if (own.length === 0 || isOfInterface(field.name.value)) return field;
        return dropExternals(field, (graph) => {
          const isReplaced = own.some(([, graphs]) => graphs.has(graph));
          return isReplaced && !fieldSetNames.get(graph)?.has(field.name.value);
        });
      });
      const added = owns.flatMap(([name, graphs]): FieldDefinitionNode[] => {
        const original = given.find((field) => field.name.value === fields.get(name)?.name);
        if (!original) return [];
        const own = { ...original, name: { kind: Kind.NAME, value: name } as const, arguments: [] };
        return [dropExternals(own, (graph) => !graphs.has(graph))];
      });
      return [...originals, ...added];
    },
  };
}

/** A subgraph has no field of others that it does not require. */
function dropExternals(field: FieldDefinitionNode, isIdle: (graph: string) => boolean): FieldDefinitionNode {
  const directives = (field.directives ?? []).filter(
    (applied) => !isExternal(applied) || !isIdle(textOf(applied, 'graph') ?? ''),
  );
  return { ...field, directives };
}

function readFieldSetNames(definitions: readonly DocumentNode['definitions'][number][]): Map<string, Set<string>> {
  const namesByGraph = new Map<string, Set<string>>();
  const read = (applied: DirectiveNode): void => {
    const graph = textOf(applied, 'graph');
    for (const argument of ['key', 'requires', 'provides']) {
      const fieldSet = textOf(applied, argument);
      if (graph === undefined || fieldSet === undefined) continue;
      const names = namesByGraph.get(graph) ?? new Set();
      namesByGraph.set(graph, names);
      visit(parse(`{ ${fieldSet} }`, { noLocation: true }), { Field: ({ name }) => void names.add(name.value) });
    }
  };
  for (const node of definitions) if (isFieldOwner(node)) visit(node, { Directive: read });
  return namesByGraph;
}

function isExternal({ arguments: args = [] }: DirectiveNode): boolean {
  return args.some(({ name, value }) => name.value === 'external' && value.kind === Kind.BOOLEAN && value.value);
}

/** Of a text or an enum value. */
function textOf({ name, arguments: args = [] }: DirectiveNode, argument: string): string | undefined {
  const value = name.value.startsWith('join__') ? args.find((one) => one.name.value === argument)?.value : undefined;
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
}

function isFieldOwner(node: DocumentNode['definitions'][number]): node is FieldOwner {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

function namedType(type: TypeNode): NamedTypeNode {
  return type.kind === Kind.NAMED_TYPE ? type : namedType(type.type);
}
