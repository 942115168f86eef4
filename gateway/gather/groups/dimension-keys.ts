/** The key of groups, with the parts that the dimensions of this field fill besides those that every key has. */
import {
  type FieldNode,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  Kind,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import type { SupergraphRules } from '../../model/supergraph/supergraph-rules.ts';
import { createField, createSelectionSet } from '../field-nodes.ts';

/** The object of an item that holds the parts of its key. */
const KEY_FIELD = 'key';

/** A variable stands for dimensions without a part of their own: the others are written out before. */
export function withDimensionKeys(
  key: SelectionSetNode | undefined,
  node: FieldNode,
  definition: GraphQLField<unknown, unknown>,
  rules: SupergraphRules,
): SelectionSetNode | undefined {
  const parts = (node.arguments ?? []).flatMap(({ name, value }) => {
    const type = definition.args.find((argument) => argument.name === name.value)?.type;
    return type ? partsOf(value, type, rules) : [];
  });
  if (parts.length === 0) return key;
  const keyed = createField(KEY_FIELD, { fields: parts.map((part) => createField(part)) });
  return createSelectionSet([...(key?.selections ?? []), keyed]);
}

/** In the order of the enum, which is that of groups. */
function partsOf(value: ValueNode, type: GraphQLInputType, rules: SupergraphRules): readonly string[] {
  const keys = rules.dimensionKeys.get(getNamedType(type).name);
  if (!keys) return [];
  const nodes = value.kind === Kind.LIST ? value.values : [value];
  const names = new Set(nodes.flatMap((item) => (item.kind === Kind.ENUM ? [item.value] : [])));
  return [...keys].flatMap(([name, part]) => (names.has(name) ? [part] : []));
}
