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
import { responseKeyOf, responseKeysOf } from './response-keys.ts';

export interface Allowed {
  /** What is asked of subgraphs. */
  readonly operation: OperationDefinitionNode;
  /** What the client is given: what is denied has a key of its own, under which nothing comes though others require or join by the field. */
  readonly shown: OperationDefinitionNode;
  /** Of those keys: the response key that each stands for. */
  readonly hidden: ReadonlyMap<string, string>;
  /** By the keys of what is shown; items of lists are one place. */
  readonly denied: readonly Path[];
}

/** The operation has neither named fragments nor conditions. `taken`: keys under which something else may come. */
export function allowedOf(
  operation: OperationDefinitionNode,
  { schema, denials, taken }: { schema: GraphQLSchema; denials: Denials; taken: ReadonlySet<string> },
): Allowed {
  const nothing = { operation, shown: operation, hidden: new Map<string, string>(), denied: [] };
  const root = schema.getRootType(operation.operation);
  if (!root) return nothing;
  const filter = new Filter(schema, denials, responseKeysOf(operation, taken));
  const isDenied = denials.denies(root.name);
  const top = filter.set(operation.selectionSet, { type: root, possible: [root], path: [], isDenied });
  if (filter.denied.size === 0) return nothing;
  const used = variablesIn({ ...operation, selectionSet: top.asked, variableDefinitions: [] });
  const definitions = (operation.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value));
  return {
    operation: { ...operation, variableDefinitions: definitions, selectionSet: top.asked },
    shown: { ...operation, selectionSet: top.shown },
    hidden: filter.hidden,
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

/** What is left of a selection, and what is shown in its place. */
interface Kept<Node, Asked = Node> {
  readonly asked: Asked;
  readonly shown: Node;
}

class Filter {
  readonly denied = new Map<string, Path>();
  readonly hidden = new Map<string, string>();
  readonly #hiddenKeys = new Map<string, string>();
  readonly #schema: GraphQLSchema;
  readonly #denials: Denials;
  readonly #taken: Set<string>;

  constructor(schema: GraphQLSchema, denials: Denials, taken: Set<string>) {
    this.#schema = schema;
    this.#denials = denials;
    this.#taken = taken;
  }

  set(set: SelectionSetNode, place: Place): Kept<SelectionSetNode> {
    const kept = set.selections.map((selection) => this.#selection(selection, place));
    const selections = kept.flatMap(({ asked }) => asked ?? []);
    // What is left of an object below the root is that it is there, and of what type.
    const isEmptied = selections.length === 0 && set.selections.length > 0 && place.path.length > 0;
    return {
      asked: { ...set, selections: isEmptied ? [TYPE_NAME] : selections },
      shown: { ...set, selections: kept.map(({ shown }) => shown) },
    };
  }

  #selection(selection: SelectionNode, place: Place): Kept<SelectionNode, SelectionNode | undefined> {
    if (selection.kind === Kind.FIELD) return this.#field(selection, place);
    if (selection.kind === Kind.FRAGMENT_SPREAD) throw new Error('fragments are in place before rights are looked at');
    const condition = selection.typeCondition?.name.value;
    const type = condition === undefined ? place.type : this.#schema.getType(condition);
    if (!isCompositeType(type)) return { asked: selection, shown: selection };
    const possible = this.#possible(type).filter((one) => place.possible.includes(one));
    const isDenied = place.isDenied || this.#denials.denies(type.name);
    const { asked, shown } = this.set(selection.selectionSet, { ...place, type, possible, isDenied });
    return {
      asked: asked.selections.length === 0 ? undefined : { ...selection, selectionSet: asked },
      shown: { ...selection, selectionSet: shown },
    };
  }

  #field(field: FieldNode, place: Place): Kept<FieldNode, FieldNode | undefined> {
    const name = field.name.value;
    const whole = { asked: field, shown: field };
    if (name.startsWith('__')) return whole;
    const key = responseKeyOf(field);
    const definition = isUnionType(place.type) ? undefined : place.type.getFields()[name];
    if (!definition) return whole;
    const type = getNamedType(definition.type);
    if (place.isDenied || this.#denials.denies(type.name) || this.#deniesField(name, place)) {
      const value = this.#hiddenKeyOf(key);
      const path = [...place.path, value];
      this.denied.set(JSON.stringify(path), path);
      return { asked: undefined, shown: { ...field, alias: { kind: Kind.NAME, value } } };
    }
    if (!field.selectionSet || !isCompositeType(type)) return whole;
    const below = { type, possible: this.#possible(type), path: [...place.path, key], isDenied: false };
    const { asked, shown } = this.set(field.selectionSet, below);
    return { asked: { ...field, selectionSet: asked }, shown: { ...field, selectionSet: shown } };
  }

  #hiddenKeyOf(key: string): string {
    let hidden = this.#hiddenKeys.get(key);
    if (hidden === undefined) {
      hidden = `${key}_denied`;
      while (this.#taken.has(hidden)) hidden += '_';
      this.#taken.add(hidden);
      this.#hiddenKeys.set(key, hidden);
      this.hidden.set(hidden, key);
    }
    return hidden;
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
