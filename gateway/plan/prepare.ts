/**
 * Document and variables → the operation as it is planned: one tree, with the conditions decided, and with response keys that
 * leave the planner's and the engine's own alone. Planners take key fields and required fields under their plain names without a look at what the
 * client has there, and go wrong where fields that others require depend on conditions.
 */
import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type NameNode,
  type OperationDefinitionNode,
  parse,
  print,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import { inlineFragments } from '../kit/inline-fragments.ts';
import { isIncluded } from '../kit/is-included.ts';

export interface Prepared {
  /** What the planner is given; undefined where nothing is left to be asked. */
  readonly text: string | undefined;
  /** What the client is given. */
  readonly operation: OperationDefinitionNode;
  /** The client's response key by the one in the operation; undefined where all are as they were. */
  readonly keys: ReadonlyMap<string, string> | undefined;
}

export interface Preparation {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  /** Coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
}

export type Prepare = (preparation: Preparation) => Prepared;

export function createPrepare(supergraph: DocumentNode): Prepare {
  const fields = fieldNamesOf(supergraph);
  const required = namesRequiredWithArguments(supergraph);
  /** True for a key under which a planner or the engine may want to have something else, or that every object has. */
  const isInTheWay = (key: string, name: string): boolean =>
    key in Object.prototype || (key === name ? required.has(name) : key.startsWith('__') || fields.has(key));
  return ({ document, operationName, variables }) => {
    const decided = writeAlike(decideConditions(inlineFragments(document, operationName), variables));
    const { operation, keys } = freeKeys(decided, fields, isInTheWay);
    const text = operation.selectionSet.selections.length === 0 ? undefined : print(withTypes(operation));
    return { text, operation, keys: keys.size === 0 ? undefined : keys };
  };
}

/** Tells operations apart that are prepared differently: by the variables that conditions read. */
export function decisionsOf(document: DocumentNode, variables: Readonly<Record<string, unknown>>): string {
  const decisions: string[] = [];
  visit(document, {
    Directive: ({ name, arguments: given = [] }) => {
      if (name.value !== 'skip' && name.value !== 'include') return;
      const condition = given[0]?.value;
      if (condition?.kind === Kind.VARIABLE) decisions.push(String(variables[condition.name.value]));
    },
  });
  return decisions.join();
}

function decideConditions(
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): OperationDefinitionNode {
  return visit(operation, {
    Field: (node) => (isIncluded(node, variables) ? undefined : null),
    InlineFragment: {
      enter: (node) => (isIncluded(node, variables) ? undefined : null),
      leave: (node) => (node.selectionSet.selections.length > 0 ? undefined : null),
    },
    // Those of the graph's own speak to whoever stands before the planners, which know of none.
    Directive: () => null,
  });
}

/** Fields that are the same are written the same: the Rust planner ends the process over two that are not. */
function writeAlike(operation: OperationDefinitionNode): OperationDefinitionNode {
  return visit(operation, {
    Field: ({ alias, ...node }) => ({
      ...node,
      ...(alias && alias.value !== node.name.value ? { alias } : {}),
      ...(node.arguments ? { arguments: sortByName(node.arguments) } : {}),
    }),
    ObjectValue: (node) => ({ ...node, fields: sortByName(node.fields) }),
    StringValue: (node) => ({ ...node, block: false }),
  });
}

function sortByName<T extends { readonly name: NameNode }>(nodes: readonly T[]): T[] {
  return [...nodes].sort((a, b) => (a.name.value < b.name.value ? -1 : 1));
}

function freeKeys(
  operation: OperationDefinitionNode,
  fields: ReadonlySet<string>,
  isInTheWay: (key: string, name: string) => boolean,
): { operation: OperationDefinitionNode; keys: Map<string, string> } {
  const taken = new Set(fields);
  visit(operation, { Field: (node) => void taken.add(keyOf(node)) });
  const free = new Map<string, string>();
  const freeKeyOf = (key: string): string => {
    let found = free.get(key);
    if (found === undefined) {
      found = `${key.replace(/^__+/, '_')}_as`;
      while (taken.has(found)) found += '_';
      taken.add(found);
      free.set(key, found);
    }
    return found;
  };
  const renamed = visit(operation, {
    Field: (node) => {
      const key = keyOf(node);
      if (!isInTheWay(key, node.name.value)) return undefined;
      return { ...node, alias: { kind: Kind.NAME, value: freeKeyOf(key) } as const };
    },
  });
  return { operation: renamed, keys: new Map([...free].map(([key, found]) => [found, key])) };
}

const TYPE_NAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** An object of which the conditions leave nothing is there all the same. */
function withTypes(operation: OperationDefinitionNode): OperationDefinitionNode {
  return visit(operation, {
    Field: (node) => {
      if (node.selectionSet?.selections.length !== 0) return undefined;
      return { ...node, selectionSet: { kind: Kind.SELECTION_SET, selections: [TYPE_NAME] } as const };
    },
  });
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
