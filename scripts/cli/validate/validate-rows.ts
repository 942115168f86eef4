/** Rows of a file → how many keep the rules, and which rules the others break, with a few examples of each. */
import {
  createBatchValidator,
  entityRules,
  isRefused,
  type RuleSeverity,
  type ValidatorOptions,
} from '@yiwang/schema/rules';
import type { ReadRow } from './row.ts';

export interface FaultExample {
  readonly line: number;
  readonly path: string;
  readonly message: string;
}

export interface RuleSummary {
  readonly rule: string;
  readonly severity: RuleSeverity;
  /** Chinese; '' for what is no rule of the standard. */
  readonly name: string;
  readonly count: number;
  readonly examples: readonly FaultExample[];
}

export interface ValidationSummary {
  readonly rows: number;
  readonly valid: number;
  readonly faulty: number;
  /** Valid rows with a warning. */
  readonly warned: number;
  /** The most frequent first. */
  readonly faults: readonly RuleSummary[];
}

export interface ValidationOptions extends Pick<ValidatorOptions, 'gridProfile' | 'dictionary'> {
  readonly version: string;
  /** How many examples of each rule are kept. */
  readonly examplesMax: number;
}

/** Keeps a bounded number of rows, however many there are. */
export async function validateRows(
  entity: string,
  rows: AsyncIterable<ReadRow>,
  options: ValidationOptions,
): Promise<ValidationSummary> {
  const { examplesMax, ...terms } = options;
  const validate = createBatchValidator(entity, terms);
  const names = new Map(entityRules(entity).map(({ id, name }) => [id, name]));
  const byRule = new Map<string, { severity: RuleSeverity; count: number; examples: FaultExample[] }>();
  const counts = { rows: 0, valid: 0, faulty: 0, warned: 0 };
  for await (const { line, row, faults: unread } of rows) {
    const unreadable = unread.map((fault) => ({ ...fault, severity: 'ERROR' as const }));
    const faults = [...unreadable, ...(row === undefined ? [] : validate(row))];
    counts.rows++;
    if (isRefused(faults)) counts.faulty++;
    else {
      counts.valid++;
      if (faults.length > 0) counts.warned++;
    }
    for (const { rule, severity, path, message } of faults) {
      const summary = byRule.get(rule) ?? { severity, count: 0, examples: [] };
      byRule.set(rule, summary);
      summary.count++;
      if (summary.examples.length < examplesMax) summary.examples.push({ line, path, message });
    }
  }
  const faults = [...byRule].map(([rule, summary]) => ({ rule, name: names.get(rule) ?? '', ...summary }));
  return { ...counts, faults: faults.sort((a, b) => b.count - a.count || (a.rule < b.rule ? -1 : 1)) };
}
