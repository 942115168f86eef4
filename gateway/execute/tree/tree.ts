/** The tree that answers are written into, and how the types of its objects are compared. */

export type TreeObject = Record<string, unknown>;

/** True if an object of this type satisfies a fragment on that type. */
export type TypeTest = (typename: string, condition: string) => boolean;

export function matchesType(value: TreeObject, names: readonly string[], isType: TypeTest): boolean {
  const typename = value.__typename;
  return typeof typename !== 'string' || names.some((name) => name === typename || isType(typename, name));
}
