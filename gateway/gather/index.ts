export { compileGather } from './compile.ts';
export { fieldsOf, HIDDEN } from './fields.ts';
export { mergeContributions } from './merge.ts';
