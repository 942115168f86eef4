/** Supergraph → the names of the directives in operations that are the subgraphs' to apply. */
import { type DirectiveNode, type DocumentNode, Kind, valueFromASTUntyped } from 'graphql';

/** Of what a field, an operation or a variable may have. A fragment is written anew by planners, and its directives are for nobody. */
const FORWARDED_LOCATIONS = new Set(['FIELD', 'QUERY', 'MUTATION', 'VARIABLE_DEFINITION']);
/** Decided before anything is planned. */
const RESOLVED_BY_GATEWAY = new Set(['skip', 'include', 'defer']);

/**
 * Composition keeps an executable directive where all subgraphs define it alike. One that a link brings in need not be known to
 * each of them, and is for gateways.
 */
export function readForwardedDirectives(supergraph: DocumentNode): ReadonlySet<string> {
  const linkedNames = new Set<string>();
  for (const node of supergraph.definitions) {
    if (node.kind !== Kind.SCHEMA_DEFINITION && node.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const applied of node.directives ?? []) for (const name of directivesOfLink(applied)) linkedNames.add(name);
  }
  const names = supergraph.definitions.flatMap((node) =>
    node.kind === Kind.DIRECTIVE_DEFINITION && node.locations.some(({ value }) => FORWARDED_LOCATIONS.has(value))
      ? node.name.value
      : [],
  );
  return new Set(
    names.filter((name) => !linkedNames.has(name) && !RESOLVED_BY_GATEWAY.has(name) && !name.includes('__')),
  );
}

/** The directives that a `@link` brings in: that of its own name, and those that it imports. */
function directivesOfLink({ name, arguments: args = [] }: DirectiveNode): string[] {
  if (name.value !== 'link') return [];
  const argument = (key: string): unknown => {
    const found = args.find((one) => one.name.value === key);
    return found && valueFromASTUntyped(found.value);
  };
  const own = String(argument('as') ?? String(argument('url')).split('/').at(-2));
  const imports = argument('import');
  const imported = (Array.isArray(imports) ? imports : []).map((entry: unknown) => {
    const { name: original, as = original } = typeof entry === 'string' ? { name: entry } : Object(entry);
    return String(as).replace(/^@/, '');
  });
  return [own, ...imported];
}
