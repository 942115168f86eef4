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
import { collectVariables } from '../../kit/graphql/collect-variables.ts';
import { responseKeyOf } from '../../kit/graphql/selections.ts';
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
  readonly clientOperation: OperationDefinitionNode;
  /** The original response key by the key of a denied field. */
  readonly hiddenKeys: ReadonlyMap<string, string>;
  /** Of denied fields, with their own response keys; all items of a list are one place. */
  readonly deniedPaths: readonly Path[];
}

/** The operation has neither named fragments nor conditions. `reservedKeys` are not given to denied fields. */
export function filterDenied(
  operation: OperationDefinitionNode,
  { schema, denials, reservedKeys }: { schema: GraphQLSchema; denials: Denials; reservedKeys: ReadonlySet<string> },
): FilteredOperation {
  const unchanged = { operation, clientOperation: operation, hiddenKeys: new Map<string, string>(), deniedPaths: [] };
  const rootType = schema.getRootType(operation.operation);
  if (!rootType) return unchanged;
  const filter = new DenialFilter(schema, denials, responseKeysOf(operation, reservedKeys));
  const isDenied = denials.denies(rootType.name);
  const root = filter.filterSet(operation.selectionSet, { type: rootType, possible: [rootType], path: [], isDenied });
  if (filter.deniedPaths.size === 0) return unchanged;
  const variableNames = collectVariables({ ...operation, selectionSet: root.requested, variableDefinitions: [] });
  const definitions = (operation.variableDefinitions ?? []).filter(({ variable }) =>
    variableNames.has(variable.name.value),
  );
  return {
    operation: { ...operation, variableDefinitions: definitions, selectionSet: root.requested },
    clientOperation: { ...operation, selectionSet: root.returned },
    hiddenKeys: filter.hiddenKeys,
    deniedPaths: [...filter.deniedPaths.values()],
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

/** What subgraphs are requested for in place of a node, and what the client gets. */
interface FilteredNode<Node, Sent = Node> {
  readonly requested: Sent;
  readonly returned: Node;
}

class DenialFilter {
  /** By their JSON. */
  readonly deniedPaths = new Map<string, Path>();
  /** The original response key by the key of a denied field. */
  readonly hiddenKeys = new Map<string, string>();
  readonly #keysOfDenied = new Map<string, string>();
  readonly #schema: GraphQLSchema;
  readonly #denials: Denials;
  readonly #usedKeys: Set<string>;

  constructor(schema: GraphQLSchema, denials: Denials, usedKeys: Set<string>) {
    this.#schema = schema;
    this.#denials = denials;
    this.#usedKeys = usedKeys;
  }

  filterSet(set: SelectionSetNode, scope: SelectionScope): FilteredNode<SelectionSetNode> {
    const filtered = set.selections.map((selection) => this.#filterSelection(selection, scope));
    const selections = filtered.flatMap(({ requested }) => requested ?? []);
    // An object below the root stays, with its type, if all of its fields are denied.
    const isEmptied = selections.length === 0 && set.selections.length > 0 && scope.path.length > 0;
    return {
      requested: { ...set, selections: isEmptied ? [TYPENAME] : selections },
      returned: { ...set, selections: filtered.map(({ returned }) => returned) },
    };
  }

  #filterSelection(
    selection: SelectionNode,
    scope: SelectionScope,
  ): FilteredNode<SelectionNode, SelectionNode | undefined> {
    if (selection.kind === Kind.FIELD) return this.#filterField(selection, scope);
    if (selection.kind === Kind.FRAGMENT_SPREAD)
      throw new Error('named fragments must be inlined before denied fields are filtered');
    const condition = selection.typeCondition?.name.value;
    const type = condition === undefined ? scope.type : this.#schema.getType(condition);
    if (!isCompositeType(type)) return { requested: selection, returned: selection };
    const possible = this.#possible(type).filter((one) => scope.possible.includes(one));
    const isDenied = scope.isDenied || this.#denials.denies(type.name);
    const { requested, returned } = this.filterSet(selection.selectionSet, { ...scope, type, possible, isDenied });
    return {
      requested: requested.selections.length === 0 ? undefined : { ...selection, selectionSet: requested },
      returned: { ...selection, selectionSet: returned },
    };
  }

  #filterField(field: FieldNode, scope: SelectionScope): FilteredNode<FieldNode, FieldNode | undefined> {
    const name = field.name.value;
    const whole = { requested: field, returned: field };
    if (name.startsWith('__')) return whole;
    const key = responseKeyOf(field);
    const definition = isUnionType(scope.type) ? undefined : scope.type.getFields()[name];
    if (!definition) return whole;
    const type = getNamedType(definition.type);
    if (scope.isDenied || this.#denials.denies(type.name) || this.#deniesField(name, scope)) {
      const value = this.#hiddenKeyOf(key);
      const path = [...scope.path, value];
      this.deniedPaths.set(JSON.stringify(path), path);
      return { requested: undefined, returned: { ...field, alias: { kind: Kind.NAME, value } } };
    }
    if (!field.selectionSet || !isCompositeType(type)) return whole;
    const below = { type, possible: this.#possible(type), path: [...scope.path, key], isDenied: false };
    const { requested, returned } = this.filterSet(field.selectionSet, below);
    return { requested: { ...field, selectionSet: requested }, returned: { ...field, selectionSet: returned } };
  }

  #hiddenKeyOf(key: string): string {
    let hidden = this.#keysOfDenied.get(key);
    if (hidden === undefined) {
      hidden = `${key}_denied`;
      while (this.#usedKeys.has(hidden)) hidden += '_';
      this.#usedKeys.add(hidden);
      this.#keysOfDenied.set(key, hidden);
      this.hiddenKeys.set(hidden, key);
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
