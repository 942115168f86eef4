/**
 * Operation → its deferred fragments: the objects of the answer that each belongs to, and how it is serialized there.
 */
import { isObject } from '@yiwang/schema';
import {
  type GraphQLCompositeType,
  getNamedType,
  type InlineFragmentNode,
  isCompositeType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { responseKeyOf } from '../kit/graphql/selections.ts';
import type { Path } from '../model/errors.ts';
import { createResponseShape, isTypeConditionMet } from './response-shape.ts';
import { compileSerializer, objectTypeOf, type Serializer, type SerializerOptions } from './serializer.ts';

/** An object that is in the answer. */
export interface ResponseObject {
  /** As it is in the tree. */
  readonly object: Readonly<Record<string, unknown>>;
  /** As the client has it, from what was serialized of it last. */
  readonly serialized: Readonly<Record<string, unknown>>;
  /** In the tree. */
  readonly path: Path;
  readonly type: GraphQLCompositeType;
}

export interface DeferredFragment {
  /** In the plan. */
  readonly id: string;
  /** The client's; undefined without one. */
  readonly label: string | undefined;
  /** Deferred within this one. They are delivered after it. */
  readonly nested: readonly DeferredFragment[];
  /** Returns the objects that it belongs to within the object around it; none if the answer has null there. */
  findObjects(around: ResponseObject): ResponseObject[];
  serializerAt(at: ResponseObject): Serializer;
}

export interface DeferredFragmentsOptions extends Omit<SerializerOptions, 'shape' | 'isNested'> {
  readonly keys: ReadonlyMap<string, string> | undefined;
  readonly labels: ReadonlyMap<string, string | undefined>;
}

type PathStep =
  | { readonly kind: 'field'; readonly key: string; readonly responseKey: string; readonly name: string }
  | { readonly kind: 'type'; readonly name: string };

/** `operation` has neither named fragments nor conditions, and its `@defer` have the labels of `labels`. */
export function compileDeferredFragments(
  operation: OperationDefinitionNode,
  options: DeferredFragmentsOptions,
): readonly DeferredFragment[] {
  const { schema, keys, labels, ...serialization } = options;

  const fragmentsIn = ({ selections }: SelectionSetNode, steps: readonly PathStep[]): DeferredFragment[] =>
    selections.flatMap((node): DeferredFragment[] => {
      if (node.kind === Kind.FRAGMENT_SPREAD || !node.selectionSet) return [];
      if (node.kind === Kind.FIELD) {
        const key = responseKeyOf(node);
        const step = { kind: 'field', key, responseKey: keys?.get(key) ?? key, name: node.name.value } as const;
        return fragmentsIn(node.selectionSet, [...steps, step]);
      }
      const condition = node.typeCondition?.name.value;
      const within: readonly PathStep[] =
        condition === undefined ? steps : [...steps, { kind: 'type', name: condition }];
      const id = labelOf(node);
      return id === undefined ? fragmentsIn(node.selectionSet, within) : [createFragment(id, node, within)];
    });

  /** The type may be known only since a deferred fetch: until then, a subgraph may have named an interface. */
  const withActualType = (at: ResponseObject): ResponseObject => {
    const type = objectTypeOf(at.object.__typename, at.type, schema) ?? at.type;
    return type === at.type ? at : { ...at, type };
  };

  const createFragment = (
    id: string,
    { selectionSet }: InlineFragmentNode,
    steps: readonly PathStep[],
  ): DeferredFragment => {
    const shape = createResponseShape({ ...operation, selectionSet }, keys, schema);
    const serializers = new Map<string, Serializer>();
    return {
      id,
      label: labels.get(id),
      nested: fragmentsIn(selectionSet, []),
      findObjects: (around) => {
        const objects: ResponseObject[] = [];
        walk(withActualType(around), steps, objects);
        return objects;
      },
      serializerAt: (at) => {
        const { type, path } = withActualType(at);
        const isNested = path.length > 0;
        const serializer =
          serializers.get(type.name) ?? compileSerializer(type, { ...serialization, schema, shape, isNested });
        serializers.set(type.name, serializer);
        return serializer;
      },
    };
  };

  const walk = (at: ResponseObject, [step, ...rest]: readonly PathStep[], objects: ResponseObject[]): void => {
    if (!step) {
      objects.push(at);
    } else if (step.kind === 'type') {
      if (isTypeConditionMet(step.name, at.type, schema)) walk(at, rest, objects);
    } else {
      const field = isUnionType(at.type) ? undefined : at.type.getFields()[step.name];
      const type = field && getNamedType(field.type);
      if (!isCompositeType(type)) return;
      const { key, responseKey } = step;
      for (const below of objectsIn(at.object[key], at.serialized[responseKey], [...at.path, key], type)) {
        walk(below, rest, objects);
      }
    }
  };

  const objectsIn = (
    value: unknown,
    serialized: unknown,
    path: Path,
    declared: GraphQLCompositeType,
  ): ResponseObject[] => {
    if (Array.isArray(value) && Array.isArray(serialized)) {
      return value.flatMap((item, i) => objectsIn(item, serialized[i], [...path, i], declared));
    }
    if (!isObject(value) || !isObject(serialized)) return [];
    const type = objectTypeOf(value.__typename, declared, schema);
    return type ? [{ object: value, serialized, path, type }] : [];
  };

  return fragmentsIn(operation.selectionSet, []);
}

function labelOf({ directives }: InlineFragmentNode): string | undefined {
  const label = directives?.find(({ name }) => name.value === 'defer')?.arguments?.[0]?.value;
  return label?.kind === Kind.STRING ? label.value : undefined;
}
