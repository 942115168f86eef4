/** Contributions → merged value. A contribution without the shape of the standard is left out and reported. */
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
      const expected = findContributionFault(program, contribution, context);
      return expected === undefined ? [] : [{ index, expected }];
    });
    const good = contributions.filter((_, index) => !bad.some((one) => one.index === index));
    const merged =
      good.length > 0 ? program.merge(good, context) : { value: program.emptyValue, withheld: 0, conflict: false };
    return { ...merged, bad };
  }
}

/**
 * Returns the platforms that must be asked for more rows before the merged page is final. Invalid contributions do not
 * count.
 */
export function findIncompletePages(
  program: FieldProgram,
  contributions: readonly Contribution[],
  requested: RequestedRows,
): readonly IncompletePage[] {
  const { refill } = program;
  if (!refill) return [];
  const context: MergeContext = { args: { first: requested.first }, smallCount: 0, signCursor: (position) => position };
  const { bad } = mergeContributions(program, contributions, context);
  const good = [...contributions.keys()].filter((index) => !bad.some((one) => one.index === index));
  const incomplete = refill.findIncomplete(
    good.map((index) => contributions[index]!),
    requested,
  );
  return incomplete.map((page) => ({ ...page, index: good[page.index]! }));
}

/** Returns undefined if the contribution has the shape of the standard. */
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
