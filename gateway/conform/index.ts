export { compileLeafEnd, type LeafEnd } from './accept-leaf.ts';
export { createFindMisfit, type FindMisfit, type Misfit } from './misfit.ts';
export { compileLeaf, type WriteLeaf } from './write-leaf.ts';
