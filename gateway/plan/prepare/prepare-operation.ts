/**
 * Document and variables → the operation as it is planned: one tree, with the conditions decided, one level of fragments on types, and
 * response keys that leave the planner's and the engine's own alone. Planners take key fields and required fields under their plain names without a look at what the
 * client has there, and go wrong where fields that others require depend on conditions.
 */
import { type FieldNode, Kind, type OperationDefinitionNode, print, visit } from 'graphql';
import { responseKeyOf } from '../../kit/graphql/selections.ts';
import type { Path } from '../../model/errors.ts';
import { DEFAULT_LIMITS, type Limits } from '../../model/limits.ts';
import type { Denials } from '../../model/supergraph/access-rules.ts';
import type { PlanningSupergraph } from '../../model/supergraph/planning-supergraph.ts';
import type { ValidatedOperation, View } from '../../model/validated-operation.ts';
import { createAddTypenames } from './add-typenames.ts';
import { aliasConflictingFields } from './alias-conflicting-fields.ts';
import { extractDeepFragments, nestingDepthOf } from './extract-fragments.ts';
import { filterDenied } from './filter-denied.ts';
import { flattenFragments } from './flatten-fragments.ts';
import { renameReservedVariables } from './rename-variables.ts';
import { resolveConditions } from './resolve-conditions.ts';
import { responseKeysOf } from './response-keys.ts';

export interface PreparedOperation {
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

/** The operation is planned whole unless it is `inParts`. Without a view the client is shown all types of the supergraph. */
export type OperationToPrepare = Pick<ValidatedOperation, 'document' | 'operationName' | 'coerced' | 'inParts'> & {
  readonly view?: Pick<View, 'schema'>;
};

/** `denials`: what of the view the caller may not ask for. */
export type PrepareOperation = (operation: OperationToPrepare, denials?: Denials) => PreparedOperation;

/** Of a text without named fragments. The Rust planner reads 50 levels, values of arguments included. */
const INLINE_NESTING_MAX = 40;

export function createPrepareOperation(
  { types, fieldNames, requiredNames, forwardedDirectives }: PlanningSupergraph,
  limits: Pick<Limits, 'fieldsMax' | 'fragmentsMax' | 'plannedSelectionsMax'> = DEFAULT_LIMITS,
): PrepareOperation {
  const selectionsMax = Math.max(limits.plannedSelectionsMax, limits.fieldsMax + limits.fragmentsMax);
  const addTypenames = createAddTypenames(types);
  /** True for a key under which a planner or the engine may want to have something else, or that every object has. */
  const isReserved = (key: string, { name, arguments: args }: FieldNode): boolean => {
    if (key in Object.prototype) return true;
    // With arguments, a field has another value than the one that is required, and yet comes under the same name.
    if (key === name.value) return args !== undefined && args.length > 0 && requiredNames.has(key);
    return key.startsWith('__') || fieldNames.has(key);
  };
  return ({ document, operationName, coerced, view, inParts = false }, denials) => {
    const conditions = { variables: coerced, inParts, forwardedDirectives };
    const resolved = resolveConditions(document, operationName, conditions);
    const renamed = renameReservedVariables(resolved.operation);
    const freed = renameReservedKeys(renamed.operation, fieldNames, isReserved);
    const { operation, originalKeys: aliasedKeys } = aliasConflictingFields(freed.operation, fieldNames);
    const keys = new Map(freed.keys);
    for (const [alias, key] of aliasedKeys) keys.set(alias, freed.keys.get(key) ?? key);
    const allowed =
      denials && view
        ? filterDenied(operation, { schema: view.schema, denials, reservedKeys: fieldNames })
        : { operation, shown: operation, hidden: NO_HIDDEN_KEYS, denied: [] };
    for (const [hidden, key] of allowed.hidden) keys.set(hidden, keys.get(key) ?? key);
    const plannerOperation = view ? addTypenames(allowed.operation, view.schema) : allowed.operation;
    return {
      text: printPlannerText(flattenFragments(plannerOperation, types, selectionsMax)),
      operation: allowed.shown,
      keys: keys.size === 0 ? undefined : keys,
      labels: resolved.labels,
      denied: allowed.denied,
      hidden: new Set(allowed.hidden.keys()),
      variables: renamed.originalNames,
    };
  };
}

const NO_HIDDEN_KEYS: ReadonlyMap<string, string> = new Map();

/** What the planner reads: an object of which the conditions leave nothing is there all the same. */
function printPlannerText(operation: OperationDefinitionNode): string | undefined {
  if (operation.selectionSet.selections.length === 0) return undefined;
  const whole = withTypenames(operation);
  return print(nestingDepthOf(whole.selectionSet) > INLINE_NESTING_MAX ? extractDeepFragments(whole) : whole);
}

function renameReservedKeys(
  operation: OperationDefinitionNode,
  fields: ReadonlySet<string>,
  isReserved: (key: string, node: FieldNode) => boolean,
): { operation: OperationDefinitionNode; keys: Map<string, string> } {
  const usedKeys = responseKeysOf(operation, fields);
  const newKeys = new Map<string, string>();
  const newKeyOf = (key: string): string => {
    let newKey = newKeys.get(key);
    if (newKey === undefined) {
      newKey = `${key.replace(/^__+/, '_')}_as`;
      while (usedKeys.has(newKey)) newKey += '_';
      usedKeys.add(newKey);
      newKeys.set(key, newKey);
    }
    return newKey;
  };
  const renamed = visit(operation, {
    Field: (node) => {
      const key = responseKeyOf(node);
      if (!isReserved(key, node)) return undefined;
      return { ...node, alias: { kind: Kind.NAME, value: newKeyOf(key) } as const };
    },
  });
  return { operation: renamed, keys: new Map([...newKeys].map(([key, found]) => [found, key])) };
}

const TYPE_NAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

function withTypenames(operation: OperationDefinitionNode): OperationDefinitionNode {
  return visit(operation, {
    Field: (node) => {
      if (node.selectionSet?.selections.length !== 0) return undefined;
      return { ...node, selectionSet: { kind: Kind.SELECTION_SET, selections: [TYPE_NAME] } as const };
    },
  });
}
