/**
 * Document → the same with other aliases where one is the name of a field. Planners add key fields and required fields under
 * their plain names, and neither of them looks whether the client gave such a name to something else at the same place.
 */
import { type DocumentNode, type GraphQLSchema, isInterfaceType, isObjectType, Kind, visit } from 'graphql';

export interface Protected {
  readonly document: DocumentNode;
  /** The client's alias by the one in the document; undefined where all are as they were. */
  readonly aliases: ReadonlyMap<string, string> | undefined;
}

/** `fieldNames` are those of all types of the supergraph. */
export function protectAliases(document: DocumentNode, fieldNames: ReadonlySet<string>): Protected {
  const { aliases, isInTheWay } = aliasesOf(document, fieldNames);
  if (isInTheWay.size === 0) return { document, aliases: undefined };
  const renamed = new Map<string, string>();
  const taken = new Set([...fieldNames, ...aliases]);
  for (const alias of isInTheWay) {
    let free = `${alias.replace(/^__/, '')}_as`;
    while (taken.has(free)) free += '_';
    taken.add(free);
    renamed.set(alias, free);
  }
  return {
    document: visit(document, {
      Field: (node) => {
        const free = node.alias && node.alias.value !== node.name.value && renamed.get(node.alias.value);
        return free ? { ...node, alias: { kind: Kind.NAME, value: free } } : undefined;
      },
    }),
    aliases: new Map([...renamed].map(([alias, free]) => [free, alias])),
  };
}

function aliasesOf(document: DocumentNode, fieldNames: ReadonlySet<string>) {
  const aliases = new Set<string>();
  const isInTheWay = new Set<string>();
  visit(document, {
    Field: ({ alias, name }) => {
      if (!alias || alias.value === name.value) return;
      aliases.add(alias.value);
      if (fieldNames.has(alias.value) || alias.value === '__typename') isInTheWay.add(alias.value);
    },
  });
  return { aliases, isInTheWay };
}

/** The names of all fields that objects and interfaces have. */
export function fieldNamesOf(schema: GraphQLSchema): ReadonlySet<string> {
  const names = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) || isInterfaceType(type) ? Object.keys(type.getFields()) : [],
  );
  return new Set(names);
}
