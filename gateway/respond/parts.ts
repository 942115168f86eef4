/** Operation → its deferred parts: where each belongs in the answer, and how it is printed there. */
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
import type { Path } from '../model/errors.ts';
import { compilePrint, type Print, type PrintOptions, typeOf } from './print.ts';
import { applies, createShape } from './shape.ts';

/** An object that is in the answer. */
export interface AnswerPlace {
  /** As it is in the tree. */
  readonly object: Readonly<Record<string, unknown>>;
  /** The same, as the client has it from what was printed last of it. */
  readonly given: Readonly<Record<string, unknown>>;
  /** In the tree. */
  readonly path: Path;
  readonly type: GraphQLCompositeType;
}

export interface Part {
  /** In the plan. */
  readonly id: string;
  /** The client's; undefined where it gave none. */
  readonly label: string | undefined;
  /** Deferred within this one: they come after it. */
  readonly parts: readonly Part[];
  /** From the place of what is around it to the objects that it belongs to: none where the answer has null. */
  find(around: AnswerPlace): AnswerPlace[];
  printAt(place: AnswerPlace): Print;
}

export interface PartsOptions extends Omit<PrintOptions, 'shape' | 'isPart'> {
  readonly keys: ReadonlyMap<string, string> | undefined;
  readonly labels: ReadonlyMap<string, string | undefined>;
}

type Step =
  | { readonly kind: 'field'; readonly key: string; readonly responseKey: string; readonly name: string }
  | { readonly kind: 'type'; readonly name: string };

/** `operation` has neither named fragments nor conditions, and `@defer` with the labels that `labels` knows. */
export function compileParts(operation: OperationDefinitionNode, options: PartsOptions): readonly Part[] {
  const { schema, keys, labels, leaf } = options;

  const partsIn = ({ selections }: SelectionSetNode, steps: readonly Step[]): Part[] =>
    selections.flatMap((node): Part[] => {
      if (node.kind === Kind.FRAGMENT_SPREAD || !node.selectionSet) return [];
      if (node.kind === Kind.FIELD) {
        const key = (node.alias ?? node.name).value;
        const step = { kind: 'field', key, responseKey: keys?.get(key) ?? key, name: node.name.value } as const;
        return partsIn(node.selectionSet, [...steps, step]);
      }
      const condition = node.typeCondition?.name.value;
      const within: readonly Step[] = condition === undefined ? steps : [...steps, { kind: 'type', name: condition }];
      const id = labelOf(node);
      return id === undefined ? partsIn(node.selectionSet, within) : [partOf(id, node, within)];
    });

  /** What objects are may be known only now, by what was fetched for a part: a subgraph may name no more than an interface. */
  const asIs = (place: AnswerPlace): AnswerPlace => {
    const type = typeOf(place.object.__typename, place.type, schema) ?? place.type;
    return type === place.type ? place : { ...place, type };
  };

  const partOf = (id: string, { selectionSet }: InlineFragmentNode, steps: readonly Step[]): Part => {
    const shape = createShape({ ...operation, selectionSet }, keys, schema);
    const prints = new Map<string, Print>();
    return {
      id,
      label: labels.get(id),
      parts: partsIn(selectionSet, []),
      find: (around) => {
        const found: AnswerPlace[] = [];
        walk(asIs(around), steps, found);
        return found;
      },
      printAt: (place) => {
        const { type, path } = asIs(place);
        const isPart = path.length > 0;
        const print = prints.get(type.name) ?? compilePrint(type, { schema, shape, leaf, isPart });
        prints.set(type.name, print);
        return print;
      },
    };
  };

  const walk = (place: AnswerPlace, [step, ...rest]: readonly Step[], found: AnswerPlace[]): void => {
    if (!step) {
      found.push(place);
    } else if (step.kind === 'type') {
      if (applies(step.name, place.type, schema)) walk(place, rest, found);
    } else {
      const field = isUnionType(place.type) ? undefined : place.type.getFields()[step.name];
      const type = field && getNamedType(field.type);
      if (!isCompositeType(type)) return;
      const { key, responseKey } = step;
      for (const below of placesIn(place.object[key], place.given[responseKey], [...place.path, key], type)) {
        walk(below, rest, found);
      }
    }
  };

  const placesIn = (value: unknown, given: unknown, path: Path, declared: GraphQLCompositeType): AnswerPlace[] => {
    if (Array.isArray(value) && Array.isArray(given)) {
      return value.flatMap((item, i) => placesIn(item, given[i], [...path, i], declared));
    }
    if (!isObject(value) || !isObject(given)) return [];
    const type = typeOf(value.__typename, declared, schema);
    return type ? [{ object: value, given, path, type }] : [];
  };

  return partsIn(operation.selectionSet, []);
}

function labelOf({ directives }: InlineFragmentNode): string | undefined {
  const label = directives?.find(({ name }) => name.value === 'defer')?.arguments?.[0]?.value;
  return label?.kind === Kind.STRING ? label.value : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
