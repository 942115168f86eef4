/** An object that breaks rules of the standard → the object as it is shown, with null in place of values at fault. */
import { isObject } from '@yiwang/schema';
import type { BreachReporter, ObjectCheck, PathNode } from '../model/checks.ts';
import type { Path } from '../model/errors.ts';
import type { ReadonlyTree } from './serialization.ts';

/** Reports every rule that the object breaks. The object itself is not changed: other places may share it. */
export function withoutBreaches(
  object: ReadonlyTree,
  check: ObjectCheck,
  at: PathNode | undefined,
  reporter: BreachReporter,
): ReadonlyTree {
  let shown = object;
  for (const breach of check.breachesOf(object)) {
    if (!reporter.addRule(breach, object, at)) continue;
    for (const fault of breach.faults) shown = withNullAt(shown, fault);
  }
  return shown;
}

function withNullAt(object: ReadonlyTree, [key, ...rest]: Path): ReadonlyTree {
  if (key === undefined) return object;
  if (rest.length === 0) return { ...object, [key]: null };
  const value = object[key];
  return isObject(value) ? { ...object, [key]: withNullAt(value, rest) } : object;
}
