/** Root fields that name a division: beyond the caller's jurisdiction they are refused, and never silently narrowed. */
import { covers, intersect, type Region, regionOfKey } from '@yiwang/schema';
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
import { variablesIn } from '../kit/variables-in.ts';
import { PublicError } from '../model/errors.ts';
import type { Engine, Run } from './context.ts';

export interface BoundedField {
  readonly responseKey: string;
  readonly node: FieldNode;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly argument: string;
}

/** The division and all below it; for a gateway above, which has bounded it, what of that is in reach. Throws `OUT_OF_SCOPE`. */
export function boundedRegion(division: string, { reach, form }: Run): Region {
  const region = regionOfKey('WITHIN', division);
  if (form === 'relay') return intersect(region, reach.region);
  if (covers(reach.region, region)) return region;
  throw new PublicError('OUT_OF_SCOPE', `"${division}" is beyond your jurisdiction, ${reach.division}`);
}

export function boundedFields(operation: OperationDefinitionNode, engine: Engine): BoundedField[] {
  const root = engine.schema.getRootType(operation.operation);
  return engine.steps.gather.fieldsOf(operation.selectionSet).flatMap((node): BoundedField[] => {
    const definition = root?.getFields()[node.name.value];
    const rule = root && engine.rules.jurisdiction(root.name, node.name.value);
    if (!definition || rule?.form !== 'WITHIN') return [];
    return [{ responseKey: node.alias?.value ?? node.name.value, node, definition, argument: rule.argument }];
  });
}

/** True when the field names a division beyond the scope: that is on the ledger then, and a list is empty. */
export function isRefused({ responseKey, node, definition, argument }: BoundedField, run: Run): boolean {
  const division = getArgumentValues(definition, node, run.variables as Record<string, unknown>)[argument];
  if (division === undefined || division === null) return false;
  try {
    boundedRegion(String(division), run);
    return false;
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    run.ledger.error(new PublicError(error.code, error.message, { path: [responseKey] }));
    if (isListType(getNullableType(definition.type))) run.tree[responseKey] = [];
    return true;
  }
}

/** The operation without these root fields, and without the variables that no other field uses. */
export function withoutFields(operation: OperationDefinitionNode, refused: readonly BoundedField[]): string {
  const keys = new Set(refused.map(({ responseKey }) => responseKey));
  const kept: OperationDefinitionNode = visit(operation, {
    Field: (node) => (keys.has(node.alias?.value ?? node.name.value) ? null : false),
  });
  const used = variablesIn(kept.selectionSet);
  const variableDefinitions = (kept.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value));
  return print({ ...kept, variableDefinitions });
}
