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
): MergeResult & { readonly invalid: readonly InvalidContribution[] } {
  try {
    return { ...program.merge(contributions, context), invalid: [] };
  } catch (error) {
    if (!(error instanceof NonconformingError)) throw error;
    const invalid = contributions.flatMap((contribution, index): readonly InvalidContribution[] => {
      const reason = findContributionFault(program, contribution, context);
      return reason === undefined ? [] : [{ index, reason }];
    });
    const valid = contributions.filter((_, index) => !invalid.some((one) => one.index === index));
    const merged =
      valid.length > 0 ? program.merge(valid, context) : { value: program.emptyValue, withheld: 0, conflict: false };
    return { ...merged, invalid };
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
  const { invalid } = mergeContributions(program, contributions, context);
  const valid = [...contributions.keys()].filter((index) => !invalid.some((one) => one.index === index));
  const incomplete = refill.findIncomplete(
    valid.map((index) => contributions[index]!),
    requested,
  );
  return incomplete.map((page) => ({ ...page, index: valid[page.index]! }));
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
