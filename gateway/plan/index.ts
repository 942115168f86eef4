export { fieldNamesOf, type Protected, protectAliases } from './aliases.ts';
export { type Cache, createCache } from './cache.ts';
export { createPlanner, type Planner } from './planner.ts';
