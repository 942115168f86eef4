export { fieldNamesOf, type Protected, protectAliases } from './aliases.ts';
export { type Cache, createCache } from './cache.ts';
export { createPlanner } from './planner.ts';
export type { Planner } from './port.ts';
