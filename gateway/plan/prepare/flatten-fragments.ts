/**
 * Operation → what planners are given: of each object, its fields and one level of fragments on types that it may have, each field in it
 * once. Fragments that apply to all objects of a place are put in place, those that apply to none go, and one within another is a fragment
 * of its own on what both apply to: on object types, where no type of the supergraph stands for these alone.
 */
import {
  type FieldNode,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { PublicError } from '../../model/errors.ts';
import type { SubgraphTypes } from '../../model/supergraph/subgraph-types.ts';
import { mergeDirectives } from '../merge-directives.ts';

/** Fragments are in place, and equal fields under one key at one place. Throws `TOO_COSTLY` beyond `selectionsMax`. */
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

const TYPE_NAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

interface FlattenContext {
  readonly types: SubgraphTypes;
  possibleTypesOf(type: string): ReadonlySet<string>;
  /** Of each field and fragment that is looked at, as often as it is. */
  countSelection(): void;
}

/** Where a selection is met. */
interface FragmentScope {
  /** The types of the objects that it applies to. */
  readonly objects: ReadonlySet<string>;
  /** The type of the place, then those of the fragments around it, outermost first. */
  readonly conditions: readonly string[];
}

/** What is asked of the objects of one type condition. */
interface TypeConditionGroup {
  readonly fields: Map<string, FieldNode[]>;
  readonly deferred: InlineFragmentNode[];
}

/** `objects`: types that objects at the place may have, of those of `type`. */
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
          const key = (node.alias ?? node.name).value;
          fields.set(key, [...(fields.get(key) ?? []), node]);
        }
      } else if (node.kind === Kind.INLINE_FRAGMENT) collectFragment(node, scope);
    }
  };
  /** Of each object, the answer has what the fragments on its own type say, in their order, though the planner is asked alike for all. */
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
  const written = writeGroups(groups, type, context);
  const hasTypename = !dependsOnType || written.some((node) => node.kind !== Kind.FIELD || isTypeName(node));
  return selectionSetOf(hasTypename ? written : [...written, TYPE_NAME]);
}

/** Under its own name, by which the engine goes. */
function isTypeName({ alias, name }: FieldNode): boolean {
  return name.value === '__typename' && !alias;
}

function createGroup(): TypeConditionGroup {
  return { fields: new Map(), deferred: [] };
}

/** The types that the field is to be asked of: one that stands for just these objects and has it, or each of theirs. */
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
  // Apollo's planner loses its way where an interface is an object type, and the fragment is on another interface.
  const mustBeObjects = objects.size === 1 || types.interfaceObjects.has(conditions[0]!);
  const conditionType = mustBeObjects ? undefined : conditions.find(isExact);
  return conditionType === undefined ? [...objects] : [conditionType];
}

/** True where of all these, the type's objects are just those. */
function matchesObjects(
  possible: ReadonlySet<string>,
  objects: ReadonlySet<string>,
  all: ReadonlySet<string>,
): boolean {
  return intersect(all, possible).size === objects.size;
}

/** A deferred fragment has a label, so that it cannot be written twice: where it takes several, they stay around it. */
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
  const { typeCondition, ...plain } = onType(type, selectionSet);
  const isPlain = node.typeCondition === undefined && type === conditions[0];
  const own: InlineFragmentNode = {
    ...plain,
    ...(isPlain ? {} : { typeCondition: typeCondition! }),
    directives: node.directives ?? [],
  };
  const around = conditionTypes.length === 1 ? [] : conditions.slice(1, -1);
  return around.reduceRight((inner, condition) => onType(condition, selectionSetOf([inner])), own);
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
    selections.push(onType(condition, selectionSetOf(writeFields(own, condition, context))));
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

function onType(condition: string, selectionSet: SelectionSetNode): InlineFragmentNode {
  const typeCondition = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: condition } } as const;
  return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet };
}

function selectionSetOf(selections: readonly SelectionNode[]): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections };
}

function intersect(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  const both = new Set<string>();
  for (const one of a) if (b.has(one)) both.add(one);
  return both;
}

function createTooCostlyError(selectionsMax: number): PublicError {
  const message = `The operation comes to more than ${selectionsMax} fields and fragments once they are laid out by type; ask for less at a time.`;
  return new PublicError('TOO_COSTLY', message, { extensions: { limit: 'plannedSelectionsMax', max: selectionsMax } });
}
