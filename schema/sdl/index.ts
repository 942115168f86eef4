/** Schemas of subgraphs: read, completed from the shared definitions, printed, classified and checked. */
export { checkSchema, type SchemaFinding } from './check-schema.ts';
export { DEFAULT_DATA_CLASS, dataClassesIn, dataClassOf } from './field-classes.ts';
export { completeSdl, definitionsOf, mergeSdl, readDirectiveDefinitions, readDocument } from './sdl.ts';
export { createSubgraphSchema, printSubgraphSchema, type SubgraphSchema } from './subgraph-schema.ts';
