/**
 * The checks of the rules of the standard. While two versions are in force, platforms may serve the older one: rules of
 * the newer one are told, and not enforced.
 */
import { entityRules, ruledEntities } from '@yiwang/schema/rules';
import { standardVersions } from '@yiwang/schema/standard';
import { dateAt } from '@yiwang/schema/time';
import { type CompileCheck, createCheckCompiler } from './compile-check.ts';

export function createStandardChecks(now: () => Date = () => new Date()): CompileCheck {
  return createCheckCompiler({ rulesOf: entityRules, version: () => oldestInForce(dateAt(now())) });
}

/** The oldest version that is in force on a day, `YYYY-MM-DD`; the newest of all if none is. */
export function oldestInForce(day: string): string {
  const versions = standardVersions();
  const inForce = versions.find(
    ({ effectiveFrom, effectiveTo }) => effectiveFrom <= day && (effectiveTo === null || day < effectiveTo),
  );
  return (inForce ?? versions.at(-1)!).version;
}

/** Of all rules, whatever their version. */
export function readRuleIds(): ReadonlySet<string> {
  return new Set(ruledEntities().flatMap((entity) => entityRules(entity).map(({ id }) => id)));
}
