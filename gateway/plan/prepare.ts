/**
 * Document → the operation as it is planned. Planners add key fields and required fields under their plain names without a look
 * at what the client has there, and leave out an object of which nothing may be left; here both are seen to beforehand.
 */
import {
  type DocumentNode,
  type FieldNode,
  Kind,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
  visit,
} from 'graphql';

export interface Prepared {
  /** What the planner is given. */
  readonly text: string;
  /** The client's operation, with the response keys that the planner was given. */
  readonly document: DocumentNode;
  /** The client's response key by the one in its place; undefined where all are as they were. */
  readonly keys: ReadonlyMap<string, string> | undefined;
}

export type Prepare = (document: DocumentNode) => Prepared;

export function createPrepare(supergraph: DocumentNode): Prepare {
  const fields = fieldNamesOf(supergraph);
  const required = namesRequiredWithArguments(supergraph);
  /** True for a key under which a planner may want to have something else. */
  const isInTheWay = (key: string, name: string): boolean =>
    key === name ? required.has(name) : key === '__typename' || fields.has(key);
  return (document) => {
    const { renamed, keys } = freeKeys(document, fields, isInTheWay);
    const kept = keys.size === 0 ? document : renamed;
    return { text: print(visit(kept, { Field: withType })), document: kept, keys: keys.size === 0 ? undefined : keys };
  };
}

function freeKeys(
  document: DocumentNode,
  fields: ReadonlySet<string>,
  isInTheWay: (key: string, name: string) => boolean,
): { renamed: DocumentNode; keys: Map<string, string> } {
  const taken = new Set(fields);
  visit(document, { Field: (node) => void taken.add(keyOf(node)) });
  const free = new Map<string, string>();
  const freeKeyOf = (key: string): string => {
    let found = free.get(key);
    if (found === undefined) {
      found = `${key.replace(/^_+/, '')}_as`;
      while (taken.has(found)) found += '_';
      taken.add(found);
      free.set(key, found);
    }
    return found;
  };
  const renamed = visit(document, {
    Field: (node) => {
      const key = keyOf(node);
      if (!isInTheWay(key, node.name.value)) return undefined;
      return { ...node, alias: { kind: Kind.NAME, value: freeKeyOf(key) } as const };
    },
  });
  return { renamed, keys: new Map([...free].map(([key, found]) => [found, key])) };
}

const TYPE_NAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** An object is there whatever the conditions leave of it. */
function withType(node: FieldNode): FieldNode | undefined {
  if (!node.selectionSet || node.selectionSet.selections.some(isUnconditional)) return undefined;
  const selectionSet: SelectionSetNode = {
    kind: Kind.SELECTION_SET,
    selections: [TYPE_NAME, ...node.selectionSet.selections],
  };
  return { ...node, selectionSet };
}

function isUnconditional(selection: SelectionNode): boolean {
  return selection.kind === Kind.FIELD && !selection.directives?.length;
}

function keyOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}

/** The names of all fields of objects and interfaces. */
function fieldNamesOf(supergraph: DocumentNode): ReadonlySet<string> {
  const names = supergraph.definitions.flatMap((node) =>
    node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION
      ? (node.fields ?? []).map((field) => field.name.value)
      : [],
  );
  return new Set(names);
}

/** Such a field has another value than the same field without these arguments, and yet comes under the same name. */
function namesRequiredWithArguments(supergraph: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(supergraph, {
    Directive: ({ name, arguments: given = [] }) => {
      const requires = given.find((argument) => argument.name.value === 'requires')?.value;
      if (name.value !== 'join__field' || !requires) return;
      visit(parse(`{ ${String(valueFromASTUntyped(requires))} }`, { noLocation: true }), {
        Field: (field) => {
          if (field.arguments?.length) names.add(field.name.value);
        },
      });
    },
  });
  return names;
}
