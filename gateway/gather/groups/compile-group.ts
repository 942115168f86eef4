/** GROUP: lists of groups from several platforms → groups merged by key, ordered, classified and cut to `top`. */
import { containsDivision, intersect, type Region, regionOfKey } from '@yiwang/schema';
import { classifyQuadrants } from '@yiwang/schema/statistics';
import type { FieldNode, GraphQLField, GraphQLObjectType } from 'graphql';
import type { Contribution, MergeContext, MergeResult } from '../../model/gather.ts';
import type { GatherRule, SupergraphRules } from '../../model/supergraph/supergraph-rules.ts';
import { createField, createSelectionSet, flattenFields } from '../field-nodes.ts';
import {
  compareKeys,
  compareScalars,
  expectList,
  expectObject,
  NonconformingError,
  type ScalarValue,
} from '../merge-values.ts';
import { compileRowKey, divisionIndexes } from '../row-key.ts';
import { compileDerivedField, compileItem, type DerivedField, type PartialAggregate } from './compile-item.ts';
import { withDimensionKeys } from './dimension-keys.ts';
import { compileGroupOrder } from './group-order.ts';
import { compileWithholding } from './withhold-small-groups.ts';

interface MergedGroup {
  readonly key: readonly ScalarValue[];
  /** One from each platform that has the group. */
  readonly partials: PartialAggregate[];
}

export interface GroupProgram {
  readonly node: FieldNode;
  readonly mayTruncateBelow: boolean;
  readonly withholds: boolean;
  check(args: Readonly<Record<string, unknown>>, isPublic: boolean): void;
  merge(contributions: readonly Contribution[], context: MergeContext): MergeResult;
}

/** A field of groups: its node, its definition, the type of its items, and its rule. */
export interface GroupField {
  readonly node: FieldNode;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly item: GraphQLObjectType;
  readonly rule: GatherRule;
}

export function compileGroup({ node, definition, item, rule }: GroupField, rules: SupergraphRules): GroupProgram {
  const key = compileRowKey(withDimensionKeys(rule.key, node, definition, rules));
  const divisions = divisionIndexes(rule.key, item);
  const program = compileItem(item, flattenFields(node.selectionSet), rules);
  const order = compileGroupOrder(node, item, rules);
  const ranking = compileRankOrder(item, rules);
  const withholding = compileWithholding(rule.small, item, rules);
  const added = [...key.fields, ...order.fields, ...ranking.fields, ...withholding.fields];

  const merge = (contributions: readonly Contribution[], context: MergeContext): MergeResult => {
    const sortKey = order.parseOrderBy(context.args.orderBy);
    const groups = groupPartials(contributions, key.read, divisions);
    const published = withholding.publish(groups, context.smallCount);
    const roundTo = context.roundTo ?? 1;
    if (sortKey) {
      const values = new Map(published.map((group) => [group, sortKey.value(group.partials, roundTo)]));
      sortByValue(published, (group) => values.get(group) ?? null, sortKey.descending);
    } else if (ranking.count) {
      sortByValue(published, (group) => ranking.count?.(group.partials, roundTo) ?? null, true);
    } else {
      published.sort((a, b) => compareKeys(a.key, b.key));
    }
    const items = published.map(({ partials }) => program.merge(partials, roundTo));
    for (const derived of program.derivedFields) writeDerivedField(derived, published, { items, roundTo });
    const top = typeof context.args.top === 'number' ? context.args.top : items.length;
    return { value: items.slice(0, top), withheld: groups.length - published.length, conflict: false };
  };
  return {
    node: { ...node, selectionSet: createSelectionSet([...program.fields, ...added]) },
    withholds: rule.small !== undefined,
    mayTruncateBelow: program.derivedFields.length === 0 && ranking.count === undefined,
    check: ({ orderBy }, isPublic) => void order.parseOrderBy(orderBy, isPublic),
    merge,
  };
}

function groupPartials(
  contributions: readonly Contribution[],
  readKey: (row: PartialAggregate) => readonly ScalarValue[],
  divisions: readonly number[],
): MergedGroup[] {
  const groups = new Map<string, MergedGroup>();
  for (const contribution of contributions) {
    for (const value of expectList(contribution.value, 'groups')) {
      const partial = expectObject(value, 'group');
      const key = readKey(partial);
      for (const index of divisions) assertInRegion(contribution.region, key[index] ?? null);
      const name = JSON.stringify(key);
      const group = groups.get(name);
      if (group) group.partials.push(partial);
      else groups.set(name, { key, partials: [partial] });
    }
  }
  return [...groups.values()];
}

/** A group may belong to a division above the region, such as the city of a district, but not to one beside it. */
function assertInRegion(region: Region, division: ScalarValue): void {
  if (division === null || containsDivision(region, String(division))) return;
  if (intersect(regionOfKey('WITHIN', String(division)), region).length > 0) return;
  throw new NonconformingError('a group lies outside of the requested region');
}

/** Sorts nulls last in both directions, and equal values by their keys. */
function sortByValue(
  groups: MergedGroup[],
  sortValue: (group: MergedGroup) => number | null,
  descending: boolean,
): void {
  groups.sort((a, b) => {
    const [left, right] = [sortValue(a), sortValue(b)];
    if (left === right) return compareKeys(a.key, b.key);
    if (left === null) return 1;
    if (right === null) return -1;
    return descending ? -compareScalars(left, right) : compareScalars(left, right);
  });
}

interface PublishedGroups {
  readonly items: readonly Record<string, unknown>[];
  readonly roundTo: number;
}

function writeDerivedField(
  derived: DerivedField,
  groups: readonly MergedGroup[],
  { items, roundTo }: PublishedGroups,
): void {
  const counts = groups.map(({ partials }) => derived.counts(partials, roundTo));
  if (derived.by === 'QUADRANT') {
    const quadrants = classifyQuadrants(counts.map(([requests = 0, cases = 0]) => ({ requests, cases })));
    items.forEach((item, i) => {
      item[derived.responseKey] = quadrants[i];
    });
    return;
  }
  const descending = counts.map(([count = 0]) => count).sort((a, b) => b - a);
  items.forEach((item, i) => {
    item[derived.responseKey] = descending.indexOf(counts[i]?.[0] ?? 0) + 1;
  });
}

/** The default order of a type with a RANK field is that rank. */
function compileRankOrder(item: GraphQLObjectType, rules: SupergraphRules) {
  const hidden = new Map<string, FieldNode>();
  for (const name of Object.keys(item.getFields())) {
    const rule = rules.gather(item.name, name);
    if (rule?.by !== 'RANK') continue;
    const rank = compileDerivedField(createField(name), 'RANK', rule, hidden);
    return {
      fields: [...hidden.values()],
      count: (partials: readonly PartialAggregate[], roundTo: number) => rank.counts(partials, roundTo)[0] ?? 0,
    };
  }
  return { fields: [], count: undefined };
}
