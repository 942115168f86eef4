/** Bounds pages, lists among arguments, and the rows that nested lists multiply to. */
import { GROUPS_MAX } from '@yiwang/schema';
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { responseKeyOf } from '../../kit/graphql/selections.ts';
import type { Path, PublicError } from '../../model/errors.ts';
import type { Limits } from '../../model/limits.ts';
import type { Dimensions } from '../../model/supergraph/supergraph-rules.ts';
import { createLimitError } from './check-shape.ts';

export interface ListCheck {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly limits: Limits;
  /** What statistics are grouped by, with about how many groups each value makes. */
  readonly dimensions: Dimensions;
}

/** Arguments with the number of rows. */
const SIZE_ARGUMENTS = ['first', 'top'];

/** A page of which several lists are selected: each of them repeats its rows. */
interface PageLists {
  /** Response keys of the lists that are counted. The first is counted with the page. */
  readonly lists: Set<string>;
}

/** `_entities` has as many items as representations, which are bounded as variables. */
const ENTITIES_FIELD = '_entities';

/**
 * Counts the rows that lists may have: the requested number, those of a page for each of its lists, the groups of a
 * statistic, or `listSizeAssumed` if nothing is said. Visits fields with fragments inlined, as many as `fieldsMax`.
 */
export function checkLists({ schema, document, operation, variables, limits, dimensions }: ListCheck): PublicError[] {
  const errors: PublicError[] = [];
  const fragments = fragmentsOf(document);
  let rows = 0;
  let widestPath: Path = [];
  let rowsMost = 0;

  const count = (counted: number, path: Path): void => {
    rows += counted;
    if (counted <= rowsMost) return;
    rowsMost = counted;
    widestPath = path;
  };

  const walk: Walk = (type, selectionSet, factor, path, page) => {
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        walkField(type, selection, factor, [...path, responseKeyOf(selection)], page);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      const condition = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value);
      if (fragment) walk(isCompositeType(condition) ? condition : type, fragment.selectionSet, factor, path, page);
    }
  };

  const walkField = (
    type: GraphQLCompositeType,
    node: FieldNode,
    factor: number,
    path: Path,
    page: PageLists | undefined,
  ): void => {
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
    if (field === undefined) return;
    const values = getArgumentValues(field, node, variables);
    errors.push(...checkInputs(values, path, limits), ...checkSizes(values, path, limits));
    const below = getNamedType(field.type);
    if (!node.selectionSet || !isCompositeType(below)) return;
    const isList = isListType(getNullableType(field.type));
    const isSized = field.args.some(({ name }) => SIZE_ARGUMENTS.includes(name));
    if (isList && page) {
      // The page is counted already.
      if (page.lists.size > 0 && !page.lists.has(String(path.at(-1)))) count(factor, path);
      page.lists.add(String(path.at(-1)));
      walk(below, node.selectionSet, factor, path, undefined);
    } else if (isSized || (isList && field.name !== ENTITIES_FIELD)) {
      const groups = groupsOf(field, values, dimensions);
      const size = sizeOf(values) ?? groups ?? limits.listSizeAssumed;
      // A platform makes all groups before it cuts them.
      count(factor * Math.max(size, groups ?? 0), path);
      walk(below, node.selectionSet, factor * size, path, isList ? undefined : { lists: new Set() });
    } else walk(below, node.selectionSet, factor, path, undefined);
  };

  const root = schema.getRootType(operation.operation);
  if (root) walk(root, operation.selectionSet, 1, [], undefined);
  if (rows > limits.rowsMax) errors.push(createTooManyRowsError(rows, widestPath, limits));
  return errors;
}

type Walk = (
  type: GraphQLCompositeType,
  selectionSet: SelectionSetNode,
  factor: number,
  path: Path,
  page: PageLists | undefined,
) => void;

/** Undefined without a size. At least 1, since the objects around an empty list are there. */
function sizeOf(values: Readonly<Record<string, unknown>>): number | undefined {
  const sizes = SIZE_ARGUMENTS.flatMap((name) => (typeof values[name] === 'number' ? [Math.max(values[name], 1)] : []));
  return sizes.length === 0 ? undefined : sizes.reduce((product, size) => product * size, 1);
}

/** The number of groups of a statistic, at most as many as a platform returns; undefined for other lists. */
function groupsOf(
  { args }: GraphQLField<unknown, unknown>,
  values: Readonly<Record<string, unknown>>,
  dimensions: Dimensions,
): number | undefined {
  for (const { name, type } of args) {
    const sizes = dimensions.get(getNamedType(type).name);
    if (!sizes) continue;
    const dimensionValues = Array.isArray(values[name]) ? [...new Set<unknown>(values[name])] : [];
    return dimensionValues.reduce(
      (product: number, value) => Math.min(product * (sizes.get(String(value)) ?? 1), GROUPS_MAX),
      1,
    );
  }
  return undefined;
}

function checkSizes(values: Readonly<Record<string, unknown>>, path: Path, limits: Limits): PublicError[] {
  return SIZE_ARGUMENTS.flatMap((name) => {
    const size = values[name];
    return typeof size === 'number' ? (checkSize(name, size, path, limits) ?? []) : [];
  });
}

function checkSize(name: string, size: number, path: Path, limits: Limits): PublicError | undefined {
  if (size >= 0 && size <= limits.listSizeMax) return undefined;
  return createLimitError({
    code: 'BAD_USER_INPUT',
    limit: 'listSizeMax',
    value: size,
    max: limits.listSizeMax,
    message: `The argument "${name}" of ${path.join('.')} is ${size}; expected 0 to ${limits.listSizeMax}.`,
    path,
  });
}

function checkInputs(values: Readonly<Record<string, unknown>>, path: Path, limits: Limits): PublicError[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const items = longestList(value);
    if (items <= limits.inputItemsMax) return [];
    const message = `A list in the argument "${name}" of ${path.join('.')} has ${items} items; at most ${limits.inputItemsMax} are allowed.`;
    return [
      createLimitError({
        code: 'BAD_USER_INPUT',
        limit: 'inputItemsMax',
        value: items,
        max: limits.inputItemsMax,
        message,
        path,
      }),
    ];
  });
}

function longestList(value: unknown): number {
  if (Array.isArray(value)) return Math.max(value.length, ...value.slice(0, 1_000).map(longestList));
  if (typeof value === 'object' && value !== null) return Math.max(0, ...Object.values(value).map(longestList));
  return 0;
}

function createTooManyRowsError(rows: number, path: Path, limits: Limits): PublicError {
  return createLimitError({
    limit: 'rowsMax',
    value: rows,
    max: limits.rowsMax,
    message: [
      `The nested lists of the operation may have ${rows} rows; at most ${limits.rowsMax} are allowed.`,
      'Ask for smaller pages with "first", or for groups by fewer dimensions.',
    ].join(' '),
    path,
  });
}

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  return fragments;
}
