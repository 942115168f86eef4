/**
 * What a module's resolvers must hold, read off its generated types and the rows that it hands to its resolvers as
 * parents.
 */

/** The value of a field as GraphQL's default resolver finds it on the parent. */
type ParentValue<Value> = Value extends (...args: never) => infer Result
  ? Awaited<Result>
  : Value extends undefined
    ? null
    : Value;

/** The result of a field's resolver. Enum values are strings: the schema checks them on the way out. */
type ResolverResult<Field> = Field extends (...args: never) => infer Given ? WidenStrings<Awaited<Given>> : never;
type WidenStrings<Value> = Value extends string
  ? string
  : Value extends readonly (infer Item)[]
    ? readonly WidenStrings<Item>[]
    : Value;

/** The fields of a type that its parent does not have, or has as something else. */
type UnresolvedFields<Fields, Parent> = {
  [Name in keyof Fields]-?: Name extends keyof Parent
    ? ParentValue<Parent[Name]> extends ResolverResult<NonNullable<Fields[Name]>>
      ? never
      : Name
    : Name;
}[keyof Fields];

/** The resolvers that a module must have. `Mappers` has the parent of each of its types by name. */
export type RequiredResolvers<Resolvers, Mappers> = {
  [Type in keyof Mappers & keyof Resolvers as [UnresolvedFields<NonNullable<Resolvers[Type]>, Mappers[Type]>] extends [
    never,
  ]
    ? never
    : Type]: Required<
    Pick<
      NonNullable<Resolvers[Type]>,
      UnresolvedFields<NonNullable<Resolvers[Type]>, Mappers[Type]> & keyof NonNullable<Resolvers[Type]>
    >
  >;
};
