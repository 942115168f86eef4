/** Conform: value from a platform → the value as its type allows it, or the first mismatch. */
export { compileLeafScanner, type LeafScanner } from './leaf-scanner.ts';
export { compileLeafWriter, type LeafWriter } from './leaf-writer.ts';
export { createTypeMismatchFinder, type FindTypeMismatch } from './type-mismatch.ts';
