export { restoreKeys } from './keys.ts';
export { project } from './project.ts';
export { createShape } from './shape.ts';
