/** Gather: contributions of several platforms to a field → its value, by the rule that the schema declares. */
export { compileGather } from './compile-gather.ts';
export { flattenFields } from './field-nodes.ts';
export { findIncompletePages, mergeContributions } from './merge-contributions.ts';
