/** Contributions → one value. A platform whose contribution has not the shape of the standard costs the others nothing. */
import type {
  Contribution,
  FieldProgram,
  IncompletePage,
  InvalidContribution,
  MergeContext,
  MergeResult,
  RequestedRows,
} from '../model/gather.ts';
import { NonconformingError } from './merge-values.ts';

export function mergeContributions(
  program: FieldProgram,
  contributions: readonly Contribution[],
  context: MergeContext,
): MergeResult & { readonly bad: readonly InvalidContribution[] } {
  try {
    return { ...program.merge(contributions, context), bad: [] };
  } catch (error) {
    if (!(error instanceof NonconformingError)) throw error;
    const bad = contributions.flatMap((contribution, index): readonly InvalidContribution[] => {
      const because = findContributionFault(program, contribution, context);
      return because === undefined ? [] : [{ index, expected: because }];
    });
    const good = contributions.filter((_, index) => !bad.some((one) => one.index === index));
    const merged =
      good.length > 0 ? program.merge(good, context) : { value: program.emptyValue, withheld: 0, conflict: false };
    return { ...merged, bad };
  }
}

/** Who must be asked for more before the page is sure. What the merge will leave out is no part of it here either. */
export function findIncompletePages(
  program: FieldProgram,
  contributions: readonly Contribution[],
  asked: RequestedRows,
): readonly IncompletePage[] {
  const { refill } = program;
  if (!refill) return [];
  const context: MergeContext = { args: { first: asked.first }, smallCount: 0, signCursor: (position) => position };
  const { bad } = mergeContributions(program, contributions, context);
  const good = [...contributions.keys()].filter((index) => !bad.some((one) => one.index === index));
  const lacking = refill.findIncomplete(
    good.map((index) => contributions[index]!),
    asked,
  );
  return lacking.map((one) => ({ ...one, index: good[one.index]! }));
}

/** Undefined where it conforms. */
function findContributionFault(
  program: FieldProgram,
  contribution: Contribution,
  context: MergeContext,
): string | undefined {
  try {
    program.merge([contribution], context);
    return undefined;
  } catch (error) {
    if (error instanceof NonconformingError) return error.message;
    throw error;
  }
}
