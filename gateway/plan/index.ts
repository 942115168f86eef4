export { type Cache, createCache } from './cache.ts';
export { createPlanner, type Planner } from './planner.ts';
