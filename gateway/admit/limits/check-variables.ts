/** Bounds the number of values in variables and their nesting, before they are coerced. */
import type { PublicError } from '../../model/errors.ts';
import type { Limits } from '../../model/limits.ts';
import { createLimitError } from './check-shape.ts';

/** Visits no more values than are allowed. */
export function checkVariables(variables: Readonly<Record<string, unknown>>, limits: Limits): PublicError[] {
  const { inputValuesMax, inputDepthMax } = limits;
  let values = 0;
  let level: unknown[] = Object.values(variables);
  for (let depth = 1; level.length > 0; depth++) {
    values += level.length;
    if (values > inputValuesMax) {
      const message = `The variables hold more than ${inputValuesMax} values; send fewer at a time.`;
      return [createLimitError({ limit: 'inputValuesMax', value: values, max: inputValuesMax, message })];
    }
    if (depth > inputDepthMax) {
      const message = `The variables are nested more than ${inputDepthMax} levels deep.`;
      return [createLimitError({ limit: 'inputDepthMax', value: depth, max: inputDepthMax, message })];
    }
    level = valuesBelow(level, inputValuesMax - values);
  }
  return [];
}

/** The values one level deeper. Stops when there are more than `max`. */
function valuesBelow(values: readonly unknown[], max: number): unknown[] {
  const nested: unknown[] = [];
  for (const value of values) {
    if (typeof value !== 'object' || value === null) continue;
    if (nested.length > max) break;
    for (const inner of Object.values(value)) nested.push(inner);
  }
  return nested;
}
