/** The quality of the rows of cases: measures, points and rank. */
import { PlatformError } from '@yiwang/platform';
import { countTable, createStatisticsKind, type GroupView, type SelectionInfo } from '@yiwang/platform/statistics';
import type { QualityMeasure } from '@yiwang/schema/statistics';
import { QUALITY_DIMENSIONS, QUALITY_MEASURES, type QualityDimension } from '@yiwang/schema/statistics';
import type { QueryQualityArgs } from '../generated/schema.ts';
import type { MunicipalContext } from '../loaders.ts';
import { QUALITY, type QualityFact } from '../store/quality.ts';

type QualityRate = QualityMeasure | QualityDimension | 'score';
type Source = { readonly numerator: QualityFact; readonly denominator: QualityFact };

export interface QualityGroup extends GroupView<QualityFact, QualityRate> {
  /** GraphQL calls it if it is asked for. */
  rank(): number;
}

const sourcesOf = <Name extends QualityFact>(names: readonly Name[], denominator: QualityFact) =>
  Object.fromEntries(names.map((name): [Name, Source] => [name, { numerator: name, denominator }])) as Record<
    Name,
    Source
  >;

const KIND = createStatisticsKind<QualityFact, QualityRate>(Object.keys(QUALITY.facts) as QualityFact[], {
  ...sourcesOf(QUALITY_MEASURES, 'rows'),
  ...sourcesOf(QUALITY_DIMENSIONS, 'scale'),
  score: { numerator: 'score', denominator: 'scale' },
});

/** The gateway ranks again after a merge. */
export async function resolveQuality(
  args: QueryQualityArgs,
  context: MunicipalContext,
  info: SelectionInfo,
): Promise<readonly QualityGroup[]> {
  const orderBy = args.orderBy ?? ({ by: 'rates.score', direction: 'DESC' } as const);
  const groups = await countTable({ kind: KIND, table: QUALITY, args: { ...args, orderBy }, info }, context);
  const scores = groups.map(({ rates }) => rates.score.value ?? Number.NEGATIVE_INFINITY);
  return groups.map((group, index) => ({ ...group, rank: () => rankOf(scores[index]!, scores) }));
}

function rankOf(score: number, scores: readonly number[]): number {
  if (Number.isNaN(score))
    throw new PlatformError(
      'BAD_USER_INPUT',
      'groups that are ordered otherwise have a rank together with rates.score',
    );
  return 1 + scores.filter((other) => other > score).length;
}
