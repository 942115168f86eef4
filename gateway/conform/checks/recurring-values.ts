/** Rules → those about one value alone, which recurs from row to row: what they accepted once is accepted at once. */
import type { RuleCheck } from '@yiwang/schema/rules';
import { isKnownFormat } from './plain-values.ts';

/** The numbers of the checks that depend on one value alone, which recurs, by its slot. */
export function groupRecurring(
  checks: readonly RuleCheck[],
  { slotOf }: { slotOf(path: string): number | undefined },
): ReadonlyMap<number, readonly number[]> {
  const groups = new Map<number, number[]>();
  for (const [number, check] of checks.entries()) {
    const slot = isOfRecurringValue(check, slotOf) ? slotOf(check.reads[0]!) : undefined;
    if (slot === undefined) continue;
    const group = groups.get(slot);
    if (group) group.push(number);
    else groups.set(slot, [number]);
  }
  return groups;
}

function isOfRecurringValue({ rule }: RuleCheck, slotOf: (path: string) => number | undefined): boolean {
  if (rule.when !== null) return false;
  switch (rule.kind) {
    case 'list':
    case 'code':
    case 'category':
      return true;
    case 'division':
      // Whether a division was in force depends on the day, too.
      return rule.at === null || slotOf(rule.at) === undefined;
    case 'format':
      return rule.format !== null && CODES.has(rule.format) && !isKnownFormat(rule.format);
    default:
      return false;
  }
}

const CODES: ReadonlySet<string> = new Set(['CreditCode', 'DivisionCode', 'CategoryCode']);
