/** Schemas of subgraphs: read, completed from the shared definitions, printed, classified and checked. */
export { checkSchema } from './check/check-schema.ts';
export { type FindingKind, SCHEMA_RULES, type SchemaFinding, type SchemaRule } from './check/finding.ts';
export { DEFAULT_DATA_CLASS, dataClassesIn, dataClassOf } from './field-classes.ts';
export { completeSdl, definitionsOf, mergeSdl, readDirectiveDefinitions, readDocument } from './sdl.ts';
export { parseStandardSubgraphs, readStandardSubgraphs, standardSupergraphDigest } from './standard-subgraphs.ts';
export { createSubgraphSchema, printSubgraphSchema, type SubgraphSchema } from './subgraph-schema.ts';
export { WITHIN, WITHIN_ANY } from './within-any.ts';
