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
export interface RequiredField {
  readonly name: string;
  readonly arguments: readonly ArgumentNode[];
}

export interface RequiredFields {
  readonly supergraph: DocumentNode;
  /** By the name of the field of its own. */
  readonly fields: ReadonlyMap<string, RequiredField>;
}

type Holder = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

export function separateRequiredFields(supergraph: DocumentNode): RequiredFields {
  const holders = new Map<string, Holder>();
  const taken = new Set<string>();
  for (const node of supergraph.definitions) {
    if (!isHolder(node)) continue;
    holders.set(node.name.value, node);
    for (const { name } of node.fields ?? []) taken.add(name.value);
  }
  const separation = createSeparation(holders, taken);
  const definitions = supergraph.definitions.map((node) =>
    isHolder(node) ? { ...node, fields: (node.fields ?? []).map((field) => separation.rewrite(node, field)) } : node,
  );
  if (separation.fields.size === 0) return { supergraph, fields: separation.fields };
  const mentioned = fieldsMentioned(definitions);
  const added = definitions.map((node) =>
    isHolder(node) ? { ...node, fields: separation.fieldsOf(node, mentioned) } : node,
  );
  return { supergraph: { ...supergraph, definitions: added }, fields: separation.fields };
}

interface Separation {
  readonly fields: ReadonlyMap<string, RequiredField>;
  /** The field with what it requires. */
  rewrite(holder: Holder, field: FieldDefinitionNode): FieldDefinitionNode;
  /** What a type has, of its fields as they were rewritten: `mentioned` are the names in the field sets of each graph. */
  fieldsOf(holder: Holder, mentioned: ReadonlyMap<string, ReadonlySet<string>>): FieldDefinitionNode[];
}

function createSeparation(holders: ReadonlyMap<string, Holder>, taken: Set<string>): Separation {
  const fields = new Map<string, RequiredField>();
  const names = new Map<string, string>();
  /** By type and field of its own, the graphs that require it. */
  const wanted = new Map<string, Map<string, Set<string>>>();

  const nameFor = (name: string, given: readonly ArgumentNode[]): string => {
    const text = `${name}(${given.map(print).sort().join()})`;
    const known = names.get(text);
    if (known !== undefined) return known;
    let own = `${name}_with${names.size + 1}`;
    while (taken.has(own)) own += '_';
    taken.add(own);
    names.set(text, own);
    fields.set(own, { name, arguments: given });
    return own;
  };
  /** Of an interface, each type that implements it has the field, too. `graph` is where it is required. */
  const want = (type: string, own: string, graph: string): void => {
    for (const [name, { interfaces = [] }] of holders) {
      if (name !== type && !interfaces.some((one) => one.name.value === type)) continue;
      const ofType = wanted.get(name) ?? new Map<string, Set<string>>();
      wanted.set(name, ofType.set(own, (ofType.get(own) ?? new Set()).add(graph)));
    }
  };
  const rewriteSet = (set: SelectionSetNode, type: string, graph: string): SelectionSetNode => ({
    ...set,
    selections: set.selections.map((node) => {
      if (node.kind === Kind.FRAGMENT_SPREAD) return node;
      if (node.kind === Kind.INLINE_FRAGMENT) {
        return { ...node, selectionSet: rewriteSet(node.selectionSet, node.typeCondition?.name.value ?? type, graph) };
      }
      const definition = holders.get(type)?.fields?.find(({ name }) => name.value === node.name.value);
      const below = definition && namedType(definition.type).name.value;
      const selectionSet = node.selectionSet && below ? rewriteSet(node.selectionSet, below, graph) : node.selectionSet;
      const inner = selectionSet ? { selectionSet } : {};
      if (!node.arguments?.length || !definition) return { ...node, ...inner };
      const own = nameFor(node.name.value, node.arguments);
      want(type, own, graph);
      return { kind: Kind.FIELD, name: { kind: Kind.NAME, value: own }, ...inner };
    }),
  });
  return {
    fields,
    rewrite: (holder, field) =>
      visit(field, {
        Directive: (applied) => {
          const requires = textOf(applied, 'requires');
          if (!requires?.includes('(')) return undefined;
          const [operation] = parse(`{ ${requires} }`, { noLocation: true }).definitions;
          if (operation?.kind !== Kind.OPERATION_DEFINITION) return undefined;
          const set = rewriteSet(operation.selectionSet, holder.name.value, textOf(applied, 'graph') ?? '');
          const value = { kind: Kind.STRING, value: set.selections.map(print).join(' ') } as const;
          const given = applied.arguments!.map((one) => (one.name.value === 'requires' ? { ...one, value } : one));
          return { ...applied, arguments: given };
        },
      }),
    fieldsOf: ({ name: { value }, interfaces = [], fields: given = [] }, mentioned) => {
      const owns = [...(wanted.get(value) ?? [])];
      const isOfInterface = (field: string): boolean =>
        interfaces.some(({ name }) => holders.get(name.value)?.fields?.some((one) => one.name.value === field));
      const kept = given.map((field): FieldDefinitionNode => {
        const own = owns.filter(([name]) => fields.get(name)?.name === field.name.value);
        if (own.length === 0 || isOfInterface(field.name.value)) return field;
        return withoutExternals(field, (graph) => {
          const isReplaced = own.some(([, graphs]) => graphs.has(graph));
          return isReplaced && !mentioned.get(graph)?.has(field.name.value);
        });
      });
      const added = owns.flatMap(([name, graphs]): FieldDefinitionNode[] => {
        const original = given.find((field) => field.name.value === fields.get(name)?.name);
        if (!original) return [];
        const own = { ...original, name: { kind: Kind.NAME, value: name } as const, arguments: [] };
        return [withoutExternals(own, (graph) => !graphs.has(graph))];
      });
      return [...kept, ...added];
    },
  };
}

/** A subgraph has no field of others that it does not require. */
function withoutExternals(field: FieldDefinitionNode, isIdle: (graph: string) => boolean): FieldDefinitionNode {
  const directives = (field.directives ?? []).filter(
    (applied) => !isExternal(applied) || !isIdle(textOf(applied, 'graph') ?? ''),
  );
  return { ...field, directives };
}

function fieldsMentioned(definitions: readonly DocumentNode['definitions'][number][]): Map<string, Set<string>> {
  const mentioned = new Map<string, Set<string>>();
  const read = (applied: DirectiveNode): void => {
    const graph = textOf(applied, 'graph');
    for (const argument of ['key', 'requires', 'provides']) {
      const fieldSet = textOf(applied, argument);
      if (graph === undefined || fieldSet === undefined) continue;
      const names = mentioned.get(graph) ?? new Set();
      mentioned.set(graph, names);
      visit(parse(`{ ${fieldSet} }`, { noLocation: true }), { Field: ({ name }) => void names.add(name.value) });
    }
  };
  for (const node of definitions) if (isHolder(node)) visit(node, { Directive: read });
  return mentioned;
}

function isExternal({ arguments: given = [] }: DirectiveNode): boolean {
  return given.some(({ name, value }) => name.value === 'external' && value.kind === Kind.BOOLEAN && value.value);
}

/** Of a text or an enum value. */
function textOf({ name, arguments: given = [] }: DirectiveNode, argument: string): string | undefined {
  const value = name.value.startsWith('join__') ? given.find((one) => one.name.value === argument)?.value : undefined;
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
}

function isHolder(node: DocumentNode['definitions'][number]): node is Holder {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

function namedType(type: TypeNode): NamedTypeNode {
  return type.kind === Kind.NAMED_TYPE ? type : namedType(type.type);
}
