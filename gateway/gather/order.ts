/** The order of groups: by a metric of the item that the caller names, or by the key. */
import { type FieldNode, type GraphQLObjectType, getNamedType, isObjectType, Kind } from 'graphql';
import { PublicError } from '../model/errors.ts';
import { HIDDEN } from '../model/gather.ts';
import type { SupergraphRules } from '../model/supergraph.ts';
import { field } from './fields.ts';
import { ratio, roundedSum } from './values.ts';

type Share = Readonly<Record<string, unknown>>;

/** A number that groups can be ordered by: where it stands in the item, and how its shares are made one. */
interface Metric {
  readonly path: readonly [outer: string, inner: string];
  readonly isRate: boolean;
}

export interface GroupOrder {
  readonly fields: readonly FieldNode[];
  /** Undefined where the caller names no order. Groups are ordered by what is shown of them (`roundTo`): an order by exact counts would tell those. Throws `BAD_USER_INPUT` for a metric that the item does not have. */
  readMetric(
    orderBy: unknown,
  ): { readonly descending: boolean; value(shares: readonly Share[], roundTo: number): number | null } | undefined;
}

export function compileOrder(node: FieldNode, item: GraphQLObjectType, rules: SupergraphRules): GroupOrder {
  const metrics = metricsOf(item, rules);
  const argument = node.arguments?.find(({ name }) => name.value === 'orderBy')?.value;
  const by =
    argument?.kind === Kind.OBJECT ? argument.fields.find(({ name }) => name.value === 'by')?.value : undefined;
  const named =
    by?.kind === Kind.STRING ? [...metrics.keys()].filter((path) => path === by.value) : [...metrics.keys()];
  const needed = argument === undefined || argument.kind === Kind.NULL ? [] : named;
  return {
    fields: needed.map((path) => metricField(path, metrics.get(path)!)),
    readMetric: (orderBy) => {
      if (typeof orderBy !== 'object' || orderBy === null) return undefined;
      const { by: path, direction } = orderBy as { by?: unknown; direction?: unknown };
      const metric = metrics.get(String(path));
      if (!metric) {
        const known = [...metrics.keys()].join(', ');
        throw new PublicError('BAD_USER_INPUT', `cannot order by "${String(path)}"; expected one of ${known}`);
      }
      return {
        descending: direction !== 'ASC',
        value: (shares, roundTo) => metricValue(aliasOf(String(path)), metric, { shares, roundTo }),
      };
    },
  };
}

function metricsOf(item: GraphQLObjectType, rules: SupergraphRules): Map<string, Metric> {
  const metrics = new Map<string, Metric>();
  for (const outer of Object.values(item.getFields())) {
    const type = getNamedType(outer.type);
    if (!isObjectType(type)) continue;
    for (const inner of Object.values(type.getFields())) {
      const by = rules.gather(type.name, inner.name)?.by;
      if (by !== 'SUM' && by !== 'RATE') continue;
      metrics.set(`${outer.name}.${inner.name}`, { path: [outer.name, inner.name], isRate: by === 'RATE' });
    }
  }
  return metrics;
}

function aliasOf(path: string): string {
  return `${HIDDEN}by_${path.replace('.', '_')}`;
}

function metricField(path: string, { path: [outer, inner], isRate }: Metric): FieldNode {
  const parts = isRate ? { fields: [field('numerator'), field('denominator')] } : {};
  return field(outer, { alias: aliasOf(path), fields: [field(inner, { alias: 'value', ...parts })] });
}

function metricValue(
  alias: string,
  { isRate }: Metric,
  { shares, roundTo }: { readonly shares: readonly Share[]; readonly roundTo: number },
): number | null {
  const values = shares.map((share) => (share[alias] as { value?: unknown } | null | undefined)?.value);
  if (!isRate) return roundedSum(values, roundTo);
  const parts = values as readonly ({ numerator?: unknown; denominator?: unknown } | null | undefined)[];
  const partOf = (name: 'numerator' | 'denominator') =>
    roundedSum(
      parts.map((part) => part?.[name]),
      roundTo,
    );
  return ratio(partOf('numerator'), partOf('denominator'));
}
