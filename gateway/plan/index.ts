export { createApolloPlanner } from './apollo.ts';
export { type Cache, createCache } from './cache.ts';
export { type Complete, createComplete } from './complete.ts';
export { createPlanner } from './planner.ts';
export type { Planner } from './port.ts';
export { createPrepare, decisionsOf, type Prepare, type Prepared } from './prepare.ts';
