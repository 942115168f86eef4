/**
 * Groups → the groups that the public may see: small ones are withheld, and others with them, so that no small count
 * can be computed from published sums (complementary suppression).
 */
import { type GraphQLObjectType, getNamedType, isObjectType } from 'graphql';
import { HIDDEN_PREFIX } from '../../model/gather.ts';
import type { SupergraphRules } from '../../model/supergraph/supergraph-rules.ts';
import { createField } from '../field-nodes.ts';
import { compareKeys, memberOf, type ScalarValue, sum } from '../merge-values.ts';
import type { PartialAggregate } from './compile-item.ts';

export interface CountedGroup {
  readonly key: readonly ScalarValue[];
  readonly partials: readonly PartialAggregate[];
}

/**
 * Compiles the `small` path of a rule, which names the count that makes a group small. If that count is 0, the other
 * counts beside it (of earlier periods, for example) must not be small either.
 */
export function compileWithholding(
  path: readonly string[] | undefined,
  item: GraphQLObjectType,
  rules: SupergraphRules,
) {
  const [outer, inner] = path ?? [];
  if (outer === undefined)
    return { fields: [], publish: <G extends CountedGroup>(groups: readonly G[]) => [...groups] };
  const alias = `${HIDDEN_PREFIX}small`;
  const names =
    inner === undefined ? [] : [inner, ...siblingCounts(item, outer, rules).filter((name) => name !== inner)];
  const totalOf = (partials: readonly PartialAggregate[], name: string | undefined): number =>
    sum(partials.map((partial) => (name === undefined ? partial[alias] : memberOf(partial[alias], name)))) ?? 0;
  const countOf = ({ partials }: CountedGroup): number => {
    const count = totalOf(partials, inner);
    return count === 0 ? Math.max(0, ...names.map((name) => totalOf(partials, name))) : count;
  };
  return {
    fields: [
      createField(outer, { alias, ...(inner === undefined ? {} : { fields: names.map((name) => createField(name)) }) }),
    ],
    publish: <G extends CountedGroup>(groups: readonly G[], smallCount: number): G[] =>
      smallCount === 0 ? [...groups] : withholdSmallGroups(groups, countOf, smallCount),
  };
}

interface CountedCell<G> {
  readonly group: G;
  readonly count: number;
  isHidden: boolean;
}

/** An empty group is withheld like a small one, so that the public cannot tell them apart. */
function withholdSmallGroups<G extends CountedGroup>(
  groups: readonly G[],
  countOf: (group: G) => number,
  smallCount: number,
): G[] {
  const cells = groups.map((group): CountedCell<G> => {
    const count = countOf(group);
    return { group, count, isHidden: count < smallCount };
  });
  const margins = marginsOf(cells);
  // Hiding one group may leave a single hidden group in a margin that crosses its own.
  for (let changed = true; changed; ) {
    changed = false;
    for (const margin of margins) if (hideComplements(margin, smallCount)) changed = true;
  }
  return cells.filter(({ isHidden }) => !isHidden).map(({ group }) => group);
}

/**
 * Returns the margins: groups that differ in one part of the key alone, so that their sum is a group of a coarser
 * statistic.
 */
function marginsOf<G extends CountedGroup>(cells: readonly CountedCell<G>[]): CountedCell<G>[][] {
  const parts = cells[0]?.group.key.length ?? 0;
  return Array.from({ length: parts }, (_, part) => {
    const margins = new Map<string, CountedCell<G>[]>();
    for (const cell of cells) {
      const name = JSON.stringify(cell.group.key.filter((_, i) => i !== part));
      const margin = margins.get(name);
      if (margin) margin.push(cell);
      else margins.set(name, [cell]);
    }
    return [...margins.values()].filter((margin) => margin.length > 1);
  }).flat();
}

/**
 * Hides the smallest visible groups until the hidden ones are at least two and their sum is not small. Returns true if
 * it hid any.
 */
function hideComplements<G extends CountedGroup>(margin: readonly CountedCell<G>[], smallCount: number): boolean {
  const hidden = margin.filter(({ isHidden, count }) => isHidden && count > 0);
  if (hidden.length === 0) return false;
  let groups = hidden.length;
  let total = hidden.reduce((all, { count }) => all + count, 0);
  const visible = margin
    .filter(({ isHidden }) => !isHidden)
    .sort((a, b) => a.count - b.count || compareKeys(a.group.key, b.group.key));
  let changed = false;
  for (const next of visible) {
    if (groups > 1 && total >= smallCount) break;
    next.isHidden = true;
    groups++;
    total += next.count;
    changed = true;
  }
  return changed;
}

function siblingCounts(item: GraphQLObjectType, outer: string, rules: SupergraphRules): string[] {
  const type = getNamedType(item.getFields()[outer]?.type);
  if (!isObjectType(type)) return [];
  return Object.keys(type.getFields()).filter(
    // What the public does not see tells it nothing, and its platforms would refuse it.
    (name) => rules.gather(type.name, name)?.by === 'SUM' && rules.isOpen(type.name, name),
  );
}
