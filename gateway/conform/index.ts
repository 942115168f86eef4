export { compileLeafEnd, type LeafEnd } from './accept-leaf.ts';
export { compileLeaf, type WriteLeaf } from './write-leaf.ts';
