export { restoreAliases } from './aliases.ts';
export { project } from './project.ts';
export { createShape } from './shape.ts';
