/** GROUP: groups of several platforms → groups merged by key, then classified, then ordered, then cut. */
import { classifyQuadrants, intersect, isIn, type Region, regionOfKey } from '@yiwang/schema';
import type { FieldNode, GraphQLObjectType } from 'graphql';
import type { Contribution, MergeContext, Merged } from '../model/gather.ts';
import type { GatherRule, SupergraphRules } from '../model/supergraph.ts';
import { field, fieldsOf, selectionSet } from './fields.ts';
import { compileItem, compileLater, type LaterField } from './item.ts';
import { compileKey, divisionsIn } from './key.ts';
import { compileOrder } from './order.ts';
import { asList, asObject, compareKeys, comparePlain, Nonconforming, type Plain } from './values.ts';
import { compileSmall } from './withhold.ts';

type Share = Readonly<Record<string, unknown>>;

interface Group {
  readonly key: readonly Plain[];
  readonly shares: Share[];
}

export interface GroupProgram {
  readonly node: FieldNode;
  readonly mayCutBelow: boolean;
  readonly withholds: boolean;
  check(args: Readonly<Record<string, unknown>>): void;
  merge(contributions: readonly Contribution[], context: MergeContext): Merged;
}

export function compileGroup(
  node: FieldNode,
  item: GraphQLObjectType,
  rule: GatherRule,
  rules: SupergraphRules,
): GroupProgram {
  const key = compileKey(rule.key);
  const divisions = divisionsIn(rule.key, item);
  const program = compileItem(item, fieldsOf(node.selectionSet), rules);
  const order = compileOrder(node, item, rules);
  const ranking = compileRanking(item, rules);
  const small = compileSmall(rule.small, item, rules);
  const added = [...key.fields, ...order.fields, ...ranking.fields, ...small.fields];

  const merge = (contributions: readonly Contribution[], context: MergeContext): Merged => {
    const metric = order.readMetric(context.args.orderBy);
    const groups = groupShares(contributions, key.read, divisions);
    const shown = small.shown(groups, context.smallCount);
    const roundTo = context.roundTo ?? 1;
    if (metric) {
      const values = new Map(shown.map((group) => [group, metric.value(group.shares, roundTo)]));
      sortByValue(shown, (group) => values.get(group) ?? null, metric.descending);
    } else if (ranking.count) {
      sortByValue(shown, (group) => ranking.count?.(group.shares, roundTo) ?? null, true);
    } else {
      shown.sort((a, b) => compareKeys(a.key, b.key));
    }
    const items = shown.map(({ shares }) => program.merge(shares, roundTo));
    for (const later of program.later) writeLater(later, shown, { items, roundTo });
    const top = typeof context.args.top === 'number' ? context.args.top : items.length;
    return { value: items.slice(0, top), withheld: groups.length - shown.length, conflict: false };
  };
  return {
    node: { ...node, selectionSet: selectionSet([...program.fields, ...added]) },
    withholds: rule.small !== undefined,
    mayCutBelow: program.later.length === 0 && ranking.count === undefined,
    check: ({ orderBy }) => void order.readMetric(orderBy),
    merge,
  };
}

function groupShares(
  contributions: readonly Contribution[],
  readKey: (row: Share) => readonly Plain[],
  divisions: readonly number[],
): Group[] {
  const groups = new Map<string, Group>();
  for (const contribution of contributions) {
    for (const value of asList(contribution.value, 'groups')) {
      const share = asObject(value, 'group');
      const key = readKey(share);
      for (const index of divisions) assertReaches(contribution.region, key[index] ?? null);
      const name = JSON.stringify(key);
      const group = groups.get(name);
      if (group) group.shares.push(share);
      else groups.set(name, { key, shares: [share] });
    }
  }
  return [...groups.values()];
}

/** A group may be of a division above what was asked for, when rows are counted by city; beside it, it is somebody else's. */
function assertReaches(region: Region, division: Plain): void {
  if (division === null || isIn(region, String(division))) return;
  if (intersect(regionOfKey('WITHIN', String(division)), region).length > 0) return;
  throw new Nonconforming('a group lies outside of what was asked for');
}

/** Nulls last in either direction; equal values in the order of their keys. */
function sortByValue(groups: Group[], metric: (group: Group) => number | null, descending: boolean): void {
  groups.sort((a, b) => {
    const [left, right] = [metric(a), metric(b)];
    if (left === right) return compareKeys(a.key, b.key);
    if (left === null) return 1;
    if (right === null) return -1;
    return descending ? -comparePlain(left, right) : comparePlain(left, right);
  });
}

interface ShownGroups {
  readonly items: readonly Record<string, unknown>[];
  readonly roundTo: number;
}

function writeLater(later: LaterField, groups: readonly Group[], { items, roundTo }: ShownGroups): void {
  const counts = groups.map(({ shares }) => later.counts(shares, roundTo));
  if (later.by === 'QUADRANT') {
    const quadrants = classifyQuadrants(counts.map(([requests = 0, cases = 0]) => ({ requests, cases })));
    items.forEach((item, i) => {
      item[later.responseKey] = quadrants[i];
    });
    return;
  }
  const descending = counts.map(([count = 0]) => count).sort((a, b) => b - a);
  items.forEach((item, i) => {
    item[later.responseKey] = descending.indexOf(counts[i]?.[0] ?? 0) + 1;
  });
}

/** Groups of a type that has a RANK come in the order of that rank. */
function compileRanking(item: GraphQLObjectType, rules: SupergraphRules) {
  const hidden = new Map<string, FieldNode>();
  for (const name of Object.keys(item.getFields())) {
    const rule = rules.gather(item.name, name);
    if (rule?.by !== 'RANK') continue;
    const rank = compileLater(field(name), 'RANK', rule, hidden);
    return {
      fields: [...hidden.values()],
      count: (shares: readonly Share[], roundTo: number) => rank.counts(shares, roundTo)[0] ?? 0,
    };
  }
  return { fields: [], count: undefined };
}
