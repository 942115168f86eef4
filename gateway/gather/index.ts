export { compileGather } from './compile-gather.ts';
export { flattenFields } from './field-nodes.ts';
export { findIncompletePages, mergeContributions } from './merge-contributions.ts';
