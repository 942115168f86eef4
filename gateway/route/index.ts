export { createDirectory, type Directory } from './directory.ts';
export type { Target } from './layer.ts';
export { createUnservedNames, type UnservedNames } from './unserved.ts';
