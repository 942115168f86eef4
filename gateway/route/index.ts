export { createDirectory, type Directory, type Target } from './directory.ts';
export { createUnservedNames, type UnservedNames } from './unserved.ts';
