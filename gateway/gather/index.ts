export { compileGather } from './compile.ts';
export { fieldsOf } from './fields.ts';
export { lackingContributions, mergeContributions } from './merge.ts';
