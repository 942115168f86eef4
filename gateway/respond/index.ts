export { restoreKeys } from './keys.ts';
export { compilePrint, type Print } from './print.ts';
export { createShape } from './shape.ts';
