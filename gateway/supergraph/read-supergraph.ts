/** The SDL of a composed supergraph → all that the gateway needs of it. The SDL is parsed here, and nowhere else. */
import { type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import type { AccessRules } from '../model/supergraph/access-rules.ts';
import type { PlanningSupergraph } from '../model/supergraph/planning-supergraph.ts';
import type { SupergraphRules } from '../model/supergraph/supergraph-rules.ts';
import { readAccessRules } from './access-rules.ts';
import { assertSupportedFeatures, readFeatures } from './features.ts';
import { readPlanning } from './planning/read-planning.ts';
import { readSupergraphRules } from './rules.ts';
import { createSupergraphSchema } from './supergraph-schema.ts';
import { assertSupported } from './unsupported.ts';
import { type ApiSchema, readApiSchema } from './views/api-schema.ts';

export interface Supergraph {
  /** False if the supergraph does not follow the standard. */
  readonly isStandard: boolean;
  /** Who serves each subgraph, and how its fields are routed and gathered. */
  readonly rules: SupergraphRules;
  /** All types, whatever views show. */
  readonly schema: GraphQLSchema;
  /** What views are made of. */
  readonly api: ApiSchema;
  /** What it requires of callers; undefined if that is nothing. */
  readonly access: AccessRules | undefined;
  readonly planning: PlanningSupergraph;
}

export interface ReadSupergraphOptions {
  /** False: scalars are what the supergraph's own subgraphs make of them. */
  readonly isStandard: boolean;
  /** Labels of `@override` that are active besides the percentages. Default: none. */
  readonly overrideLabels?: readonly string[] | undefined;
}

/** Throws an `Error` if the text is no supergraph, or requires what this gateway does not do. */
export function readSupergraph(sdl: string, { isStandard, overrideLabels = [] }: ReadSupergraphOptions): Supergraph {
  const document: DocumentNode = parse(sdl, { noLocation: true });
  const features = readFeatures(document);
  assertSupportedFeatures(features);
  assertSupported(document);
  return {
    isStandard,
    rules: readSupergraphRules(document),
    schema: createSupergraphSchema(document, isStandard),
    api: readApiSchema(document),
    access: readAccessRules(document, features),
    planning: readPlanning(sdl, document, overrideLabels),
  };
}
