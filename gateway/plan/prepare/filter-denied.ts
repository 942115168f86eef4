/**
 * Operation → the part of it that the caller may ask for, and the places of the rest. A field is denied if the field,
 * its type or its parent type demands what the caller does not have. A field of an interface or a union is denied if
 * that holds for any object type that may come there; fragments on types tell them apart.
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
import { responseKeyOf } from '../../kit/graphql/selections.ts';
import { usedVariables } from '../../kit/graphql/used-variables.ts';
import type { Path } from '../../model/errors.ts';
import type { Denials } from '../../model/supergraph/access-rules.ts';
import { TYPENAME } from '../selections.ts';
import { responseKeysOf } from './response-keys.ts';

export interface FilteredOperation {
  /** For subgraphs. */
  readonly operation: OperationDefinitionNode;
  /**
   * For the client. A denied field has a response key of its own, so that it is null even if other fields require the
   * same field or are joined by it.
   */
  readonly shown: OperationDefinitionNode;
  /** The original response key by the key of a denied field. */
  readonly hidden: ReadonlyMap<string, string>;
  /** Of denied fields, with their own response keys; all items of a list are one place. */
  readonly denied: readonly Path[];
}

/** The operation has neither named fragments nor conditions. `reservedKeys` are not given to denied fields. */
export function filterDenied(
  operation: OperationDefinitionNode,
  { schema, denials, reservedKeys }: { schema: GraphQLSchema; denials: Denials; reservedKeys: ReadonlySet<string> },
): FilteredOperation {
  const unchanged = { operation, shown: operation, hidden: new Map<string, string>(), denied: [] };
  const rootType = schema.getRootType(operation.operation);
  if (!rootType) return unchanged;
  const filter = new DenialFilter(schema, denials, responseKeysOf(operation, reservedKeys));
  const isDenied = denials.denies(rootType.name);
  const root = filter.set(operation.selectionSet, { type: rootType, possible: [rootType], path: [], isDenied });
  if (filter.denied.size === 0) return unchanged;
  const variableNames = usedVariables({ ...operation, selectionSet: root.asked, variableDefinitions: [] });
  const definitions = (operation.variableDefinitions ?? []).filter(({ variable }) =>
    variableNames.has(variable.name.value),
  );
  return {
    operation: { ...operation, variableDefinitions: definitions, selectionSet: root.asked },
    shown: { ...operation, selectionSet: root.shown },
    hidden: filter.hidden,
    denied: [...filter.denied.values()],
  };
}

interface SelectionScope {
  readonly type: GraphQLCompositeType;
  /** The object types that may be here. */
  readonly possible: readonly GraphQLObjectType[];
  readonly path: Path;
  /** True if everything here is denied. */
  readonly isDenied: boolean;
}

/** What subgraphs are asked for in place of a node, and what the client gets. */
interface FilteredNode<Node, Sent = Node> {
  readonly asked: Sent;
  readonly shown: Node;
}

class DenialFilter {
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

  set(set: SelectionSetNode, scope: SelectionScope): FilteredNode<SelectionSetNode> {
    const kept = set.selections.map((selection) => this.#selection(selection, scope));
    const selections = kept.flatMap(({ asked }) => asked ?? []);
    // An object below the root stays, with its type, if all of its fields are denied.
    const isEmptied = selections.length === 0 && set.selections.length > 0 && scope.path.length > 0;
    return {
      asked: { ...set, selections: isEmptied ? [TYPENAME] : selections },
      shown: { ...set, selections: kept.map(({ shown }) => shown) },
    };
  }

  #selection(selection: SelectionNode, scope: SelectionScope): FilteredNode<SelectionNode, SelectionNode | undefined> {
    if (selection.kind === Kind.FIELD) return this.#field(selection, scope);
    if (selection.kind === Kind.FRAGMENT_SPREAD) throw new Error('fragments are in place before rights are looked at');
    const condition = selection.typeCondition?.name.value;
    const type = condition === undefined ? scope.type : this.#schema.getType(condition);
    if (!isCompositeType(type)) return { asked: selection, shown: selection };
    const possible = this.#possible(type).filter((one) => scope.possible.includes(one));
    const isDenied = scope.isDenied || this.#denials.denies(type.name);
    const { asked, shown } = this.set(selection.selectionSet, { ...scope, type, possible, isDenied });
    return {
      asked: asked.selections.length === 0 ? undefined : { ...selection, selectionSet: asked },
      shown: { ...selection, selectionSet: shown },
    };
  }

  #field(field: FieldNode, scope: SelectionScope): FilteredNode<FieldNode, FieldNode | undefined> {
    const name = field.name.value;
    const whole = { asked: field, shown: field };
    if (name.startsWith('__')) return whole;
    const key = responseKeyOf(field);
    const definition = isUnionType(scope.type) ? undefined : scope.type.getFields()[name];
    if (!definition) return whole;
    const type = getNamedType(definition.type);
    if (scope.isDenied || this.#denials.denies(type.name) || this.#deniesField(name, scope)) {
      const value = this.#hiddenKeyOf(key);
      const path = [...scope.path, value];
      this.denied.set(JSON.stringify(path), path);
      return { asked: undefined, shown: { ...field, alias: { kind: Kind.NAME, value } } };
    }
    if (!field.selectionSet || !isCompositeType(type)) return whole;
    const below = { type, possible: this.#possible(type), path: [...scope.path, key], isDenied: false };
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

  #deniesField(name: string, { type, possible }: SelectionScope): boolean {
    if (this.#denials.denies(`${type.name}.${name}`)) return true;
    return possible.some((one) => this.#denials.denies(one.name) || this.#denials.denies(`${one.name}.${name}`));
  }

  #possible(type: GraphQLCompositeType): readonly GraphQLObjectType[] {
    return isObjectType(type) ? [type] : this.#schema.getPossibleTypes(type);
  }
}
