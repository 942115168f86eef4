/**
 * Validated operation → the operation that planners are given: one tree with conditions resolved, one level of
 * fragments, and no response key that planners or the executor use themselves. Planners fetch key fields and required
 * fields under their plain names whatever the client has there, and go wrong if a required field depends on a
 * condition.
 */
import {
  type FieldNode,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  print,
  type ValueNode,
  visit,
} from 'graphql';
import { responseKeyOf } from '../../kit/graphql/selections.ts';
import type { Path } from '../../model/errors.ts';
import { DEFAULT_LIMITS, type Limits } from '../../model/limits.ts';
import type { Denials } from '../../model/supergraph/access-rules.ts';
import type { PlanningSupergraph } from '../../model/supergraph/planning-supergraph.ts';
import type { ValidatedOperation, View } from '../../model/validated-operation.ts';
import { selectionSetOf, TYPENAME } from '../selections.ts';
import { createAddTypenames } from './add-typenames.ts';
import { aliasConflictingFields } from './alias-conflicting-fields.ts';
import { extractDeepFragments, nestingDepthOf } from './extract-fragments.ts';
import { filterDenied } from './filter-denied.ts';
import { flattenFragments } from './flatten-fragments.ts';
import { inlinedVariables, inlineValues, readGroupVariables } from './inline-group-arguments.ts';
import { renameReservedVariables } from './rename-variables.ts';
import { resolveConditions } from './resolve-conditions.ts';
import { responseKeysOf } from './response-keys.ts';

export interface PreparedOperation {
  /** For planners; undefined if nothing is left to fetch. */
  readonly text: string | undefined;
  /** For the client. */
  readonly operation: OperationDefinitionNode;
  /** The client's response key by the key in `operation`; undefined if all keys are the client's. */
  readonly keys: ReadonlyMap<string, string> | undefined;
  /** The client's label of a deferred fragment by the label in `operation`; undefined if the client gave none. */
  readonly labels: ReadonlyMap<string, string | undefined>;
  /** Places of denied fields, by the response keys of `operation`. They are not in `text`. */
  readonly denied: readonly Path[];
  /** Response keys of denied fields, under which nothing comes. */
  readonly hidden: ReadonlySet<string>;
  /** The client's variable names by those in `operation`, if they differ. */
  readonly variables: ReadonlyMap<string, string>;
}

/**
 * `isIncremental` keeps `@defer`. Default: the operation is planned whole. Without a view the client sees all types of
 * the supergraph.
 */
export type OperationToPrepare = Pick<
  ValidatedOperation,
  'document' | 'operationName' | 'coerced' | 'isIncremental'
> & {
  readonly view?: Pick<View, 'schema'>;
};

/** `denials`: what of the view the caller may not ask for. */
export type PrepareOperation = (operation: OperationToPrepare, denials?: Denials) => PreparedOperation;

/** Of a text without named fragments. The Rust planner reads 50 levels, values of arguments included. */
const INLINE_NESTING_MAX = 40;

export function createPrepareOperation(
  { types, fieldNames, requiredNames, forwardedDirectives, groupFields }: PlanningSupergraph,
  limits: Pick<Limits, 'fieldsMax' | 'fragmentsMax' | 'plannedSelectionsMax'> = DEFAULT_LIMITS,
): PrepareOperation {
  const selectionsMax = Math.max(limits.plannedSelectionsMax, limits.fieldsMax + limits.fragmentsMax);
  const addTypenames = createAddTypenames(types);
  /** True for a key that a planner or the executor may use for something else, or that every object inherits. */
  const isReserved = (key: string, { name, arguments: args }: FieldNode): boolean => {
    if (key in Object.prototype) return true;
    // With arguments the field may differ from the required one, which comes under the same name.
    if (key === name.value) return args !== undefined && args.length > 0 && requiredNames.has(key);
    return key.startsWith('__') || fieldNames.has(key);
  };
  const inlineGroupArguments = (
    { document, operationName, coerced }: Omit<OperationToPrepare, 'view'>,
    { schema }: Pick<View, 'schema'>,
  ) => {
    const operation = getOperationAST(document, operationName);
    const names = inlinedVariables(readGroupVariables(document, groupFields), coerced, groupFields);
    return operation && names.length > 0 ? inlineValues(operation, names, { variables: coerced, schema }) : NO_VALUES;
  };
  return ({ document, operationName, coerced, view, isIncremental = false }, denials) => {
    const inlined = view ? inlineGroupArguments({ document, operationName, coerced }, view) : NO_VALUES;
    const conditions = { variables: coerced, isIncremental, forwardedDirectives, inlined };
    const resolved = resolveConditions(document, operationName, conditions);
    const renamed = renameReservedVariables(resolved.operation);
    const freed = renameReservedKeys(renamed.operation, fieldNames, isReserved);
    const { operation, originalKeys: aliasedKeys } = aliasConflictingFields(freed.operation, fieldNames);
    const keys = new Map(freed.keys);
    for (const [alias, key] of aliasedKeys) keys.set(alias, freed.keys.get(key) ?? key);
    const filtered =
      denials && view
        ? filterDenied(operation, { schema: view.schema, denials, reservedKeys: fieldNames })
        : { operation, clientOperation: operation, hiddenKeys: NO_HIDDEN_KEYS, deniedPaths: [] };
    for (const [hiddenKey, key] of filtered.hiddenKeys) keys.set(hiddenKey, keys.get(key) ?? key);
    const plannerOperation = view ? addTypenames(filtered.operation, view.schema) : filtered.operation;
    return {
      text: printPlannerText(flattenFragments(plannerOperation, types, selectionsMax)),
      operation: filtered.clientOperation,
      keys: keys.size === 0 ? undefined : keys,
      labels: resolved.labels,
      denied: filtered.deniedPaths,
      hidden: new Set(filtered.hiddenKeys.keys()),
      variables: renamed.originalNames,
    };
  };
}

const NO_VALUES: ReadonlyMap<string, ValueNode> = new Map();
const NO_HIDDEN_KEYS: ReadonlyMap<string, string> = new Map();

/** An object is fetched with its type if conditions leave none of its fields. */
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
  return { operation: renamed, keys: new Map([...newKeys].map(([key, newKey]) => [newKey, key])) };
}

function withTypenames(operation: OperationDefinitionNode): OperationDefinitionNode {
  return visit(operation, {
    Field: (node) => {
      if (node.selectionSet?.selections.length !== 0) return undefined;
      return { ...node, selectionSet: selectionSetOf([TYPENAME]) };
    },
  });
}
