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
import { PublicError } from '../model/errors.ts';
import { directivesOf } from './directives-of.ts';
import type { SubgraphTypes } from './subgraph-types.ts';

/** Fragments are in place, and equal fields under one key at one place. Throws `TOO_COSTLY` beyond `selectionsMax`. */
export function flattenFragments(
  operation: OperationDefinitionNode,
  types: SubgraphTypes,
  selectionsMax: number,
): OperationDefinitionNode {
  const possible = new Map<string, ReadonlySet<string>>();
  const possibleOf = (type: string): ReadonlySet<string> => {
    let found = possible.get(type);
    if (!found) {
      found = new Set(types.possibleTypes(type));
      possible.set(type, found);
    }
    return found;
  };
  let selections = 0;
  const count = (): void => {
    if (++selections > selectionsMax) throw tooMany(selectionsMax);
  };
  const root = types.rootType(operation.operation);
  const selectionSet = flattenSet([operation.selectionSet], root, possibleOf(root), { types, possibleOf, count });
  return { ...operation, selectionSet };
}

const TYPE_NAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

interface Flattening {
  readonly types: SubgraphTypes;
  possibleOf(type: string): ReadonlySet<string>;
  /** Of each field and fragment that is looked at, as often as it is. */
  count(): void;
}

/** Where a selection is met. */
interface Within {
  /** The types of the objects that it applies to. */
  readonly objects: ReadonlySet<string>;
  /** The type of the place, then those of the fragments around it, outermost first. */
  readonly conditions: readonly string[];
}

/** What is asked of the objects of one type condition. */
interface Group {
  readonly fields: Map<string, FieldNode[]>;
  readonly deferred: InlineFragmentNode[];
}

/** `objects`: types that objects at the place may have, of those of `type`. */
function flattenSet(
  sets: readonly SelectionSetNode[],
  type: string,
  objects: ReadonlySet<string>,
  flattening: Flattening,
): SelectionSetNode {
  const groups = new Map<string, Group>([[type, createGroup()]]);
  const groupOf = (condition: string): Group => {
    const group = groups.get(condition) ?? createGroup();
    groups.set(condition, group);
    return group;
  };
  const collect = ({ selections }: SelectionSetNode, within: Within): void => {
    for (const node of selections) {
      if (node.kind === Kind.FIELD) {
        for (const condition of conditionsFor(node, within, objects, flattening)) {
          flattening.count();
          const { fields } = groupOf(condition);
          const key = (node.alias ?? node.name).value;
          fields.set(key, [...(fields.get(key) ?? []), node]);
        }
      } else if (node.kind === Kind.INLINE_FRAGMENT) collectFragment(node, within);
    }
  };
  /** Of each object, the answer has what the fragments on its own type say, in their order, though the planner is asked alike for all. */
  let tellsTypes = false;
  const collectFragment = (node: InlineFragmentNode, { objects: around, conditions }: Within): void => {
    flattening.count();
    const condition = node.typeCondition?.name.value;
    const own = condition === undefined ? around : intersect(around, flattening.possibleOf(condition));
    if (own.size === 0) return;
    if (condition !== undefined) tellsTypes ||= !flattening.types.isSubtype(type, condition);
    const within = { objects: own, conditions: condition === undefined ? conditions : [...conditions, condition] };
    if (node.directives?.length) groupOf(type).deferred.push(deferredIn(node, within, objects, flattening));
    else collect(node.selectionSet, within);
  };
  for (const set of sets) collect(set, { objects, conditions: [type] });
  const written = writeGroups(groups, type, flattening);
  const isTold = !tellsTypes || written.some((node) => node.kind !== Kind.FIELD || isTypeName(node));
  return holding(isTold ? written : [...written, TYPE_NAME]);
}

/** Under its own name, by which the engine goes. */
function isTypeName({ alias, name }: FieldNode): boolean {
  return name.value === '__typename' && !alias;
}

function createGroup(): Group {
  return { fields: new Map(), deferred: [] };
}

/** The types that the field is to be asked of: one that stands for just these objects and has it, or each of theirs. */
function conditionsFor(
  field: FieldNode | undefined,
  { objects, conditions }: Within,
  all: ReadonlySet<string>,
  { types, possibleOf }: Flattening,
): readonly string[] {
  const holder = conditions.at(-1)!;
  const isTypeName = field?.name.value === '__typename';
  const stands = (type: string): boolean =>
    covers(possibleOf(type), objects, all) && (isTypeName || types.isSubtype(type, holder));
  if (stands(conditions[0]!)) return conditions.slice(0, 1);
  // Apollo's planner loses its way where an interface is an object type, and the fragment is on another interface.
  const mustBeObjects = objects.size === 1 || types.interfaceObjects.has(conditions[0]!);
  const found = mustBeObjects ? undefined : conditions.find(stands);
  return found === undefined ? [...objects] : [found];
}

/** True where of all these, the type's objects are just those. */
function covers(possible: ReadonlySet<string>, objects: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  return intersect(all, possible).size === objects.size;
}

/** A deferred fragment has a label, so that it cannot be written twice: where it takes several, they stay around it. */
function deferredIn(
  node: InlineFragmentNode,
  within: Within,
  all: ReadonlySet<string>,
  flattening: Flattening,
): InlineFragmentNode {
  const { objects, conditions } = within;
  const found = conditionsFor(undefined, within, all, flattening);
  const type = found.length === 1 ? found[0]! : conditions.at(-1)!;
  const selectionSet = flattenSet([node.selectionSet], type, objects, flattening);
  const { typeCondition, ...plain } = on(type, selectionSet);
  const isPlain = node.typeCondition === undefined && type === conditions[0];
  const own: InlineFragmentNode = {
    ...plain,
    ...(isPlain ? {} : { typeCondition: typeCondition! }),
    directives: node.directives ?? [],
  };
  const around = found.length === 1 ? [] : conditions.slice(1, -1);
  return around.reduceRight((inner, condition) => on(condition, holding([inner])), own);
}

function writeGroups(groups: ReadonlyMap<string, Group>, type: string, flattening: Flattening): SelectionNode[] {
  const common = groups.get(type)!;
  const selections: SelectionNode[] = writeFields(common.fields, type, flattening);
  for (const [condition, { fields }] of groups) {
    if (condition === type) continue;
    const own = new Map([...fields].filter(([key, [field]]) => field!.selectionSet || !common.fields.has(key)));
    if (own.size === 0) continue;
    selections.push(on(condition, holding(writeFields(own, condition, flattening))));
  }
  selections.push(...common.deferred);
  return selections;
}

function writeFields(fields: Group['fields'], type: string, flattening: Flattening): FieldNode[] {
  return [...fields.values()].map((same): FieldNode => {
    const [field] = same.length === 1 ? same : [{ ...same[0]!, directives: directivesOf(same) }];
    const sets = same.flatMap(({ selectionSet }) => selectionSet ?? []);
    const below = flattening.types.typeIn(type, field!.name.value);
    if (sets.length === 0 || below === undefined) return field!;
    return { ...field!, selectionSet: flattenSet(sets, below, flattening.possibleOf(below), flattening) };
  });
}

function on(condition: string, selectionSet: SelectionSetNode): InlineFragmentNode {
  const typeCondition = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: condition } } as const;
  return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet };
}

function holding(selections: readonly SelectionNode[]): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections };
}

function intersect(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  const both = new Set<string>();
  for (const one of a) if (b.has(one)) both.add(one);
  return both;
}

function tooMany(selectionsMax: number): PublicError {
  const message = `The operation comes to more than ${selectionsMax} fields and fragments once they are laid out by type; ask for less at a time.`;
  return new PublicError('TOO_COSTLY', message, { extensions: { limit: 'plannedSelectionsMax', max: selectionsMax } });
}
