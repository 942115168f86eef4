/** Route: subgraph and region → the platforms that together answer for it, each with its part of the region. */
export { createDirectory, type Directory } from './directory.ts';
export { createUnservedDivisions, type UnservedDivisions } from './unserved-divisions.ts';
