/**
 * Contributions of several platforms to one field → the value of the field, by the rule that the schema declares for
 * it.
 */
export { compileGather } from './compile-gather.ts';
export { flattenFields } from './field-nodes.ts';
export { findIncompletePages, mergeContributions } from './merge-contributions.ts';
