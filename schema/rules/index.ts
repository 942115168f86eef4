/** The rules of entities: what rows of the standard must be, as data, and the checks that are compiled from them. */
export { createBatchValidator, isRefused } from './batch-validator.ts';
export { boxOf, type DivisionBox } from './checks/division-boxes.ts';
export { type CompileOptions, compileRule, type RuleCheck } from './compile-rule.ts';
export type {
  EntityRule,
  RuleCertainty,
  RuleCondition,
  RuleGate,
  RuleKind,
  RuleSeverity,
  SampleRow,
} from './entity-rule.ts';
export { entityRules, nestedEntities, ruledEntities, ruleExamples } from './entity-rules.ts';
export { optionsOf, type Profile, profileOf, profiles } from './profiles.ts';
export { compilePath, type ReadPath, type Row } from './row-paths.ts';
export { createRowValidator, type Fault, type ValidateRow, type ValidatorOptions } from './validator.ts';
