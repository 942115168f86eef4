/** Root fields that name divisions. Beyond the caller's jurisdiction they are refused, and never silently narrowed. */
import { containsRegion, intersect, type Region, regionOfKey, union } from '@yiwang/schema';
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
import type { Limits } from '../../model/limits.ts';
import type { JurisdictionRule } from '../../model/supergraph/supergraph-rules.ts';
import type { ExecutionEngine, Run } from '../context.ts';

export interface ScopedField {
  readonly responseKey: string;
  readonly node: FieldNode;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly rule: JurisdictionRule;
}

type Arguments = Readonly<Record<string, unknown>>;

/** The codes that the arguments name; undefined if they name none. Throws `BAD_USER_INPUT` for a wrong number of them. */
export function namedDivisions(
  { argument, listArgument }: JurisdictionRule,
  args: Arguments,
  { divisionsAskedMax }: Pick<Limits, 'divisionsAskedMax'>,
): readonly string[] | undefined {
  const one = args[argument] ?? undefined;
  const list = listArgument === undefined ? undefined : (args[listArgument] ?? undefined);
  if (!Array.isArray(list)) return one === undefined ? undefined : [String(one)];
  if (one !== undefined)
    throw new PublicError('BAD_USER_INPUT', `"${argument}" and "${listArgument}" are both given; expected one of them`);
  if (list.length === 0 || list.length > divisionsAskedMax) {
    const message = `"${listArgument}" names ${list.length} divisions; expected 1 to ${divisionsAskedMax}`;
    throw new PublicError('BAD_USER_INPUT', message);
  }
  return list.map(String);
}

/**
 * The divisions and all below them. Throws `OUT_OF_SCOPE` with those that the caller's scope does not contain. An
 * upstream gateway has checked that: for it, what of the divisions is in scope.
 */
export function regionInScope(divisions: readonly string[], { scope, recipient }: Run): Region {
  const regions = divisions.map((division) => regionOfKey('WITHIN', division));
  if (recipient === 'gateway') return intersect(union(...regions), scope.region);
  const beyond = divisions.filter((_, index) => !containsRegion(scope.region, regions[index]!));
  // One region is the same object every time, which covers are cached by.
  if (beyond.length === 0) return regions.length === 1 ? regions[0]! : union(...regions);
  const names = beyond.map((division) => `"${division}"`).join(', ');
  const verb = beyond.length === 1 ? 'is' : 'are';
  throw new PublicError('OUT_OF_SCOPE', `${names} ${verb} beyond your jurisdiction, ${scope.division}`);
}

export function findScopedFields(operation: OperationDefinitionNode, engine: ExecutionEngine): ScopedField[] {
  const root = engine.schema.getRootType(operation.operation);
  return engine.steps.gather.fieldsOf(operation.selectionSet).flatMap((node): ScopedField[] => {
    const definition = root?.getFields()[node.name.value];
    const rule = root && engine.rules.jurisdiction(root.name, node.name.value);
    if (!definition || rule?.form !== 'WITHIN') return [];
    return [{ responseKey: responseKeyOf(node), node, definition, rule }];
  });
}

/**
 * True if the field names divisions beyond the scope, or too many. Adds the error, and writes an empty list if the field
 * is a list.
 */
export function isOutOfScope(
  { responseKey, node, definition, rule }: ScopedField,
  run: Run,
  limits: Pick<Limits, 'divisionsAskedMax'>,
): boolean {
  const args = getArgumentValues(definition, node, run.variables as Record<string, unknown>);
  try {
    const divisions = namedDivisions(rule, args, limits);
    if (divisions) regionInScope(divisions, run);
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
