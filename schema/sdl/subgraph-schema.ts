/** A module's schema file → a subgraph schema that stands alone. Platforms are built from it and checked against it. */
import { type DefinitionNode, type DocumentNode, Kind, print } from 'graphql';
import { isForeignEntity, toEntityStub } from './entity-stub.ts';
import { completeSdl, definitionsOf, readDirectiveDefinitions } from './sdl.ts';

const STANDARD_DIRECTIVES = ['@jurisdiction', '@partitioned', '@gather', '@classified', '@masked', '@groups'];

/** The links of every subgraph: to Federation 2, and to the standard, whose directives composition keeps. */
export const SUBGRAPH_LINKS = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@external", "@requires", "@composeDirective"])
  @link(url: "https://yiwang.dev/standard/v1.0", import: [${STANDARD_DIRECTIVES.map((name) => `"${name}"`).join(', ')}, "Gather", "DataClass", "Mask", "JurisdictionForm"])
${STANDARD_DIRECTIVES.map((name) => `  @composeDirective(name: "${name}")`).join('\n')}`;

export interface SubgraphSchema {
  /** The module's definitions, and the shared ones that they reach; entities of other subgraphs are stubs. */
  readonly document: DocumentNode;
  /** Names of the stubs: a platform refers to these entities by their keys and resolves nothing of them. */
  readonly stubs: ReadonlySet<string>;
}

export function createSubgraphSchema(module: DocumentNode): SubgraphSchema {
  const ownNames = new Set(definitionsOf(module).map(([name]) => name));
  const stubs = new Set<string>();
  const definitions = definitionsOf(completeSdl(module)).map(([name, definition]): DefinitionNode => {
    if (isForeignEntity(definition)) stubs.add(name);
    if (ownNames.has(name)) return definition;
    const stub = toEntityStub(definition);
    if (stub !== definition) stubs.add(name);
    return stub;
  });
  return { document: { kind: Kind.DOCUMENT, definitions }, stubs };
}

/** The text of one file: links, the definitions of the standard's directives, and the schema. */
export function printSubgraphSchema(module: DocumentNode): string {
  const { document } = createSubgraphSchema(module);
  return [SUBGRAPH_LINKS, print(readDirectiveDefinitions()), print(document)].join('\n\n').concat('\n');
}
