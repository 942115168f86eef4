/** Supergraph → its API schema: the definitions that clients may know, without those of composition. */
import { type DirectiveDefinitionNode, type DocumentNode, Kind, type TypeDefinitionNode } from 'graphql';
import { nameOfLink, readLinks } from '../links.ts';

/** Definitions without those of `join__`, `link__` and the like. Directives are still applied to them. */
export interface ApiSchema {
  readonly types: readonly TypeDefinitionNode[];
  /** Directives for operations. */
  readonly directives: readonly DirectiveDefinitionNode[];
  /** Of the root types. */
  readonly roots: readonly { readonly operation: string; readonly type: string }[];
}

const OPERATION_LOCATIONS = new Set([
  'QUERY',
  'MUTATION',
  'SUBSCRIPTION',
  'FIELD',
  'FRAGMENT_DEFINITION',
  'FRAGMENT_SPREAD',
  'INLINE_FRAGMENT',
  'VARIABLE_DEFINITION',
]);
const DEFAULT_ROOTS = [
  { operation: 'query', type: 'Query' },
  { operation: 'mutation', type: 'Mutation' },
  { operation: 'subscription', type: 'Subscription' },
];

export function readApiSchema(document: DocumentNode): ApiSchema {
  const { features, machinery, imports } = linksOf(document);
  const isPrefixed = (name: string): boolean => name.includes('__') && features.has(name.split('__', 1)[0]!);
  const isMachinery = (name: string): boolean => imports.has(name) || isPrefixed(name);
  const types = document.definitions.filter(isTypeDefinition).filter((type) => !isMachinery(type.name.value));
  const directives = document.definitions.filter(
    (node): node is DirectiveDefinitionNode =>
      node.kind === Kind.DIRECTIVE_DEFINITION &&
      !machinery.has(node.name.value) &&
      !isMachinery(node.name.value) &&
      node.locations.some((location) => OPERATION_LOCATIONS.has(location.value)),
  );
  return { types, directives, roots: rootsOf(document, types) };
}

interface Links {
  /** Names of specifications: of their directives, and the prefixes of the rest. */
  readonly features: ReadonlySet<string>;
  /** Those, and the directives of composition itself. Directives of other specifications may be for operations. */
  readonly machinery: ReadonlySet<string>;
  /** Types imported by name. */
  readonly imports: ReadonlySet<string>;
}

const COMPOSITION_URL = 'https://specs.apollo.dev/';

/** Names that `@link` brings in. */
function linksOf(document: DocumentNode): Links {
  const features = new Set(['join', 'link', 'core', 'federation', 'inaccessible', 'tag']);
  const machinery = new Set(features);
  const imports = new Set<string>();
  for (const link of readLinks(document)) {
    if (link.directive !== 'link') continue;
    const own = nameOfLink(link);
    const names = link.imports.map(({ as }) => as);
    if (own !== undefined) features.add(own);
    if (link.url.startsWith(COMPOSITION_URL)) {
      for (const name of [own, ...names]) if (name !== undefined) machinery.add(name.replace(/^@/, ''));
    }
    // A directive is imported with its at sign; a type of the same name is the graph's own.
    for (const name of names) {
      if (name.startsWith('@')) features.add(name.slice(1));
      else imports.add(name);
    }
  }
  return { features, machinery, imports };
}

function rootsOf(document: DocumentNode, types: readonly TypeDefinitionNode[]): ApiSchema['roots'] {
  const schema = document.definitions.find((node) => node.kind === Kind.SCHEMA_DEFINITION);
  const roots =
    schema?.kind === Kind.SCHEMA_DEFINITION
      ? schema.operationTypes.map((root) => ({ operation: root.operation as string, type: root.type.name.value }))
      : DEFAULT_ROOTS;
  const typeNames = new Set(types.map((type) => type.name.value));
  return roots.filter((root) => typeNames.has(root.type));
}

function isTypeDefinition(node: DocumentNode['definitions'][number]): node is TypeDefinitionNode {
  switch (node.kind) {
    case Kind.SCALAR_TYPE_DEFINITION:
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.UNION_TYPE_DEFINITION:
    case Kind.ENUM_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return true;
    default:
      return false;
  }
}
