/** Root fields that name a division. Beyond the caller's jurisdiction they are refused, and never silently narrowed. */
import { containsRegion, intersect, type Region, regionOfKey } from '@yiwang/schema';
import {
  type FieldNode,
  type GraphQLField,
  getArgumentValues,
  getNullableType,
  isListType,
  type OperationDefinitionNode,
  print,
  visit,
} from 'graphql';
import { collectVariables } from '../../kit/graphql/collect-variables.ts';
import { responseKeyOf } from '../../kit/graphql/selections.ts';
import { PublicError } from '../../model/errors.ts';
import type { ExecutionEngine, Run } from '../context.ts';

export interface ScopedField {
  readonly responseKey: string;
  readonly node: FieldNode;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly argument: string;
}

/**
 * The division and all below it. Throws `OUT_OF_SCOPE` if the caller's scope does not contain it. An upstream gateway
 * has checked that: for it, what of the division is in scope.
 */
export function regionInScope(division: string, { scope, recipient }: Run): Region {
  const region = regionOfKey('WITHIN', division);
  if (recipient === 'gateway') return intersect(region, scope.region);
  if (containsRegion(scope.region, region)) return region;
  throw new PublicError('OUT_OF_SCOPE', `"${division}" is beyond your jurisdiction, ${scope.division}`);
}

export function findScopedFields(operation: OperationDefinitionNode, engine: ExecutionEngine): ScopedField[] {
  const root = engine.schema.getRootType(operation.operation);
  return engine.steps.gather.fieldsOf(operation.selectionSet).flatMap((node): ScopedField[] => {
    const definition = root?.getFields()[node.name.value];
    const rule = root && engine.rules.jurisdiction(root.name, node.name.value);
    if (!definition || rule?.form !== 'WITHIN') return [];
    return [{ responseKey: responseKeyOf(node), node, definition, argument: rule.argument }];
  });
}

/**
 * True if the field names a division beyond the scope. Adds the error, and writes an empty list if the field is a list.
 */
export function isOutOfScope({ responseKey, node, definition, argument }: ScopedField, run: Run): boolean {
  const division = getArgumentValues(definition, node, run.variables as Record<string, unknown>)[argument];
  if (division === undefined || division === null) return false;
  try {
    regionInScope(String(division), run);
    return false;
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    run.collector.addError(new PublicError(error.code, error.message, { path: [responseKey] }));
    if (isListType(getNullableType(definition.type))) run.tree[responseKey] = [];
    return true;
  }
}

/** The operation without these root fields, and without the variables that no other field uses. */
export function removeFields(operation: OperationDefinitionNode, removed: readonly ScopedField[]): string {
  const keys = new Set(removed.map(({ responseKey }) => responseKey));
  const remaining: OperationDefinitionNode = visit(operation, {
    Field: (node) => (keys.has(responseKeyOf(node)) ? null : false),
  });
  const usedNames = collectVariables(remaining.selectionSet);
  const variableDefinitions = (remaining.variableDefinitions ?? []).filter(({ variable }) =>
    usedNames.has(variable.name.value),
  );
  return print({ ...remaining, variableDefinitions });
}
