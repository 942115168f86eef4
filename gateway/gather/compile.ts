/** A field with its rule → its program. */
import { isCalendarPeriod, parsePeriod } from '@yiwang/schema';
import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isObjectType,
} from 'graphql';
import { PublicError } from '../model/errors.ts';
import { type Contribution, type FieldProgram, HIDDEN, type HiddenVariable, whole } from '../model/gather.ts';
import type { GatherRule, SupergraphRules } from '../model/supergraph.ts';
import { fieldsOf, hasArgument, responseKeyOf, selectionSet, withVariable } from './fields.ts';
import { compileGroup } from './group.ts';
import { compileRate } from './item.ts';
import { compileKey } from './key.ts';
import { compilePage } from './page.ts';
import { asList, asObject, compareKeys, firstPresent, greatest, least, sum } from './values.ts';

/** `number` makes the hidden variables of one operation distinct. Throws for a field that the type does not have. */
export function compileGather(
  node: FieldNode,
  parent: GraphQLObjectType,
  rules: SupergraphRules,
  number: number,
): FieldProgram {
  const definition = parent.getFields()[node.name.value];
  if (!definition) throw new Error(`${parent.name} has no field "${node.name.value}"`);
  const rule = rules.gather(parent.name, node.name.value) ?? DEFAULT_RULE;
  const part = compilePart(node, rule, itemOf(getNamedType(definition.type)), rules);
  const size = part.refill && sizeArgument(parent, definition);
  const refill = size && part.refill;
  const hidden = hiddenVariables(node, rules.jurisdiction(parent.name, node.name.value), number, size);
  const periods = definition.args.flatMap(({ name, type }) => (getNamedType(type).name === 'Period' ? [name] : []));
  const hide = (bare: FieldNode) =>
    hidden.reduce((field, { argument, name }) => withVariable(field, argument, name), bare);
  return {
    responseKey: responseKeyOf(node),
    by: rule.by,
    definition,
    asked: node,
    node: hide(part.node),
    hidden,
    check: (args, isPublic) => {
      if (isPublic && part.withholds) for (const name of periods) checkCalendarPeriod(name, args[name]);
      part.check?.(args);
    },
    merge: part.merge,
    empty: part.empty,
    refused: part.refused ?? part.empty,
    mayCutBelow: part.mayCutBelow ?? false,
    withholds: part.withholds ?? false,
    refill: refill && { ...refill, node: hide(refill.node) },
  };
}

/**
 * Periods that differ by a day differ by the few of that day, and periods that overlap tell, each rounded, what the
 * months in them come to.
 */
function checkCalendarPeriod(argument: string, value: unknown): void {
  if (value === null || value === undefined || isCalendarPeriod(parsePeriod(String(value)))) return;
  const message = `"${argument}" is ${value}; open statistics are of one month, one quarter or one year: expected 2026, 2026Q3 or 2026-10`;
  throw new PublicError('BAD_USER_INPUT', message);
}

const DEFAULT_RULE: GatherRule = { by: 'OWNER', key: undefined, of: [], small: undefined };

type Part = Pick<FieldProgram, 'node' | 'merge' | 'empty'> &
  Partial<Pick<FieldProgram, 'refill' | 'refused' | 'mayCutBelow' | 'withholds'>> & {
    readonly check?: (args: Readonly<Record<string, unknown>>) => void;
  };

function compilePart(
  node: FieldNode,
  rule: GatherRule,
  item: GraphQLObjectType | undefined,
  rules: SupergraphRules,
): Part {
  switch (rule.by) {
    case 'PAGE':
      return compilePage(node);
    case 'GROUP':
      if (!item) throw new Error(`"${node.name.value}" is gathered as groups, but its items are no objects`);
      return { ...compileGroup(node, item, rule, rules), empty: [] };
    case 'CONCAT':
      return compileConcat(node, rule);
    case 'RATE': {
      const rate = compileRate(node);
      return { node: rate.node, merge: (given) => whole(rate.merge(valuesOf(given))), empty: undefined };
    }
    case 'SUM':
      return { node, merge: (given) => whole(sum(valuesOf(given))), empty: undefined };
    case 'MIN':
      return { node, merge: (given) => whole(least(valuesOf(given))), empty: undefined };
    case 'MAX':
      return { node, merge: (given) => whole(greatest(valuesOf(given))), empty: undefined };
    case 'FIRST':
      return { node, merge: (given) => whole(firstPresent(valuesOf(given))), empty: undefined };
    case 'OWNER':
      return { node, merge: (given) => mergeOwner(valuesOf(given)), empty: undefined };
    case 'QUADRANT':
    case 'RANK':
      throw new Error(`"${node.name.value}" is worked out from its group and cannot be gathered alone`);
  }
}

function valuesOf(contributions: readonly Contribution[]): unknown[] {
  return contributions.map(({ value }) => value);
}

/** Exactly one platform owns it: what differs from the first answer is a conflict. */
function mergeOwner(values: readonly unknown[]): ReturnType<FieldProgram['merge']> {
  const [first, ...others] = values;
  const text = JSON.stringify(first);
  return { value: first ?? null, withheld: 0, conflict: others.some((other) => JSON.stringify(other) !== text) };
}

function compileConcat(node: FieldNode, rule: GatherRule): Part {
  const key = compileKey(rule.key);
  const selected = fieldsOf(node.selectionSet);
  const responseKeys = selected.map(responseKeyOf);
  return {
    node: { ...node, selectionSet: selectionSet([...selected, ...key.fields]) },
    merge: (given) => {
      const rows = valuesOf(given).flatMap((value) => asList(value, 'list').map((row) => asObject(row, 'item')));
      const keyed = rows.map((row) => ({ row, key: key.read(row) }));
      keyed.sort((a, b) => compareKeys(a.key, b.key));
      return whole(keyed.map(({ row }) => Object.fromEntries(responseKeys.map((name) => [name, row[name]]))));
    },
    empty: [],
  };
}

interface HiddenArgument extends HiddenVariable {
  readonly argument: string;
}

/**
 * Cursors are sealed, a list that is merged may only be cut after the merge, and no platform is asked for more than the
 * caller's jurisdiction, so that the gateway alone keeps to it.
 */
function hiddenVariables(
  node: FieldNode,
  jurisdiction: ReturnType<SupergraphRules['jurisdiction']>,
  number: number,
  size: GraphQLArgument | undefined,
): HiddenArgument[] {
  const hidden: HiddenArgument[] = [];
  if (size)
    hidden.push({ argument: size.name, name: `${HIDDEN}first_${number}`, type: `${size.type}`, holds: 'first' });
  if (size || hasArgument(node, 'after')) {
    hidden.push({ argument: 'after', name: `${HIDDEN}after_${number}`, type: 'String', holds: 'position' });
  }
  if (hasArgument(node, 'top')) {
    hidden.push({ argument: 'top', name: `${HIDDEN}top_${number}`, type: 'Int', holds: 'top' });
  }
  if (jurisdiction?.form === 'WITHIN') {
    const { argument } = jurisdiction;
    hidden.push({ argument, name: `${HIDDEN}within_${number}`, type: 'DivisionCode', holds: 'within' });
  }
  return hidden;
}

/**
 * The argument that tells the size of a page whose platforms may be asked for a share of it. Pages of entities are asked for whole:
 * hidden variables are null in every call for entities.
 */
function sizeArgument(
  parent: GraphQLObjectType,
  { args }: GraphQLField<unknown, unknown>,
): GraphQLArgument | undefined {
  if (parent.name !== 'Query' || !args.some(({ name }) => name === 'after')) return undefined;
  return args.find(({ name }) => name === 'first');
}

function itemOf(type: unknown): GraphQLObjectType | undefined {
  return isObjectType(type) ? type : undefined;
}
