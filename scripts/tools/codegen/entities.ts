/** A plugin of graphql-codegen that adds the reference resolvers of entities, as mercurius calls them. */
import { type GraphQLSchema, getNamedType, isObjectType } from 'graphql';

export interface EntitiesConfig {
  /** The entities that the module defines, each with the fields of its key. */
  readonly entities: Readonly<Record<string, readonly string[]>>;
  readonly contextType: string;
}

export function plugin(schema: GraphQLSchema, _documents: unknown, { entities, contextType }: EntitiesConfig): string {
  const references = Object.entries(entities).map(([name, key]) => {
    const type = schema.getType(name);
    const fields = isObjectType(type) ? type.getFields() : {};
    const parts = key.map((field) => `${field}: Scalars['${getNamedType(fields[field]!.type).name}']['output']`);
    return `export type ${name}Reference = { readonly __typename: '${name}'; ${parts.map((part) => `readonly ${part};`).join(' ')} };`;
  });
  const resolvers = Object.keys(entities).map(
    (name) =>
      `  ${name}: { __resolveReference: Resolver<Maybe<ResolversTypes['${name}']>, ${name}Reference, ${contextType}> };`,
  );
  resolvers.unshift('  Query: Required<QueryResolvers>;');
  return [
    ...references,
    `export type ModuleResolvers = Resolvers & RequiredResolvers<Resolvers, Mappers> & {\n${resolvers.join('\n')}\n};`,
  ].join('\n\n');
}
