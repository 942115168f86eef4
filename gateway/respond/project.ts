/** Tree → data in the client's shape: order, aliases, checked leaves, and nulls that bubble as the specification says. */
import {
  type GraphQLCompositeType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { type Path, PublicError } from '../model/errors.ts';
import type { ShapeField, ShapeSet } from './shape.ts';

export interface Projection {
  readonly schema: GraphQLSchema;
  readonly shape: ShapeSet;
  conform(
    type: GraphQLLeafType,
    value: unknown,
  ): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string };
  /** True where the ledger has said already why nothing is there. */
  explains(path: Path): boolean;
  /** True where a platform's part is missing: a null of its making goes no further up, since others answered that. */
  isGap(path: Path): boolean;
  error(error: PublicError): void;
}

/** A null that its place may not hold: it makes the nearest nullable place above null. */
const BUBBLE = Symbol('bubble');

type Value = unknown | typeof BUBBLE;

interface At {
  readonly parent: At | undefined;
  readonly key: string | number;
}

export function project(
  tree: Readonly<Record<string, unknown>>,
  root: GraphQLObjectType,
  by: Projection,
): Record<string, unknown> | null {
  const data = writeObject(tree, root, by.shape, undefined, by);
  return data === BUBBLE ? null : (data as Record<string, unknown>);
}

function writeObject(
  source: Readonly<Record<string, unknown>>,
  type: GraphQLCompositeType,
  shape: ShapeSet,
  at: At | undefined,
  by: Projection,
): Value {
  const data: Record<string, unknown> = {};
  for (const field of shape.fieldsFor(type)) {
    const given = source[field.key];
    const read = field.name === '__typename' ? nameOf(type, given, by.schema) : given;
    const value = writeValue(read, field.type, field, { parent: at, key: field.key }, by);
    if (value === BUBBLE) return BUBBLE;
    if (field.responseKey === '__proto__') Object.defineProperty(data, '__proto__', { value, enumerable: true });
    else data[field.responseKey] = value;
  }
  return data;
}

function writeValue(value: unknown, type: GraphQLOutputType, field: ShapeField, at: At, by: Projection): Value {
  if (isNonNullType(type)) {
    const written = writeValue(value, type.ofType, field, at, by);
    if (written !== null || (isAbsent(value) && by.isGap(pathOf(at)))) return written;
    reportNull(value, at, field, by);
    return BUBBLE;
  }
  if (isAbsent(value)) return null;
  const written = writePresent(value, type, field, at, by);
  return written === BUBBLE ? null : written;
}

function writePresent(value: unknown, type: GraphQLOutputType, field: ShapeField, at: At, by: Projection): Value {
  if (isListType(type)) {
    if (!Array.isArray(value)) return breach('expected a list', at, by);
    const list: unknown[] = new Array(value.length);
    for (let i = 0; i < value.length; i++) {
      const item = writeValue(value[i], type.ofType, field, { parent: at, key: i }, by);
      if (item === BUBBLE) return BUBBLE;
      list[i] = item;
    }
    return list;
  }
  if (isLeafType(type)) {
    if (field.name.startsWith('__')) return value;
    const conformed = by.conform(type, value);
    return conformed.ok ? conformed.value : breach(conformed.reason, at, by);
  }
  if (field.name.startsWith('__')) return value;
  if (typeof value !== 'object' || Array.isArray(value)) return breach('expected an object', at, by);
  const object = value as Readonly<Record<string, unknown>>;
  const met = typeOf(object, type, by.schema);
  if (!met || !field.below) return breach('its type is not one that may be here', at, by);
  return writeObject(object, met, field.below, at, by);
}

/**
 * The type of an object. Planners ask for its name only where it makes a difference; and the subgraph that has an interface
 * as an object type names the interface. Undefined where the name is not of a type that may be there.
 */
function typeOf(
  { __typename: name }: Readonly<Record<string, unknown>>,
  declared: GraphQLCompositeType,
  schema: GraphQLSchema,
): GraphQLCompositeType | undefined {
  if (isObjectType(declared) || typeof name !== 'string' || name === declared.name) return declared;
  const named = schema.getType(name);
  return (isObjectType(named) || isInterfaceType(named)) && schema.isSubType(declared, named) ? named : undefined;
}

/** Null for an object of which no more is known than an abstract type. */
function nameOf(type: GraphQLCompositeType, given: unknown, schema: GraphQLSchema): string | null {
  if (isObjectType(type)) return type.name;
  return typeof given === 'string' && isObjectType(schema.getType(given)) ? given : null;
}

/** Null in place of a value that breaks the standard; what could not be shown was said. */
function breach(reason: string, at: At, by: Projection): null {
  by.error(new PublicError('STANDARD_BREACH', `a value does not meet the standard: ${reason}`, { path: pathOf(at) }));
  return null;
}

function reportNull(value: unknown, at: At, field: ShapeField, by: Projection): void {
  const path = pathOf(at);
  if (!isAbsent(value) || by.explains(path)) return;
  by.error(new PublicError('PLATFORM_FAILED', `no value for "${field.name}", which always has one`, { path }));
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function pathOf(at: At): Path {
  const path: (string | number)[] = [];
  for (let place: At | undefined = at; place; place = place.parent) path.unshift(place.key);
  return path;
}
