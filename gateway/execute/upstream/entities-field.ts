/** An `_entities` field of a fetch of an upstream gateway: parses its representations, and shapes its answer. */

import { isObject } from '@yiwang/schema';
import { type FieldNode, type InlineFragmentNode, Kind, type OperationDefinitionNode, visit } from 'graphql';
import { responseKeyOf } from '../../kit/graphql/selections.ts';
import { PublicError } from '../../model/errors.ts';
import { HIDDEN_PREFIX } from '../../model/gather.ts';
import type { EntityLookup, Requirement } from '../../model/plan.ts';
import type { ExecutionEngine } from '../context.ts';
import type { TreeObject } from '../tree/tree.ts';

export interface EntitiesField {
  readonly responseKey: string;
  /** The name of the variable with the representations. */
  readonly variable: string;
  readonly fragments: readonly EntityFragment[];
  /** An entity with what the platforms gave for it → the same without its key; null if no platform has the entity. */
  project(entity: TreeObject): TreeObject | null;
}

interface EntityFragment {
  readonly type: string;
  readonly responseKeys: readonly string[];
  /** True if several platforms give one of the fields: then no platform's null means that there is no such entity. */
  readonly isGathered: boolean;
}

/** Selected beside the fields of an entity: it has a value if the entity exists. */
const PRESENCE_KEY = `${HIDDEN_PREFIX}found`;

export function compileEntitiesField(node: FieldNode, engine: ExecutionEngine): EntitiesField {
  const representations = node.arguments?.find(({ name }) => name.value === 'representations')?.value;
  if (representations?.kind !== Kind.VARIABLE) throw createMalformedError('must come in a variable');
  const fragments = (node.selectionSet?.selections ?? []).flatMap((selection) =>
    selection.kind === Kind.INLINE_FRAGMENT ? fragmentOf(selection, engine) : [],
  );
  return {
    responseKey: responseKeyOf(node),
    variable: representations.name.value,
    fragments,
    project: (entity) => {
      const own = fragments.filter(({ type }) => isOfType(String(entity.__typename), type, engine));
      if (entity[PRESENCE_KEY] === undefined && !own.some(({ isGathered }) => isGathered)) return null;
      const projected: TreeObject = {};
      for (const key of own.flatMap(({ responseKeys }) => responseKeys)) {
        if (entity[key] !== undefined) projected[key] = entity[key];
      }
      return projected;
    },
  };
}

function fragmentOf(selection: InlineFragmentNode, { rules, steps }: ExecutionEngine): EntityFragment {
  const type = selection.typeCondition?.name.value ?? '';
  const fields = steps.gather.fieldsOf(selection.selectionSet);
  return {
    type,
    responseKeys: fields.map(responseKeyOf),
    isGathered: fields.some(({ name }) => rules.gather(type, name.value) !== undefined),
  };
}

/**
 * The operation as this gateway sends it to its own platforms: hidden variables are null in every fetch of entities.
 */
export function createLookupOperation(operation: OperationDefinitionNode): OperationDefinitionNode {
  const presenceField: FieldNode = {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: PRESENCE_KEY },
    name: { kind: Kind.NAME, value: '__typename' },
  };
  const withPresence = (fragment: InlineFragmentNode): InlineFragmentNode => ({
    ...fragment,
    selectionSet: { ...fragment.selectionSet, selections: [...fragment.selectionSet.selections, presenceField] },
  });
  const visited: OperationDefinitionNode = visit(operation, {
    VariableDefinition: ({ variable }) => (variable.name.value.startsWith(HIDDEN_PREFIX) ? null : false),
    Variable: ({ name }) => (name.value.startsWith(HIDDEN_PREFIX) ? { kind: Kind.NULL } : undefined),
  });
  const selections = visited.selectionSet.selections.map((node) =>
    node.kind === Kind.FIELD && node.selectionSet
      ? {
          ...node,
          selectionSet: {
            ...node.selectionSet,
            selections: node.selectionSet.selections.map((selection) =>
              selection.kind === Kind.INLINE_FRAGMENT ? withPresence(selection) : selection,
            ),
          },
        }
      : node,
  );
  return { ...visited, selectionSet: { ...visited.selectionSet, selections } };
}

/** Throws `BAD_USER_INPUT` unless the variable is a list of representations of the field's types. */
export function parseRepresentations(
  { variable, fragments }: EntitiesField,
  variables: Readonly<Record<string, unknown>>,
  engine: ExecutionEngine,
): TreeObject[] {
  const representations = variables[variable];
  if (!Array.isArray(representations)) throw createMalformedError('must be a list');
  return representations.map((entity: unknown) => {
    if (!isObject(entity)) throw createMalformedError('must be objects');
    const typename = entity.__typename;
    if (typeof typename !== 'string' || !fragments.some(({ type }) => isOfType(typename, type, engine))) {
      throw createMalformedError('must name a type that is asked about as "__typename"');
    }
    if (!Object.keys(entity).every((key) => key === '__typename' || KEY.test(key))) {
      throw createMalformedError('must have the names of fields as keys');
    }
    return { ...entity };
  });
}

const KEY = /^[A-Za-z]\w*$/;

/** Throws `BAD_USER_INPUT` if two entities of a type have different keys. */
export function createLookup({ responseKey, variable }: EntitiesField, entities: readonly TreeObject[]): EntityLookup {
  const keys = new Map<string, readonly string[]>();
  for (const entity of entities) {
    const typename = String(entity.__typename);
    const own = Object.keys(entity);
    const keyNames = keys.get(typename);
    if (!keyNames) keys.set(typename, own);
    else if (own.length !== keyNames.length || !keyNames.every((key) => key in entity)) {
      throw createMalformedError('of one type must have the same keys');
    }
  }
  const requires = [...keys].map(
    ([type, names]): Requirement => ({
      kind: 'fragment',
      type,
      requires: names.map((name) => ({ kind: 'field', name, requires: [] })),
    }),
  );
  const path = [{ kind: 'field', name: responseKey }, { kind: 'items' }] as const;
  return { responseKey, variable, paths: [path], requires, inputRewrites: [], outputRewrites: [] };
}

function isOfType(typename: string, type: string, { isType }: ExecutionEngine): boolean {
  return typename === type || isType(typename, type);
}

function createMalformedError(expected: string): PublicError {
  return new PublicError('BAD_USER_INPUT', `the representations of entities ${expected}`);
}
