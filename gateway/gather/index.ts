export { compileGather } from './compile.ts';
export { fieldsOf } from './fields.ts';
export { mergeContributions } from './merge.ts';
