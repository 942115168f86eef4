/** What a module's resolvers must hold, read off its generated types and the rows that it hands to its resolvers as parents. */

/** The value of a field as GraphQL's default resolver finds it on the parent. */
type ParentValue<Value> = Value extends (...args: never) => infer Result
  ? Awaited<Result>
  : Value extends undefined
    ? null
    : Value;

/** What a field's resolver comes to. Enum values are texts: the schema is what checks them as they leave. */
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

/** The resolvers that a module cannot do without: `Mappers` has the parents of its types, each under the type's name. */
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
