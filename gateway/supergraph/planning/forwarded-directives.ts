/** Supergraph → the names of the directives in operations that are the subgraphs' to apply. */
import { type DocumentNode, Kind } from 'graphql';
import { nameOfLink, readLinks } from '../links.ts';

/**
 * Of what a field, an operation or a variable may have. A fragment is written anew by planners, and its directives are
 * for nobody.
 */
const FORWARDED_LOCATIONS = new Set(['FIELD', 'QUERY', 'MUTATION', 'VARIABLE_DEFINITION']);
/** Decided before anything is planned. */
const RESOLVED_BY_GATEWAY = new Set(['skip', 'include', 'defer']);

/**
 * Composition keeps an executable directive where all subgraphs define it alike. One that a link brings in need not be
 * known to each of them, and is for gateways.
 */
export function readForwardedDirectives(supergraph: DocumentNode): ReadonlySet<string> {
  const linkedNames = new Set(
    readLinks(supergraph).flatMap((link) => {
      if (link.directive !== 'link') return [];
      return [nameOfLink(link), ...link.imports.map(({ as }) => as.replace(/^@/, ''))];
    }),
  );
  const names = supergraph.definitions.flatMap((node) =>
    node.kind === Kind.DIRECTIVE_DEFINITION && node.locations.some(({ value }) => FORWARDED_LOCATIONS.has(value))
      ? node.name.value
      : [],
  );
  return new Set(
    names.filter((name) => !linkedNames.has(name) && !RESOLVED_BY_GATEWAY.has(name) && !name.includes('__')),
  );
}
