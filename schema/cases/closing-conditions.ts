/** When a case may be closed: the closing condition that goes with a filing condition. */
import { once, readData } from '../standard/data-file.ts';
import type { FilingCondition } from './categories.ts';

export interface ClosingCondition {
  readonly id: string;
  /** What is to be found on the spot. */
  readonly closing: string;
  /** The photographs that prove it. */
  readonly photos: readonly ('BEFORE' | 'AFTER')[];
}

interface ClosingFile {
  readonly conditions: readonly (ClosingCondition & { readonly match: readonly string[] })[];
}

const file = once(() => readData<ClosingFile>('closing-conditions.json'));

/** The first whose words the filing condition has; the last one goes with all others. */
export function closingConditionOf({ description }: FilingCondition): ClosingCondition {
  const { conditions } = file();
  const match = conditions.find(({ match }) => match.some((word) => description.includes(word)));
  const { id, closing, photos } = match ?? conditions.at(-1)!;
  return { id, closing, photos };
}
