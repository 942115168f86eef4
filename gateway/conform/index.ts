/** Conform: value from a platform → the value as its type and the rules of the standard allow it, or what breaks them. */
export { type CheckOf, createAnswerCheck } from './checks/answer-check.ts';
export { createContributionCheck } from './checks/check-contribution.ts';
export { type CompileCheck, createCheckCompiler } from './checks/compile-check.ts';
export { createStandardChecks, readRuleIds } from './checks/standard-checks.ts';
export { createFindingCounter, type FindingCounter } from './findings/finding-counter.ts';
export { createFindingPages } from './findings/finding-pages.ts';
export {
  type FindingPeriod,
  readFindings,
  type StoredFinding,
  type StoredFindings,
} from './findings/finding-reader.ts';
export { createFindingStore, prepareFindings } from './findings/finding-store.ts';
export { startFindingWriter } from './findings/finding-writer.ts';
export { compileLeafScanner, type LeafScanner } from './leaf-scanner.ts';
export { compileLeafWriter, type LeafWriter } from './leaf-writer.ts';
export type { ModeOf } from './modes/conform-modes.ts';
export { type CheckModeFile, createFixedModes, watchModes } from './modes/mode-file.ts';
export { createTypeMismatchFinder, type FindTypeMismatch } from './type-mismatch.ts';
