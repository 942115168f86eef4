/** `orderBy` argument of a field of groups → the values by which its groups are sorted. */
import { isObject } from '@yiwang/schema';
import { type FieldNode, type GraphQLObjectType, getNamedType, isObjectType, Kind } from 'graphql';
import { PublicError } from '../../model/errors.ts';
import { HIDDEN_PREFIX } from '../../model/gather.ts';
import type { SupergraphRules } from '../../model/supergraph/supergraph-rules.ts';
import { createField } from '../field-nodes.ts';
import { memberOf, ratio, roundedSum, roundingOf } from '../merge-values.ts';
import type { PartialAggregate } from './compile-item.ts';

/** A number in the item that groups can be sorted by. */
interface SortKey {
  readonly path: readonly [outer: string, inner: string];
  readonly isRate: boolean;
  /** In how many parts of one its numbers are given. */
  readonly unit: number;
  readonly isOpen: boolean;
}

export interface GroupOrder {
  readonly fields: readonly FieldNode[];
  /**
   * Returns undefined if the caller does not order. `value` is rounded to `roundTo`, since an order by exact counts
   * would disclose them. Throws `BAD_USER_INPUT` if the item does not have the sort key, or the public does not see it.
   */
  parseOrderBy(
    orderBy: unknown,
    isPublic?: boolean,
  ):
    | { readonly descending: boolean; value(partials: readonly PartialAggregate[], roundTo: number): number | null }
    | undefined;
}

export function compileGroupOrder(node: FieldNode, item: GraphQLObjectType, rules: SupergraphRules): GroupOrder {
  const sortKeys = createSortKeys(item, rules);
  const argument = node.arguments?.find(({ name }) => name.value === 'orderBy')?.value;
  const by =
    argument?.kind === Kind.OBJECT ? argument.fields.find(({ name }) => name.value === 'by')?.value : undefined;
  // An order is written out before. One that is not, as from another gateway, has the measures that everybody sees.
  const isPossible = ([path, { isOpen }]: [string, SortKey]) => (by?.kind === Kind.STRING ? path === by.value : isOpen);
  const possible = [...sortKeys].filter(isPossible).map(([path]) => path);
  const needed = argument === undefined || argument.kind === Kind.NULL ? [] : possible;
  return {
    fields: needed.map((path) => createSortKeyField(path, sortKeys.get(path)!)),
    parseOrderBy: (orderBy, isPublic = false) => {
      if (!isObject(orderBy)) return undefined;
      const path = String(orderBy.by);
      const sortKey = sortKeys.get(path);
      if (!sortKey || (isPublic && !sortKey.isOpen)) {
        const seen = [...sortKeys].filter(([, { isOpen }]) => isOpen || !isPublic);
        const expected = seen.map(([name]) => name).join(', ');
        throw new PublicError('BAD_USER_INPUT', `cannot order by "${path}"; expected one of ${expected}`);
      }
      return {
        descending: orderBy.direction !== 'ASC',
        value: (partials, roundTo) => readSortKey(aliasOf(path), sortKey, { partials, roundTo }),
      };
    },
  };
}

function createSortKeys(item: GraphQLObjectType, rules: SupergraphRules): Map<string, SortKey> {
  const sortKeys = new Map<string, SortKey>();
  for (const outer of Object.values(item.getFields())) {
    const type = getNamedType(outer.type);
    if (!isObjectType(type)) continue;
    for (const inner of Object.values(type.getFields())) {
      const { by, unit = 1 } = rules.gather(type.name, inner.name) ?? {};
      if (by !== 'SUM' && by !== 'RATE') continue;
      sortKeys.set(`${outer.name}.${inner.name}`, {
        path: [outer.name, inner.name],
        isRate: by === 'RATE',
        unit,
        isOpen: rules.isOpen(item.name, outer.name) && rules.isOpen(type.name, inner.name),
      });
    }
  }
  return sortKeys;
}

function aliasOf(path: string): string {
  return `${HIDDEN_PREFIX}by_${path.replace('.', '_')}`;
}

function createSortKeyField(path: string, { path: [outer, inner], isRate }: SortKey): FieldNode {
  const parts = isRate ? { fields: [createField('numerator'), createField('denominator')] } : {};
  return createField(outer, { alias: aliasOf(path), fields: [createField(inner, { alias: 'value', ...parts })] });
}

function readSortKey(
  alias: string,
  { isRate, unit }: SortKey,
  { partials, roundTo }: { readonly partials: readonly PartialAggregate[]; readonly roundTo: number },
): number | null {
  const values = partials.map((partial) => memberOf(partial[alias], 'value'));
  if (!isRate) return roundedSum(values, roundTo);
  const partOf = (name: 'numerator' | 'denominator') =>
    roundedSum(
      values.map((value) => memberOf(value, name)),
      roundingOf(roundTo, unit),
    );
  return ratio(partOf('numerator'), partOf('denominator'));
}
