/** Validated operation and its variables → refusals of pages that are too long, and of pages within pages that multiply. */
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Path, PublicError } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import { refuse } from './bounds.ts';

export interface Lists {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly limits: Limits;
}

/** Arguments that say how many rows are wanted. */
const SIZES = ['first', 'top'];

/** Walks the fields, fragments spread out: `fieldsMax` bounds it. */
export function checkLists({ schema, document, operation, variables, limits }: Lists): PublicError[] {
  const faults: PublicError[] = [];
  let rows = 0;
  let widest: Path = [];
  let most = 0;

  const walk = (type: GraphQLCompositeType, selectionSet: SelectionSetNode, factor: number, path: Path): void => {
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        walkField(type, selection, factor, [...path, (selection.alias ?? selection.name).value]);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragmentOf(document, selection.name.value);
      const condition = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value);
      if (fragment) walk(isCompositeType(condition) ? condition : type, fragment.selectionSet, factor, path);
    }
  };

  const walkField = (type: GraphQLCompositeType, node: FieldNode, factor: number, path: Path): void => {
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
    if (field === undefined) return;
    const values = getArgumentValues(field, node, variables);
    faults.push(...checkInputs(values, path, limits));
    let next = factor;
    for (const name of SIZES) {
      const size = values[name];
      if (typeof size !== 'number') continue;
      const fault = checkSize(name, size, path, limits);
      if (fault) faults.push(fault);
      next *= Math.max(size, 1);
    }
    if (next !== factor) {
      rows += next;
      if (next > most) {
        most = next;
        widest = path;
      }
    }
    const below = getNamedType(field.type);
    if (node.selectionSet && isCompositeType(below)) walk(below, node.selectionSet, next, path);
  };

  const root = schema.getRootType(operation.operation);
  if (root) walk(root, operation.selectionSet, 1, []);
  if (rows > limits.rowsMax) faults.push(tooManyRows(rows, widest, limits));
  return faults;
}

function checkSize(name: string, size: number, path: Path, limits: Limits): PublicError | undefined {
  if (size >= 0 && size <= limits.listSizeMax) return undefined;
  return refuse({
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
      refuse({
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

function tooManyRows(rows: number, path: Path, limits: Limits): PublicError {
  return refuse({
    limit: 'rowsMax',
    value: rows,
    max: limits.rowsMax,
    message: `The pages of the operation, one within the other, may come to ${rows} rows; at most ${limits.rowsMax} are allowed. Ask for smaller pages with "first".`,
    path,
  });
}

function fragmentOf(document: DocumentNode, name: string) {
  return document.definitions.find((node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name) as
    | { typeCondition: { name: { value: string } }; selectionSet: SelectionSetNode }
    | undefined;
}
