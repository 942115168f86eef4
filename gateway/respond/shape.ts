/** The shape that the client asked for: fields collected and merged for each type, once per operation and its conditions. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  getNamedType,
  isAbstractType,
  isCompositeType,
  Kind,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
} from 'graphql';

export interface ShapeField {
  readonly responseKey: string;
  readonly name: string;
  readonly type: GraphQLOutputType;
  /** The fields below, by the type of the object met; undefined for leaves. */
  readonly below: ShapeSet | undefined;
}

/** Selection sets that apply to one place, and their fields for each type that may be met there. */
export interface ShapeSet {
  fieldsFor(type: GraphQLObjectType): readonly ShapeField[];
}

export function createShape(
  document: DocumentNode,
  root: SelectionSetNode,
  schema: GraphQLSchema,
  variables: Readonly<Record<string, unknown>>,
): ShapeSet {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const collect = (type: GraphQLObjectType, sets: readonly SelectionSetNode[]): Map<string, FieldNode[]> => {
    const found = new Map<string, FieldNode[]>();
    const visited = new Set<string>();
    const walk = (set: SelectionSetNode): void => {
      for (const selection of set.selections) {
        if (!isIncluded(selection, variables)) continue;
        if (selection.kind === Kind.FIELD) {
          const key = selection.alias?.value ?? selection.name.value;
          const nodes = found.get(key);
          if (nodes) nodes.push(selection);
          else found.set(key, [selection]);
          continue;
        }
        const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
        if (isSpread && visited.has(selection.name.value)) continue;
        if (isSpread) visited.add(selection.name.value);
        const fragment = isSpread ? fragments.get(selection.name.value) : selection;
        if (fragment && applies(fragment.typeCondition?.name.value, type, schema)) walk(fragment.selectionSet);
      }
    };
    for (const set of sets) walk(set);
    return found;
  };
  const shapeOf = (sets: readonly SelectionSetNode[]): ShapeSet => {
    const byType = new Map<string, readonly ShapeField[]>();
    return {
      fieldsFor: (type) => {
        let fields = byType.get(type.name);
        if (!fields) {
          fields = [...collect(type, sets)].flatMap(([key, nodes]) => shapeField(key, nodes, type) ?? []);
          byType.set(type.name, fields);
        }
        return fields;
      },
    };
  };
  const shapeField = (
    responseKey: string,
    nodes: readonly FieldNode[],
    type: GraphQLObjectType,
  ): ShapeField | undefined => {
    const name = nodes[0]!.name.value;
    const definition = name === TypeNameMetaFieldDef.name ? TypeNameMetaFieldDef : type.getFields()[name];
    if (!definition) return undefined;
    const sets = nodes.flatMap((node) => node.selectionSet ?? []);
    const below = isCompositeType(getNamedType(definition.type)) ? shapeOf(sets) : undefined;
    return { responseKey, name, type: definition.type, below };
  };
  return shapeOf([root]);
}

function isIncluded(
  node: Parameters<typeof getDirectiveValues>[1],
  variables: Readonly<Record<string, unknown>>,
): boolean {
  const values = variables as Record<string, unknown>;
  if (getDirectiveValues(GraphQLSkipDirective, node, values)?.if === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, values)?.if !== false;
}

function applies(condition: string | undefined, type: GraphQLObjectType, schema: GraphQLSchema): boolean {
  if (condition === undefined || condition === type.name) return true;
  const conditionType = schema.getType(condition);
  return isAbstractType(conditionType) && schema.isSubType(conditionType, type);
}
