/** Contributions → one value. A platform whose contribution has not the shape of the standard costs the others nothing. */
import type { Contribution, FieldProgram, MergeContext, Merged } from '../model/gather.ts';
import { Nonconforming } from './values.ts';

export function mergeContributions(
  program: FieldProgram,
  contributions: readonly Contribution[],
  context: MergeContext,
): Merged & { readonly bad: readonly number[] } {
  try {
    return { ...program.merge(contributions, context), bad: [] };
  } catch (error) {
    if (!(error instanceof Nonconforming)) throw error;
    const bad = contributions.flatMap((contribution, index) =>
      conforms(program, contribution, context) ? [] : [index],
    );
    const good = contributions.filter((_, index) => !bad.includes(index));
    const merged =
      good.length > 0 ? program.merge(good, context) : { value: program.empty, withheld: 0, conflict: false };
    return { ...merged, bad };
  }
}

function conforms(program: FieldProgram, contribution: Contribution, context: MergeContext): boolean {
  try {
    program.merge([contribution], context);
    return true;
  } catch (error) {
    if (error instanceof Nonconforming) return false;
    throw error;
  }
}
