/**
 * Operation → what of it the caller may ask for, and the places of the rest. A field is denied if it, its own type, or the type that it is
 * of demands what the caller does not have. On an interface or a union, where a subgraph decides which type comes, it is denied if it is
 * so for any type that may come there; fragments on types tell them apart.
 */
import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isObjectType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { variablesIn } from '../kit/variables-in.ts';
import type { Denials } from '../model/access.ts';
import type { Path } from '../model/errors.ts';

export interface Allowed {
  readonly operation: OperationDefinitionNode;
  /** By response keys; items of lists are one place. */
  readonly denied: readonly Path[];
}

/** The operation has neither named fragments nor conditions. */
export function allowedOf(operation: OperationDefinitionNode, schema: GraphQLSchema, denials: Denials): Allowed {
  const root = schema.getRootType(operation.operation);
  if (!root) return { operation, denied: [] };
  const filter = new Filter(schema, denials);
  const isDenied = denials.denies(root.name);
  const selectionSet = filter.set(operation.selectionSet, { type: root, possible: [root], path: [], isDenied });
  if (filter.denied.size === 0) return { operation, denied: [] };
  const used = variablesIn({ ...operation, selectionSet, variableDefinitions: [] });
  const definitions = (operation.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value));
  return {
    operation: { ...operation, variableDefinitions: definitions, selectionSet },
    denied: [...filter.denied.values()],
  };
}

interface Place {
  readonly type: GraphQLCompositeType;
  /** The types of the objects that may be here. */
  readonly possible: readonly GraphQLObjectType[];
  readonly path: Path;
  /** True if nothing here may be asked for. */
  readonly isDenied: boolean;
}

class Filter {
  readonly denied = new Map<string, Path>();
  readonly #schema: GraphQLSchema;
  readonly #denials: Denials;

  constructor(schema: GraphQLSchema, denials: Denials) {
    this.#schema = schema;
    this.#denials = denials;
  }

  set(set: SelectionSetNode, place: Place): SelectionSetNode {
    const selections = set.selections.flatMap((selection) => this.#selection(selection, place) ?? []);
    // What is left of an object below the root is that it is there, and of what type.
    const isEmptied = selections.length === 0 && set.selections.length > 0 && place.path.length > 0;
    return { ...set, selections: isEmptied ? [TYPE_NAME] : selections };
  }

  #selection(selection: SelectionNode, place: Place): SelectionNode | undefined {
    if (selection.kind === Kind.FIELD) return this.#field(selection, place);
    if (selection.kind === Kind.FRAGMENT_SPREAD) throw new Error('fragments are in place before rights are looked at');
    const condition = selection.typeCondition?.name.value;
    const type = condition === undefined ? place.type : this.#schema.getType(condition);
    if (!isCompositeType(type)) return selection;
    const possible = this.#possible(type).filter((one) => place.possible.includes(one));
    const isDenied = place.isDenied || this.#denials.denies(type.name);
    const selectionSet = this.set(selection.selectionSet, { ...place, type, possible, isDenied });
    return selectionSet.selections.length === 0 ? undefined : { ...selection, selectionSet };
  }

  #field(field: FieldNode, place: Place): FieldNode | undefined {
    const name = field.name.value;
    if (name.startsWith('__')) return field;
    const path = [...place.path, (field.alias ?? field.name).value];
    const definition = isUnionType(place.type) ? undefined : place.type.getFields()[name];
    if (!definition) return field;
    const type = getNamedType(definition.type);
    if (place.isDenied || this.#denials.denies(type.name) || this.#deniesField(name, place)) {
      this.denied.set(JSON.stringify(path), path);
      return undefined;
    }
    if (!field.selectionSet || !isCompositeType(type)) return field;
    const below = { type, possible: this.#possible(type), path, isDenied: false };
    return { ...field, selectionSet: this.set(field.selectionSet, below) };
  }

  #deniesField(name: string, { type, possible }: Place): boolean {
    if (this.#denials.denies(`${type.name}.${name}`)) return true;
    return possible.some((one) => this.#denials.denies(one.name) || this.#denials.denies(`${one.name}.${name}`));
  }

  #possible(type: GraphQLCompositeType): readonly GraphQLObjectType[] {
    return isObjectType(type) ? [type] : this.#schema.getPossibleTypes(type);
  }
}

const TYPE_NAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
