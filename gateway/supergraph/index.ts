/** Supergraph: the only room that reads a supergraph. Its text → rules, schema, views, and what planning needs. */
export { readPlanning } from './planning/read-planning.ts';
export { readSupergraph, type Supergraph } from './read-supergraph.ts';
export { readApiSchema } from './views/api-schema.ts';
export { createUpstreamViews, type UpstreamViewOf } from './views/upstream-views.ts';
export { createViews, type ViewRule, type Views } from './views/views.ts';
