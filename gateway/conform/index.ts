/** Value from a platform → the same value checked against its type, as JSON text or as the first mismatch. */
export { compileLeafScanner, type LeafScanner } from './leaf-scanner.ts';
export { compileLeafWriter, type LeafWriter } from './leaf-writer.ts';
export { createTypeMismatchFinder, type FindTypeMismatch } from './type-mismatch.ts';
