/** A plugin of graphql-codegen that adds the reference resolvers of entities, as mercurius calls them. */
import { type GraphQLSchema, getNamedType, isObjectType } from 'graphql';

/** The fields of an entity that come with a reference to it. */
export interface EntityFields {
  readonly key: readonly string[];
  /** Fields of other subgraphs, which come if a field that requires them is asked for. */
  readonly external: readonly string[];
}

export interface EntitiesConfig {
  /** The entities that the module defines. */
  readonly entities: Readonly<Record<string, EntityFields>>;
  readonly contextType: string;
}

export function plugin(schema: GraphQLSchema, _documents: unknown, { entities, contextType }: EntitiesConfig): string {
  const references = Object.entries(entities).map(([name, { key, external }]) => {
    const type = schema.getType(name);
    const fields = isObjectType(type) ? type.getFields() : {};
    const scalarOf = (field: string) => `Scalars['${getNamedType(fields[field]!.type).name}']['output']`;
    const parts = [
      ...key.map((field) => `${field}: ${scalarOf(field)}`),
      ...external.map((field) => `${field}?: Maybe<${scalarOf(field)}>`),
    ];
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
