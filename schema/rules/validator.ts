/** Rules of an entity → a validator of its rows, which finds every fault of a row in one pass. */
import { standardVersion } from '../standard/standards.ts';
import { millisecondsOf } from './checks/instants.ts';
import { type CompileOptions, compileRule, type RuleCheck, type SlotOf } from './compile-rule.ts';
import type { EntityRule } from './entity-rule.ts';
import { entityRules, nestedEntities } from './entity-rules.ts';
import { compilePath, type ReadPath, type Row } from './row-paths.ts';

export interface Fault {
  /** The id of the rule. */
  readonly rule: string;
  readonly severity: EntityRule['severity'];
  /** From the row: `closedAt`, `stages.2.at`. */
  readonly path: string;
  readonly message: string;
}

/** Returns the faults of a row, in the order of the rules; the same empty list for every row without one. */
export type ValidateRow = (row: Row) => readonly Fault[];

/** `version`: of the standard whose rules and codes hold; default the newest. */
export type ValidatorOptions = CompileOptions;

const NO_FAULTS: readonly Fault[] = [];

/** Throws a `RangeError` for a type without rules. */
export function createRowValidator(entity: string, options: ValidatorOptions = {}): ValidateRow {
  const rules = entityRules(entity, options.version ?? standardVersion());
  if (rules.length === 0) throw new RangeError(`The standard has no rules for ${entity}`);
  const { checks, readers } = compileChecks(rules, options);
  const nested = Object.entries(nestedEntities(entity)).map(([field, type]) => ({
    field,
    validate: createRowValidator(type, options),
  }));
  const slots: unknown[] = readers.map(() => undefined);

  return (row) => {
    for (let i = 0; i < readers.length; i++) slots[i] = readers[i]!(row);
    let faults: Fault[] | undefined;
    for (let i = 0; i < checks.length; i++) {
      const { rule, fault } = checks[i]!;
      const found = fault(slots);
      if (found === undefined) continue;
      faults ??= [];
      faults.push({
        rule: rule.id,
        severity: rule.severity,
        path: found.path,
        message: found.detail === '' ? rule.message : `${rule.message}: ${found.detail}`,
      });
    }
    for (const { field, validate } of nested) {
      const value = row[field];
      if (typeof value !== 'object' || value === null) continue;
      const found = Array.isArray(value) ? memberFaults(value, field, validate) : at(field, validate(value as Row));
      if (found.length > 0) faults = [...(faults ?? []), ...found];
    }
    return faults ?? NO_FAULTS;
  };
}

function compileChecks(rules: readonly EntityRule[], options: CompileOptions) {
  const readers: ReadPath[] = [];
  const slotByPath = new Map<string, number>();
  const slotOf: SlotOf = (path, as) => {
    const key = as === undefined ? path : `${path} as ${as}`;
    let slot = slotByPath.get(key);
    if (slot === undefined) {
      const read = compilePath(path);
      slot = readers.push(as === undefined ? read : (row) => millisecondsOf(read(row))) - 1;
      slotByPath.set(key, slot);
    }
    return slot;
  };
  const checks: readonly RuleCheck[] = rules.flatMap((rule) => compileRule(rule, slotOf, options));
  return { checks, readers };
}

function memberFaults(members: readonly unknown[], field: string, validate: ValidateRow): readonly Fault[] {
  return members.flatMap((member, index) =>
    typeof member === 'object' && member !== null ? at(`${field}.${index}`, validate(member as Row)) : NO_FAULTS,
  );
}

function at(path: string, faults: readonly Fault[]): readonly Fault[] {
  return faults.length === 0 ? faults : faults.map((fault) => ({ ...fault, path: `${path}.${fault.path}` }));
}
