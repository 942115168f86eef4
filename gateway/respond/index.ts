export { compileAccept } from './accept.ts';
export { type PlannedOperation, restoreErrors, restoreKeys, restorePath } from './keys.ts';
export { type AnswerPlace, compileParts, type Part } from './parts.ts';
export { compilePrint, type Print } from './print.ts';
export { tooManyBytes } from './printing.ts';
export { createShape } from './shape.ts';
