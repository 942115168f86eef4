/** Value from a platform and its field → the first place where the value does not match its type. */

import { isObject } from '@yiwang/schema';
import {
  type FieldNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { responseKeyOf } from '../kit/graphql/selections.ts';
import type { TypeMismatch } from '../model/errors.ts';
import { HIDDEN_PREFIX } from '../model/gather.ts';

export type FindTypeMismatch = (value: unknown, type: GraphQLOutputType, node: FieldNode) => TypeMismatch | undefined;

/** The finder returns undefined if all types match. A mismatch contains nothing of the value. */
export function createTypeMismatchFinder(schema: GraphQLSchema): FindTypeMismatch {
  const find: FindTypeMismatch = (value, type, node) => {
    if (isNonNullType(type)) {
      return isAbsent(value) ? { path: [], expected: String(type) } : find(value, type.ofType, node);
    }
    if (isAbsent(value)) return undefined;
    if (isListType(type)) {
      if (!Array.isArray(value)) return { path: [], expected: String(type) };
      return findFirstInList(value.entries(), (item) => find(item, type.ofType, node));
    }
    if (isLeafType(type))
      return isSerializable(() => type.serialize(value)) ? undefined : { path: [], expected: String(type) };
    if (!isObject(value)) return { path: [], expected: String(type) };
    return node.selectionSet && findIn(value, typeNameOf(value, type.name), node.selectionSet);
  };

  const findIn = (
    value: Readonly<Record<string, unknown>>,
    typeName: string,
    { selections }: SelectionSetNode,
  ): TypeMismatch | undefined => {
    const type = schema.getType(typeName);
    if (!isObjectType(type) && !isInterfaceType(type)) return undefined;
    for (const node of selections) {
      if (node.kind === Kind.FRAGMENT_SPREAD) continue;
      if (node.kind === Kind.INLINE_FRAGMENT) {
        const condition = node.typeCondition?.name.value ?? typeName;
        const mismatch = condition === typeName ? findIn(value, typeName, node.selectionSet) : undefined;
        if (mismatch) return mismatch;
        continue;
      }
      const field = type.getFields()[node.name.value];
      const key = responseKeyOf(node);
      const mismatch = field && find(value[key], field.type, node);
      // The keys of fields that the gateway added mean nothing to operators.
      const shownKey = key.startsWith(HIDDEN_PREFIX) ? node.name.value : key;
      if (mismatch) return { ...mismatch, path: [shownKey, ...mismatch.path] };
    }
    return undefined;
  };
  return find;
}

function findFirstInList(
  items: Iterable<readonly [number, unknown]>,
  find: (item: unknown) => TypeMismatch | undefined,
): TypeMismatch | undefined {
  for (const [index, item] of items) {
    const mismatch = find(item);
    if (mismatch) return { ...mismatch, path: [index, ...mismatch.path] };
  }
  return undefined;
}

function typeNameOf({ __typename }: Readonly<Record<string, unknown>>, declared: string): string {
  return typeof __typename === 'string' ? __typename : declared;
}

function isSerializable(serialize: () => unknown): boolean {
  try {
    const serialized = serialize();
    return serialized !== null && serialized !== undefined;
  } catch {
    return false;
  }
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
