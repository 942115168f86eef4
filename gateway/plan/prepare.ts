/**
 * Document and variables → the operation as it is planned: one tree, with the conditions decided, one level of fragments on types, and
 * response keys that leave the planner's and the engine's own alone. Planners take key fields and required fields under their plain names without a look at what the
 * client has there, and go wrong where fields that others require depend on conditions.
 */
import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import type { Denials } from '../model/access.ts';
import type { Path } from '../model/errors.ts';
import { DEFAULT_LIMITS, type Limits } from '../model/limits.ts';
import type { View } from '../model/request.ts';
import { allowedOf } from './allowed.ts';
import { separateConflicts } from './conflicting-fields.ts';
import { decideOperation } from './decide.ts';
import { flattenFragments } from './flatten.ts';
import { forwardedDirectives } from './forwarded.ts';
import { createNameHiddenTypes } from './hidden-types.ts';
import { hoistDeep, nestingOf } from './hoist.ts';
import { responseKeyOf, responseKeysOf } from './response-keys.ts';
import { readSubgraphTypes } from './subgraph-types.ts';
import { freeVariableNames } from './variable-names.ts';

export interface Prepared {
  /** What the planner is given; undefined where nothing is left to be asked. */
  readonly text: string | undefined;
  /** What the client is given. */
  readonly operation: OperationDefinitionNode;
  /** The client's response key by the one in the operation; undefined where all are as they were. */
  readonly keys: ReadonlyMap<string, string> | undefined;
  /** Of what is deferred: the client's label by the one in the operation; undefined where it gave none. */
  readonly labels: ReadonlyMap<string, string | undefined>;
  /** Places of what the caller may not ask for, which are not in the text, by the response keys of the operation. */
  readonly denied: readonly Path[];
  /** Those response keys: nothing comes under them. */
  readonly hidden: ReadonlySet<string>;
  /** The client's names of variables by those in the operation, where they differ. */
  readonly variables: ReadonlyMap<string, string>;
}

export interface Preparation {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  /** Coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** True where the answer may come in parts; otherwise `@defer` says nothing. */
  readonly inParts?: boolean | undefined;
  /** What the client is shown; absent: all types of the supergraph. */
  readonly view?: Pick<View, 'schema'>;
  /** What of the view the caller may not ask for; absent where that is nothing. */
  readonly denials?: Denials | undefined;
}

/** Of a text without named fragments. The Rust planner reads 50 levels, values of arguments included. */
const NESTING_PLAIN_MAX = 40;

export type Prepare = (preparation: Preparation) => Prepared;

/** `internal`: names of fields that only planners see. */
export function createPrepare(
  supergraph: DocumentNode,
  limits: Pick<Limits, 'fieldsMax' | 'fragmentsMax' | 'plannedSelectionsMax'> = DEFAULT_LIMITS,
  internal: Iterable<string> = [],
): Prepare {
  const selectionsMax = Math.max(limits.plannedSelectionsMax, limits.fieldsMax + limits.fragmentsMax);
  const types = readSubgraphTypes(supergraph);
  const fields = new Set([...fieldNamesOf(supergraph), ...internal]);
  const required = namesRequired(supergraph);
  const forwarded = forwardedDirectives(supergraph);
  const nameHiddenTypes = createNameHiddenTypes(supergraph);
  /** True for a key under which a planner or the engine may want to have something else, or that every object has. */
  const isInTheWay = (key: string, { name, arguments: given }: FieldNode): boolean => {
    if (key in Object.prototype) return true;
    // With arguments, a field has another value than the one that is required, and yet comes under the same name.
    if (key === name.value) return given !== undefined && given.length > 0 && required.has(key);
    return key.startsWith('__') || fields.has(key);
  };
  return ({ document, operationName, variables, denials, view, inParts = false }) => {
    const decided = decideOperation(document, operationName, { variables, inParts, forwarded });
    const named = freeVariableNames(decided.operation);
    const free = freeKeys(named.operation, fields, isInTheWay);
    const { operation, keys: separated } = separateConflicts(free.operation, fields);
    const keys = new Map(free.keys);
    for (const [alias, key] of separated) keys.set(alias, free.keys.get(key) ?? key);
    const allowed =
      denials && view
        ? allowedOf(operation, { schema: view.schema, denials, taken: fields })
        : { operation, shown: operation, hidden: NOTHING_HIDDEN, denied: [] };
    for (const [hidden, key] of allowed.hidden) keys.set(hidden, keys.get(key) ?? key);
    const planned = view ? nameHiddenTypes(allowed.operation, view.schema) : allowed.operation;
    return {
      text: write(flattenFragments(planned, types, selectionsMax)),
      operation: allowed.shown,
      keys: keys.size === 0 ? undefined : keys,
      labels: decided.labels,
      denied: allowed.denied,
      hidden: new Set(allowed.hidden.keys()),
      variables: named.variables,
    };
  };
}

const NOTHING_HIDDEN: ReadonlyMap<string, string> = new Map();

/** What the planner reads: an object of which the conditions leave nothing is there all the same. */
function write(operation: OperationDefinitionNode): string | undefined {
  if (operation.selectionSet.selections.length === 0) return undefined;
  const whole = withTypes(operation);
  return print(nestingOf(whole.selectionSet) > NESTING_PLAIN_MAX ? hoistDeep(whole) : whole);
}

function freeKeys(
  operation: OperationDefinitionNode,
  fields: ReadonlySet<string>,
  isInTheWay: (key: string, node: FieldNode) => boolean,
): { operation: OperationDefinitionNode; keys: Map<string, string> } {
  const taken = responseKeysOf(operation, fields);
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
      const key = responseKeyOf(node);
      if (!isInTheWay(key, node)) return undefined;
      return { ...node, alias: { kind: Kind.NAME, value: freeKeyOf(key) } as const };
    },
  });
  return { operation: renamed, keys: new Map([...free].map(([key, found]) => [found, key])) };
}

const TYPE_NAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

function withTypes(operation: OperationDefinitionNode): OperationDefinitionNode {
  return visit(operation, {
    Field: (node) => {
      if (node.selectionSet?.selections.length !== 0) return undefined;
      return { ...node, selectionSet: { kind: Kind.SELECTION_SET, selections: [TYPE_NAME] } as const };
    },
  });
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

/** The names of all fields that others require. */
function namesRequired(supergraph: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(supergraph, {
    Directive: ({ name, arguments: given = [] }) => {
      const requires = given.find((argument) => argument.name.value === 'requires')?.value;
      if (name.value !== 'join__field' || !requires) return;
      visit(parse(`{ ${String(valueFromASTUntyped(requires))} }`, { noLocation: true }), {
        Field: (field) => void names.add(field.name.value),
      });
    },
  });
  return names;
}
