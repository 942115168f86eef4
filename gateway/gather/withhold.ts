/**
 * Statistics for the public: groups of a small count are left out, and with them as many others as it takes that none can be worked
 * out from a sum that is shown (complementary suppression).
 */
import { type GraphQLObjectType, getNamedType, isObjectType } from 'graphql';
import { HIDDEN } from '../model/gather.ts';
import type { SupergraphRules } from '../model/supergraph.ts';
import { field } from './fields.ts';
import { compareKeys, type Plain, sum } from './values.ts';

type Share = Readonly<Record<string, unknown>>;

export interface CountedGroup {
  readonly key: readonly Plain[];
  readonly shares: readonly Share[];
}

/**
 * The count by which a group is small. Where it is 0, the counts beside it are of others (cases of earlier periods, say), and must
 * not be few either.
 */
export function compileSmall(path: readonly string[] | undefined, item: GraphQLObjectType, rules: SupergraphRules) {
  const [outer, inner] = path ?? [];
  if (outer === undefined) return { fields: [], shown: <G extends CountedGroup>(groups: readonly G[]) => [...groups] };
  const alias = `${HIDDEN}small`;
  const names =
    inner === undefined ? [] : [inner, ...countsBeside(item, outer, rules).filter((name) => name !== inner)];
  const totalOf = (shares: readonly Share[], name: string | undefined): number =>
    sum(
      shares.map((share) => (name === undefined ? share[alias] : (share[alias] as Share | null | undefined)?.[name])),
    ) ?? 0;
  const countOf = ({ shares }: CountedGroup): number => {
    const named = totalOf(shares, inner);
    return named === 0 ? Math.max(0, ...names.map((name) => totalOf(shares, name))) : named;
  };
  return {
    fields: [field(outer, { alias, ...(inner === undefined ? {} : { fields: names.map((name) => field(name)) }) })],
    shown: <G extends CountedGroup>(groups: readonly G[], smallCount: number): G[] =>
      smallCount === 0 ? [...groups] : withhold(groups, countOf, smallCount),
  };
}

interface Counted<G> {
  readonly group: G;
  readonly count: number;
  isHidden: boolean;
}

/** A group of nothing is left out as a small one is, so that neither tells itself from the other. */
function withhold<G extends CountedGroup>(
  groups: readonly G[],
  countOf: (group: G) => number,
  smallCount: number,
): G[] {
  const counted = groups.map((group): Counted<G> => {
    const count = countOf(group);
    return { group, count, isHidden: count < smallCount };
  });
  const lines = linesOf(counted);
  // Hiding one group may leave another alone in a line that crosses its own.
  for (let changed = true; changed; ) {
    changed = false;
    for (const line of lines) if (hideBeside(line, smallCount)) changed = true;
  }
  return counted.filter(({ isHidden }) => !isHidden).map(({ group }) => group);
}

/** A line: the groups that differ in one part of the key alone, and whose sum is a group of a coarser statistic. */
function linesOf<G extends CountedGroup>(counted: readonly Counted<G>[]): Counted<G>[][] {
  const parts = counted[0]?.group.key.length ?? 0;
  return Array.from({ length: parts }, (_, part) => {
    const lines = new Map<string, Counted<G>[]>();
    for (const one of counted) {
      const name = JSON.stringify(one.group.key.filter((_, i) => i !== part));
      const line = lines.get(name);
      if (line) line.push(one);
      else lines.set(name, [one]);
    }
    return [...lines.values()].filter((line) => line.length > 1);
  }).flat();
}

/** Hides the smallest of those shown until what is hidden is no small count, and not of one group alone. */
function hideBeside<G extends CountedGroup>(line: readonly Counted<G>[], smallCount: number): boolean {
  const hidden = line.filter(({ isHidden, count }) => isHidden && count > 0);
  if (hidden.length === 0) return false;
  let groups = hidden.length;
  let total = hidden.reduce((all, { count }) => all + count, 0);
  const shown = line
    .filter(({ isHidden }) => !isHidden)
    .sort((a, b) => a.count - b.count || compareKeys(a.group.key, b.group.key));
  let changed = false;
  for (const next of shown) {
    if (groups > 1 && total >= smallCount) break;
    next.isHidden = true;
    groups++;
    total += next.count;
    changed = true;
  }
  return changed;
}

function countsBeside(item: GraphQLObjectType, outer: string, rules: SupergraphRules): string[] {
  const type = getNamedType(item.getFields()[outer]?.type);
  if (!isObjectType(type)) return [];
  return Object.keys(type.getFields()).filter((name) => rules.gather(type.name, name)?.by === 'SUM');
}
