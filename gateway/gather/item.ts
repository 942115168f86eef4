/** How the shares of one group are made one: each field of the item by its own rule, objects field by field. */
import {
  type FieldNode,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
} from 'graphql';
import { HIDDEN } from '../model/gather.ts';
import type { GatherRule, SupergraphRules } from '../model/supergraph.ts';
import { field, fieldsOf, responseKeyOf, selectionSet } from './fields.ts';
import { asObject, firstPresent, greatest, least, ratio, roundedSum } from './values.ts';

type Share = Readonly<Record<string, unknown>>;

export interface ItemProgram {
  /** The selection with what the merge needs. */
  readonly fields: readonly FieldNode[];
  /** Fields that are worked out once all groups are known. */
  readonly later: readonly LaterField[];
  /** `roundTo`: counts are shown as the nearest multiple of it; 1 shows them as they are. */
  merge(shares: readonly Share[], roundTo?: number): Record<string, unknown>;
}

/** A QUADRANT or RANK: the counts that it is worked out from are read by `counts`, in the order of the rule's `of`. */
export interface LaterField {
  readonly responseKey: string;
  readonly by: 'QUADRANT' | 'RANK';
  counts(shares: readonly Share[], roundTo?: number): readonly number[];
}

interface FieldMerge {
  readonly node: FieldNode;
  readonly responseKey: string;
  merge(values: readonly unknown[], roundTo?: number): unknown;
}

export function compileItem(
  type: GraphQLObjectType,
  selected: readonly FieldNode[],
  rules: SupergraphRules,
): ItemProgram {
  const merges: FieldMerge[] = [];
  const later: LaterField[] = [];
  const hidden = new Map<string, FieldNode>();
  for (const node of selected) {
    const rule = rules.gather(type.name, node.name.value);
    if (rule?.by === 'QUADRANT' || rule?.by === 'RANK') later.push(compileLater(node, rule.by, rule, hidden));
    else merges.push(compileField(type, node, rule, rules));
  }
  return {
    fields: [...merges.map(({ node }) => node), ...hidden.values()],
    later,
    merge: (shares, roundTo) => {
      const item: Record<string, unknown> = {};
      for (const { responseKey, merge } of merges) {
        item[responseKey] = merge(
          shares.map((share) => share[responseKey]),
          roundTo,
        );
      }
      return item;
    },
  };
}

/** The counts `of` a rule, asked for under hidden names. */
export function compileLater(
  node: FieldNode,
  by: LaterField['by'],
  rule: GatherRule,
  hidden: Map<string, FieldNode>,
): LaterField {
  const names = rule.of.map((name) => {
    const alias = `${HIDDEN}of_${name}`;
    hidden.set(alias, field(name, { alias }));
    return alias;
  });
  const counts = (shares: readonly Share[], roundTo?: number) =>
    names.map(
      (name) =>
        roundedSum(
          shares.map((share) => share[name]),
          roundTo,
        ) ?? 0,
    );
  return { responseKey: responseKeyOf(node), by, counts };
}

function compileField(
  type: GraphQLObjectType,
  node: FieldNode,
  rule: GatherRule | undefined,
  rules: SupergraphRules,
): FieldMerge {
  const responseKey = responseKeyOf(node);
  switch (rule?.by) {
    case 'SUM':
      return { node, responseKey, merge: roundedSum };
    case 'MIN':
      return { node, responseKey, merge: least };
    case 'MAX':
      return { node, responseKey, merge: greatest };
    case 'RATE':
      return compileRate(node);
    default:
      return compileNested(type, node, rules);
  }
}

/** Both parts are summed and then divided: averages are never averaged. */
export function compileRate(node: FieldNode): FieldMerge {
  const [numerator, denominator] = [`${HIDDEN}n`, `${HIDDEN}d`];
  const selected = fieldsOf(node.selectionSet);
  const parts = [field('numerator', { alias: numerator }), field('denominator', { alias: denominator })];
  const merge = (values: readonly unknown[], roundTo = 1): unknown => {
    const shares = present(values, 'rate');
    if (shares.length === 0) return null;
    const partOf = (name: string) =>
      roundedSum(
        shares.map((share) => share[name]),
        roundTo,
      );
    const [n, d] = [partOf(numerator), partOf(denominator)];
    const value: Record<string, unknown> = { numerator: n, denominator: d, value: ratio(n, d), __typename: 'Rate' };
    return Object.fromEntries(selected.map((part) => [responseKeyOf(part), value[part.name.value]]));
  };
  return {
    node: { ...node, selectionSet: selectionSet([...selected, ...parts]) },
    responseKey: responseKeyOf(node),
    merge,
  };
}

/** An object some of whose fields have rules is merged field by field; all else is equal everywhere. */
function compileNested(type: GraphQLObjectType, node: FieldNode, rules: SupergraphRules): FieldMerge {
  const responseKey = responseKeyOf(node);
  const fieldType = type.getFields()[node.name.value]?.type;
  const inner = fieldType && getNamedType(fieldType);
  const isList = fieldType !== undefined && isListType(getNullableType(fieldType));
  const isRuled =
    isObjectType(inner) && Object.keys(inner.getFields()).some((name) => rules.gather(inner.name, name) !== undefined);
  if (!isRuled || isList || !isObjectType(inner)) return { node, responseKey, merge: firstPresent };

  const program = compileItem(inner, fieldsOf(node.selectionSet), rules);
  const merge = (values: readonly unknown[], roundTo?: number): unknown => {
    const shares = present(values, responseKey);
    return shares.length === 0 ? null : program.merge(shares, roundTo);
  };
  return { node: { ...node, selectionSet: selectionSet(program.fields) }, responseKey, merge };
}

function present(values: readonly unknown[], what: string): Share[] {
  return values.flatMap((value) => (value === null || value === undefined ? [] : [asObject(value, what)]));
}
