/** Which objects of an answer are merged of several platforms' figures, so that they are checked before the merge. */
import { type GraphQLCompositeType, isObjectType } from 'graphql';
import type { GatherKind, SupergraphRules } from '../../model/supergraph/supergraph-rules.ts';

const OF_FIGURES: ReadonlySet<GatherKind> = new Set<GatherKind>(['SUM', 'MIN', 'MAX', 'RATE', 'QUADRANT', 'RANK']);

/** True for a type with figures, such as counts: its objects are merged field by field. */
export function isMergedType(type: GraphQLCompositeType, { gather }: Pick<SupergraphRules, 'gather'>): boolean {
  if (!isObjectType(type) || type.name === 'Query') return false;
  return Object.keys(type.getFields()).some((field) => OF_FIGURES.has(gather(type.name, field)?.by ?? 'OWNER'));
}

/** True for a field whose object is the quotient of two sums. */
export function isRate(type: string, field: string, { gather }: Pick<SupergraphRules, 'gather'>): boolean {
  return gather(type, field)?.by === 'RATE';
}
