/** Contributions → one value. A platform whose contribution has not the shape of the standard costs the others nothing. */
import type {
  BadContribution,
  Contribution,
  FieldProgram,
  Lacking,
  MergeContext,
  Merged,
  RowsAsked,
} from '../model/gather.ts';
import { Nonconforming } from './values.ts';

export function mergeContributions(
  program: FieldProgram,
  contributions: readonly Contribution[],
  context: MergeContext,
): Merged & { readonly bad: readonly BadContribution[] } {
  try {
    return { ...program.merge(contributions, context), bad: [] };
  } catch (error) {
    if (!(error instanceof Nonconforming)) throw error;
    const bad = contributions.flatMap((contribution, index): readonly BadContribution[] => {
      const because = faultOf(program, contribution, context);
      return because === undefined ? [] : [{ index, because }];
    });
    const good = contributions.filter((_, index) => !bad.some((one) => one.index === index));
    const merged =
      good.length > 0 ? program.merge(good, context) : { value: program.empty, withheld: 0, conflict: false };
    return { ...merged, bad };
  }
}

/** Who must be asked for more before the page is sure. What the merge will leave out is no part of it here either. */
export function lackingContributions(
  program: FieldProgram,
  contributions: readonly Contribution[],
  asked: RowsAsked,
): readonly Lacking[] {
  const { refill } = program;
  if (!refill) return [];
  const context: MergeContext = { args: { first: asked.first }, smallCount: 0, sealCursor: (position) => position };
  const { bad } = mergeContributions(program, contributions, context);
  const good = [...contributions.keys()].filter((index) => !bad.some((one) => one.index === index));
  const lacking = refill.lacking(
    good.map((index) => contributions[index]!),
    asked,
  );
  return lacking.map((one) => ({ ...one, index: good[one.index]! }));
}

/** Undefined where it conforms. */
function faultOf(program: FieldProgram, contribution: Contribution, context: MergeContext): string | undefined {
  try {
    program.merge([contribution], context);
    return undefined;
  } catch (error) {
    if (error instanceof Nonconforming) return error.message;
    throw error;
  }
}
