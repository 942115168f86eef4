export { compileLeafScanner, type LeafScanner } from './leaf-scanner.ts';
export { compileLeafWriter, type LeafWriter } from './leaf-writer.ts';
export { createTypeMismatchFinder, type FindTypeMismatch, type TypeMismatch } from './type-mismatch.ts';
