export { createDirectory, type Directory } from './directory.ts';
export type { RouteTarget } from './routing-layer.ts';
export { createUnservedDivisions, type UnservedDivisions } from './unserved-divisions.ts';
