/** Supergraph → the names of directives in operations that subgraphs apply. */
import { type DocumentNode, Kind } from 'graphql';
import { nameOfLink, readLinks } from '../links.ts';

/** Locations of forwarded directives. Planners write fragments anew, so directives on fragments go to nobody. */
const FORWARDED_LOCATIONS = new Set(['FIELD', 'QUERY', 'MUTATION', 'VARIABLE_DEFINITION']);
/** The gateway applies them before planning. */
const RESOLVED_BY_GATEWAY = new Set(['skip', 'include', 'defer']);

/**
 * Composition keeps an executable directive if all subgraphs define it alike. A directive that `@link` brings in is for
 * gateways: subgraphs need not know it.
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
