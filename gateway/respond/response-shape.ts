/** Operation → the shape of its answer: fields collected and merged for each type, once per operation. */
import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
} from 'graphql';
import { responseKeyOf } from '../kit/graphql/selections.ts';

export interface ShapeField {
  /** In the tree. */
  readonly key: string;
  /** In the answer. */
  readonly responseKey: string;
  readonly name: string;
  /** The type that has the field. */
  readonly parent: string;
  readonly type: GraphQLOutputType;
  /** The fields below, by the type of the object; undefined for leaves. */
  readonly below: ResponseShape | undefined;
}

/** The selection sets of one place, and their fields for each type of object that may be there. */
export interface ResponseShape {
  /** For an abstract type, an object of unknown type: the fields that are selected of every such object. */
  fieldsFor(type: GraphQLCompositeType): readonly ShapeField[];
}

interface CollectedField {
  key: string;
  readonly nodes: FieldNode[];
}

const NONE: ReadonlySet<string> = new Set();

/**
 * `operation` has neither named fragments nor conditions, and no directive but `@defer`.
 * `keys`: the client's response keys by those that the operation has in their place.
 * `hidden`: keys without a value in the tree. Such a field is read under another key that it is selected with.
 */
export function createResponseShape(
  operation: OperationDefinitionNode,
  keys: ReadonlyMap<string, string> | undefined,
  schema: GraphQLSchema,
  hidden: ReadonlySet<string> = NONE,
): ResponseShape {
  const collect = (type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): Map<string, CollectedField> => {
    const fieldsByKey = new Map<string, CollectedField>();
    const walk = (set: SelectionSetNode): void => {
      for (const selection of set.selections) {
        if (selection.kind === Kind.FIELD) {
          const key = responseKeyOf(selection);
          const treeKey = hidden.size === 0 ? key : (keys?.get(key) ?? key);
          const earlier = fieldsByKey.get(treeKey);
          if (!earlier) fieldsByKey.set(treeKey, { key, nodes: [selection] });
          else {
            earlier.nodes.push(selection);
            if (hidden.has(earlier.key)) earlier.key = key;
          }
        } else if (
          selection.kind === Kind.INLINE_FRAGMENT &&
          // A deferred fragment has a shape of its own.
          !selection.directives?.length &&
          isTypeConditionMet(selection.typeCondition?.name.value, type, schema)
        ) {
          walk(selection.selectionSet);
        }
      }
    };
    for (const set of sets) walk(set);
    return fieldsByKey;
  };
  const shapeOf = (sets: readonly SelectionSetNode[]): ResponseShape => {
    const byType = new Map<string, readonly ShapeField[]>();
    return {
      fieldsFor: (type) => {
        let fields = byType.get(type.name);
        if (!fields) {
          fields = [...collect(type, sets).values()].flatMap((field) => shapeField(field, type) ?? []);
          byType.set(type.name, fields);
        }
        return fields;
      },
    };
  };
  const shapeField = ({ key, nodes }: CollectedField, type: GraphQLCompositeType): ShapeField | undefined => {
    const name = nodes[0]!.name.value;
    const definition = name === TypeNameMetaFieldDef.name ? TypeNameMetaFieldDef : fieldsOf(type)[name];
    if (!definition) return undefined;
    const sets = nodes.flatMap((node) => node.selectionSet ?? []);
    const below = isCompositeType(getNamedType(definition.type)) ? shapeOf(sets) : undefined;
    return { key, responseKey: keys?.get(key) ?? key, name, parent: type.name, type: definition.type, below };
  };
  return shapeOf([operation.selectionSet]);
}

/** True if a fragment on `condition` applies to objects of the type. */
export function isTypeConditionMet(
  condition: string | undefined,
  type: GraphQLCompositeType,
  schema: GraphQLSchema,
): boolean {
  if (condition === undefined || condition === type.name) return true;
  const conditionType = schema.getType(condition);
  return isAbstractType(conditionType) && !isUnionType(type) && schema.isSubType(conditionType, type);
}

function fieldsOf(type: GraphQLCompositeType) {
  return isUnionType(type) ? {} : type.getFields();
}
