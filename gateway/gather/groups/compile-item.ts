/** Partial aggregates of one group → the group: each field by its own rule, objects field by field. */
import {
  type FieldNode,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
} from 'graphql';
import { responseKeyOf } from '../../kit/graphql/selections.ts';
import { HIDDEN_PREFIX } from '../../model/gather.ts';
import type { GatherRule, SupergraphRules } from '../../model/supergraph/supergraph-rules.ts';
import { createField, createSelectionSet, flattenFields } from '../field-nodes.ts';
import {
  expectObject,
  firstNonNull,
  maximum,
  memberOf,
  minimum,
  ratio,
  roundedSum,
  roundingOf,
} from '../merge-values.ts';

/** One platform's values of a group. */
export type PartialAggregate = Readonly<Record<string, unknown>>;

export interface ItemProgram {
  /** The selection, with the fields that the merge needs. */
  readonly fields: readonly FieldNode[];
  /** Fields that are computed from all groups. */
  readonly derivedFields: readonly DerivedField[];
  /** `roundTo`: counts are rounded to multiples of it; 1 does not round. */
  merge(partials: readonly PartialAggregate[], roundTo?: number): Record<string, unknown>;
}

/** A QUADRANT or RANK field. `counts` returns the counts that it is computed from, in the order of `of` in its rule. */
export interface DerivedField {
  readonly responseKey: string;
  readonly by: 'QUADRANT' | 'RANK';
  counts(partials: readonly PartialAggregate[], roundTo?: number): readonly number[];
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
  const derivedFields: DerivedField[] = [];
  const hidden = new Map<string, FieldNode>();
  for (const node of selected) {
    const rule = rules.gather(type.name, node.name.value);
    if (rule?.by === 'QUADRANT' || rule?.by === 'RANK') {
      derivedFields.push(compileDerivedField(node, rule.by, rule, hidden));
    } else merges.push(compileField(type, node, rule, rules));
  }
  return {
    fields: [...merges.map(({ node }) => node), ...hidden.values()],
    derivedFields,
    merge: (partials, roundTo) => {
      const item: Record<string, unknown> = {};
      for (const { responseKey, merge } of merges) {
        item[responseKey] = merge(
          partials.map((partial) => partial[responseKey]),
          roundTo,
        );
      }
      return item;
    },
  };
}

/** Adds the counts and rates in the rule's `of` to `hidden`, by hidden aliases. */
export function compileDerivedField(
  node: FieldNode,
  by: DerivedField['by'],
  rule: GatherRule,
  hidden: Map<string, FieldNode>,
): DerivedField {
  const readers = rule.of.map((name) => {
    if (name.includes('.')) return readerOfRate(name, hidden);
    const alias = `${HIDDEN_PREFIX}of_${name}`;
    hidden.set(alias, createField(name, { alias }));
    return (partials: readonly PartialAggregate[], roundTo?: number) =>
      roundedSum(
        partials.map((partial) => partial[alias]),
        roundTo,
      ) ?? 0;
  });
  const counts = (partials: readonly PartialAggregate[], roundTo?: number) =>
    readers.map((read) => read(partials, roundTo));
  return { responseKey: responseKeyOf(node), by, counts };
}

/** `rates.score`: the ratio of the sums, as the merge works it out; a rate of nothing is last. */
function readerOfRate(path: string, hidden: Map<string, FieldNode>) {
  const [outer = '', inner = ''] = path.split('.');
  const alias = `${HIDDEN_PREFIX}of_${path.replace('.', '_')}`;
  const parts = [createField('numerator'), createField('denominator')];
  hidden.set(alias, createField(outer, { alias, fields: [createField(inner, { alias: 'value', fields: parts })] }));
  return (partials: readonly PartialAggregate[], roundTo?: number): number => {
    const rates = partials.map((partial) => memberOf(partial[alias], 'value'));
    const partOf = (name: 'numerator' | 'denominator') =>
      roundedSum(
        rates.map((rate) => memberOf(rate, name)),
        roundTo,
      );
    return ratio(partOf('numerator'), partOf('denominator')) ?? Number.NEGATIVE_INFINITY;
  };
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
    case 'TOTAL':
      throw new Error(
        `"${type.name}.${node.name.value}" is a TOTAL in a group, where a platform without the group has no part`,
      );
    case 'MIN':
      return { node, responseKey, merge: minimum };
    case 'MAX':
      return { node, responseKey, merge: maximum };
    case 'RATE':
      return compileRate(node, getNamedType(type.getFields()[node.name.value]!.type).name, rule.unit);
    default:
      return compileNested(type, node, rules);
  }
}

/** Sums numerators and denominators, and divides the sums: averages are never averaged. */
export function compileRate(node: FieldNode, typeName: string, unit = 1): FieldMerge {
  const [numerator, denominator] = [`${HIDDEN_PREFIX}n`, `${HIDDEN_PREFIX}d`];
  const selected = flattenFields(node.selectionSet);
  const parts = [createField('numerator', { alias: numerator }), createField('denominator', { alias: denominator })];
  const merge = (values: readonly unknown[], roundTo = 1): unknown => {
    const partials = expectPresentObjects(values, 'rate');
    if (partials.length === 0) return null;
    const partOf = (name: string) =>
      roundedSum(
        partials.map((partial) => partial[name]),
        roundingOf(roundTo, unit),
      );
    const [n, d] = [partOf(numerator), partOf(denominator)];
    const value: Record<string, unknown> = { numerator: n, denominator: d, value: ratio(n, d), __typename: typeName };
    return Object.fromEntries(selected.map((part) => [responseKeyOf(part), value[part.name.value]]));
  };
  return {
    node: { ...node, selectionSet: createSelectionSet([...selected, ...parts]) },
    responseKey: responseKeyOf(node),
    merge,
  };
}

/** An object is merged field by field if some of its fields have rules. All other values are equal on all platforms. */
function compileNested(type: GraphQLObjectType, node: FieldNode, rules: SupergraphRules): FieldMerge {
  const responseKey = responseKeyOf(node);
  const fieldType = type.getFields()[node.name.value]?.type;
  const inner = fieldType && getNamedType(fieldType);
  const isList = fieldType !== undefined && isListType(getNullableType(fieldType));
  const isRuled =
    isObjectType(inner) && Object.keys(inner.getFields()).some((name) => rules.gather(inner.name, name) !== undefined);
  if (!isRuled || isList || !isObjectType(inner)) return { node, responseKey, merge: firstNonNull };

  const program = compileItem(inner, flattenFields(node.selectionSet), rules);
  const merge = (values: readonly unknown[], roundTo?: number): unknown => {
    const partials = expectPresentObjects(values, responseKey);
    return partials.length === 0 ? null : program.merge(partials, roundTo);
  };
  return { node: { ...node, selectionSet: createSelectionSet(program.fields) }, responseKey, merge };
}

function expectPresentObjects(values: readonly unknown[], what: string): PartialAggregate[] {
  return values.flatMap((value) => (value === null || value === undefined ? [] : [expectObject(value, what)]));
}
