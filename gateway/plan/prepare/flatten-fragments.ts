/**
 * Operation → the same operation with one level of fragments, each on a type that the objects of its place may have,
 * and with each field in it once. Fragments that apply to all objects of a place are inlined, and those that apply to
 * none are dropped. A nested fragment becomes one on the type that stands for the objects of both, or one for each
 * object type if there is no such type.
 */
import {
  type FieldNode,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { responseKeyOf } from '../../kit/graphql/selections.ts';
import { PublicError } from '../../model/errors.ts';
import type { SubgraphTypes } from '../../model/supergraph/subgraph-types.ts';
import { fragmentOn, mergeDirectives, selectionSetOf, TYPENAME } from '../selections.ts';

/**
 * Named fragments are inlined, and fields under one key at one place are equal. Throws `TOO_COSTLY` beyond
 * `selectionsMax`.
 */
export function flattenFragments(
  operation: OperationDefinitionNode,
  types: SubgraphTypes,
  selectionsMax: number,
): OperationDefinitionNode {
  const possible = new Map<string, ReadonlySet<string>>();
  const possibleTypesOf = (type: string): ReadonlySet<string> => {
    let possibleTypes = possible.get(type);
    if (!possibleTypes) {
      possibleTypes = new Set(types.possibleTypes(type));
      possible.set(type, possibleTypes);
    }
    return possibleTypes;
  };
  let selectionCount = 0;
  const countSelection = (): void => {
    if (++selectionCount > selectionsMax) throw createTooCostlyError(selectionsMax);
  };
  const root = types.rootType(operation.operation);
  const selectionSet = flattenSet([operation.selectionSet], root, possibleTypesOf(root), {
    types,
    possibleTypesOf,
    countSelection,
  });
  return { ...operation, selectionSet };
}

interface FlattenContext {
  readonly types: SubgraphTypes;
  possibleTypesOf(type: string): ReadonlySet<string>;
  /** Called for each field and fragment, as often as it is visited. */
  countSelection(): void;
}

/** The fragments around a selection. */
interface FragmentScope {
  /** The object types to which the selection applies. */
  readonly objects: ReadonlySet<string>;
  /** The type of the place, then the type conditions around the selection, outermost first. */
  readonly conditions: readonly string[];
}

/** The selections for the objects of one type condition. */
interface TypeConditionGroup {
  readonly fields: Map<string, FieldNode[]>;
  readonly deferred: InlineFragmentNode[];
}

/** `objects`: the object types of `type` that may be at the place. */
function flattenSet(
  sets: readonly SelectionSetNode[],
  type: string,
  objects: ReadonlySet<string>,
  context: FlattenContext,
): SelectionSetNode {
  const groups = new Map<string, TypeConditionGroup>([[type, createGroup()]]);
  const groupOf = (condition: string): TypeConditionGroup => {
    const group = groups.get(condition) ?? createGroup();
    groups.set(condition, group);
    return group;
  };
  const collect = ({ selections }: SelectionSetNode, scope: FragmentScope): void => {
    for (const node of selections) {
      if (node.kind === Kind.FIELD) {
        for (const condition of conditionsFor(node, scope, objects, context)) {
          context.countSelection();
          const { fields } = groupOf(condition);
          const key = responseKeyOf(node);
          fields.set(key, [...(fields.get(key) ?? []), node]);
        }
      } else if (node.kind === Kind.INLINE_FRAGMENT) collectFragment(node, scope);
    }
  };
  /** True if the response differs between object types although the planner is asked the same for all of them. */
  let dependsOnType = false;
  const collectFragment = (node: InlineFragmentNode, { objects: around, conditions }: FragmentScope): void => {
    context.countSelection();
    const condition = node.typeCondition?.name.value;
    const objectTypes = condition === undefined ? around : intersect(around, context.possibleTypesOf(condition));
    if (objectTypes.size === 0) return;
    if (condition !== undefined) dependsOnType ||= !context.types.isSubtype(type, condition);
    const scope = {
      objects: objectTypes,
      conditions: condition === undefined ? conditions : [...conditions, condition],
    };
    if (node.directives?.length) groupOf(type).deferred.push(flattenDeferred(node, scope, objects, context));
    else collect(node.selectionSet, scope);
  };
  for (const set of sets) collect(set, { objects, conditions: [type] });
  const selections = writeGroups(groups, type, context);
  const hasTypename = !dependsOnType || selections.some((node) => node.kind !== Kind.FIELD || isTypeName(node));
  return selectionSetOf(hasTypename ? selections : [...selections, TYPENAME]);
}

/** Under its own name, which the executor reads. */
function isTypeName({ alias, name }: FieldNode): boolean {
  return name.value === '__typename' && !alias;
}

function createGroup(): TypeConditionGroup {
  return { fields: new Map(), deferred: [] };
}

/**
 * The types for which the field is selected: one that stands for exactly these objects and has the field, or each
 * object type.
 */
function conditionsFor(
  field: FieldNode | undefined,
  { objects, conditions }: FragmentScope,
  all: ReadonlySet<string>,
  { types, possibleTypesOf }: FlattenContext,
): readonly string[] {
  const holder = conditions.at(-1)!;
  const isTypeName = field?.name.value === '__typename';
  const isExact = (type: string): boolean =>
    matchesObjects(possibleTypesOf(type), objects, all) && (isTypeName || types.isSubtype(type, holder));
  if (isExact(conditions[0]!)) return conditions.slice(0, 1);
  // Apollo's planner loses its way if an interface is an object type, and the fragment is on another interface.
  const mustBeObjects = objects.size === 1 || types.interfaceObjects.has(conditions[0]!);
  const conditionType = mustBeObjects ? undefined : conditions.find(isExact);
  return conditionType === undefined ? [...objects] : [conditionType];
}

/** True if the type's objects among all of these are exactly those. */
function matchesObjects(
  possible: ReadonlySet<string>,
  objects: ReadonlySet<string>,
  all: ReadonlySet<string>,
): boolean {
  return intersect(all, possible).size === objects.size;
}

/**
 * A deferred fragment has a unique label, so it cannot be written once for each type: the type conditions stay around
 * it instead.
 */
function flattenDeferred(
  node: InlineFragmentNode,
  scope: FragmentScope,
  all: ReadonlySet<string>,
  context: FlattenContext,
): InlineFragmentNode {
  const { objects, conditions } = scope;
  const conditionTypes = conditionsFor(undefined, scope, all, context);
  const type = conditionTypes.length === 1 ? conditionTypes[0]! : conditions.at(-1)!;
  const selectionSet = flattenSet([node.selectionSet], type, objects, context);
  const { typeCondition, ...plain } = fragmentOn(type, selectionSet);
  const isPlain = node.typeCondition === undefined && type === conditions[0];
  const own: InlineFragmentNode = {
    ...plain,
    ...(isPlain ? {} : { typeCondition: typeCondition! }),
    directives: node.directives ?? [],
  };
  const around = conditionTypes.length === 1 ? [] : conditions.slice(1, -1);
  return around.reduceRight((inner, condition) => fragmentOn(condition, selectionSetOf([inner])), own);
}

function writeGroups(
  groups: ReadonlyMap<string, TypeConditionGroup>,
  type: string,
  context: FlattenContext,
): SelectionNode[] {
  const common = groups.get(type)!;
  const selections: SelectionNode[] = writeFields(common.fields, type, context);
  for (const [condition, { fields }] of groups) {
    if (condition === type) continue;
    const own = new Map([...fields].filter(([key, [field]]) => field!.selectionSet || !common.fields.has(key)));
    if (own.size === 0) continue;
    selections.push(fragmentOn(condition, selectionSetOf(writeFields(own, condition, context))));
  }
  selections.push(...common.deferred);
  return selections;
}

function writeFields(fields: TypeConditionGroup['fields'], type: string, context: FlattenContext): FieldNode[] {
  return [...fields.values()].map((same): FieldNode => {
    const [field] = same.length === 1 ? same : [{ ...same[0]!, directives: mergeDirectives(same) }];
    const sets = same.flatMap(({ selectionSet }) => selectionSet ?? []);
    const below = context.types.fieldType(type, field!.name.value);
    if (sets.length === 0 || below === undefined) return field!;
    return { ...field!, selectionSet: flattenSet(sets, below, context.possibleTypesOf(below), context) };
  });
}

function intersect(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  const both = new Set<string>();
  for (const one of a) if (b.has(one)) both.add(one);
  return both;
}

function createTooCostlyError(selectionsMax: number): PublicError {
  const message = `Laid out by type, the operation has more than ${selectionsMax} fields and fragments; ask for less at a time.`;
  return new PublicError('TOO_COSTLY', message, { extensions: { limit: 'plannedSelectionsMax', max: selectionsMax } });
}
