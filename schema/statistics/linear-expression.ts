/** The sums that metrics and schemes are written as: `satisfied+0.9*basicallySatisfied`, `reported-rejected`. */
import { describeValue, StandardError } from '../standard/standard-error.ts';

export interface LinearTerm {
  readonly key: string;
  readonly factor: number;
}

/** Throws a `StandardError` with EXPRESSION. */
export function parseLinearExpression(text: string): readonly LinearTerm[] {
  if (!/^(?:\d+(?:\.\d+)?\*)?[A-Za-z]\w*(?:[+-](?:\d+(?:\.\d+)?\*)?[A-Za-z]\w*)*$/.test(text)) {
    throw new StandardError(
      'EXPRESSION',
      `${describeValue(text)} is not a sum of figures, for instance "satisfied+0.9*basicallySatisfied"`,
    );
  }
  return [...text.matchAll(/([+-]?)(?:(\d+(?:\.\d+)?)\*)?([A-Za-z]\w*)/g)].map(([, sign, factor = '1', key = '']) => ({
    key,
    factor: sign === '-' ? -Number(factor) : Number(factor),
  }));
}

/** The value of the sum; null if one of its figures is unknown. */
export function evaluateLinear(
  terms: readonly LinearTerm[],
  figures: Readonly<Record<string, number | null | undefined>>,
): number | null {
  let sum = 0;
  for (const { key, factor } of terms) {
    const figure = figures[key];
    if (figure === null || figure === undefined) return null;
    sum += factor * figure;
  }
  return sum;
}
