/** A batch of rows → the faults of each: those of the row by itself, and rows that have the key of an earlier one. */
import type { EntityRule } from './entity-rule.ts';
import { entityRules } from './entity-rules.ts';
import { compilePath, type Row } from './row-paths.ts';
import { createRowValidator, type Fault, type ValidateRow, type ValidatorOptions } from './validator.ts';

/**
 * Returns a validator for the rows of one batch, in their order; it remembers the last million keys. Throws a
 * `RangeError` for a type without rules.
 */
export function createBatchValidator(entity: string, options: ValidatorOptions = {}): ValidateRow {
  const validate = createRowValidator(entity, options);
  const keys = entityRules(entity, options.version)
    .filter((rule) => rule.kind === 'unique')
    .map(createKeyCheck);
  if (keys.length === 0) return validate;
  return (row) => {
    let faults = validate(row);
    for (const check of keys) {
      const fault = check(row);
      if (fault !== undefined) faults = [...faults, fault];
    }
    return faults;
  };
}

/** True if a fault keeps the row out; warnings do not. */
export function isRefused(faults: readonly Fault[]): boolean {
  return faults.some(({ severity }) => severity === 'ERROR');
}

function createKeyCheck({ id, severity, fields, message }: EntityRule): (row: Row) => Fault | undefined {
  const readers = fields.map(compilePath);
  const fault: Fault = { rule: id, severity, path: fields[0]!, message };
  const seen = createKeyWindow();
  return (row) => {
    const values = readers.map((read) => read(row));
    // A row without its key has another fault.
    if (values.some((value) => value === undefined || value === null)) return undefined;
    const key = values.length === 1 ? values[0] : JSON.stringify(values);
    return seen(key) ? fault : undefined;
  };
}

/** Keys that are remembered at least, so that a file of any length takes bounded memory. */
export const KEYS_REMEMBERED = 1_000_000;

/** Returns true for a key that it was called with before, at most `remembered` keys ago or some more. */
export function createKeyWindow(remembered = KEYS_REMEMBERED): (key: unknown) => boolean {
  let older = new Set<unknown>();
  let newer = new Set<unknown>();
  return (key) => {
    if (newer.has(key) || older.has(key)) return true;
    if (newer.size === remembered) {
      older = newer;
      newer = new Set();
    }
    newer.add(key);
    return false;
  };
}
