/**
 * Tree → the JSON text of `data` in the client's shape, in one pass: order, aliases, checked leaves, and nulls that bubble as the
 * specification says. What is read of each type of object is generated code, so that every read has a place of its own.
 */
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

/** What belongs to one answer. */
export interface Printing {
  /** True where the ledger has said already why nothing is there. */
  explains(path: Path): boolean;
  /** True where a platform's part is missing: a null of its making goes no further up, since others answered that. */
  isGap(path: Path): boolean;
  error(error: PublicError): void;
  /** Objects in lists, and objects at the root that are not pages, so far. */
  rows: number;
}

export interface PrintOptions {
  readonly schema: GraphQLSchema;
  readonly shape: ShapeSet;
  /** The writer of a leaf's JSON text, from values that are not null; it throws where a value breaks the standard, and says how. */
  leaf(type: GraphQLLeafType): (value: unknown) => string;
}

/** JSON text of an object; `null` where a null bubbled up to the root. */
export type Print = (tree: Readonly<Record<string, unknown>>, by: Printing) => string;

/** Where a value is. */
interface At {
  readonly parent: At | undefined;
  readonly key: string | number;
}

/** JSON text of the value at a place; undefined where the place may not hold a null and gets one: what is around it becomes null. */
type Write = (value: unknown, at: At | undefined, key: string | number, by: Printing) => string | undefined;

type WriteObject = (object: Readonly<Record<string, unknown>>, at: At | undefined, by: Printing) => string | undefined;

const NULL = 'null';

export function compilePrint(root: GraphQLObjectType, options: PrintOptions): Print {
  const write = compileObject(root, options.shape, options, true);
  return (tree, by) => write(tree, undefined, by) ?? NULL;
}

/** `isRoot`: what is at its fields is counted as a row, unless it is a page. */
function compileObject(type: GraphQLCompositeType, set: ShapeSet, options: PrintOptions, isRoot = false): WriteObject {
  const writers: Write[] = [];
  const lines = set.fieldsFor(type).map((field, i) => {
    const label = `${i === 0 ? '{' : ','}${JSON.stringify(field.responseKey)}:`;
    if (field.name === '__typename' && isObjectType(type)) {
      return `text += ${JSON.stringify(label + JSON.stringify(type.name))};`;
    }
    const write = field.name === '__typename' ? compileTypename(field, options) : undefined;
    const number =
      writers.push(write ?? compilePlace(field.type, field, options, isRoot && !isPage(field, options))) - 1;
    const key = JSON.stringify(field.key);
    return `part = write${number}(object[${key}], at, ${key}, by);
      if (part === undefined) return undefined;
      text += ${JSON.stringify(label)} + part;`;
  });
  const source = `return function (object, at, by) {
    let text = ${lines.length === 0 ? "'{'" : "''"}, part;
    ${lines.join('\n')}
    return text + '}';
  }`;
  const names = writers.map((_, number) => `write${number}`);
  // Texts in the source are JSON texts of names, which GraphQL keeps to letters, digits and underscores.
  return new Function(...names, source)(...writers) as WriteObject;
}

/** Null for an object of which no more is known than an abstract type. */
function compileTypename(field: ShapeField, { schema }: PrintOptions): Write {
  const write = compileNonNull((name) => JSON.stringify(name), field);
  return (given, at, key, by) => {
    const name = typeof given === 'string' && isObjectType(schema.getType(given)) ? given : null;
    return write(name, at, key, by);
  };
}

function isPage({ type, below }: ShapeField, { schema }: PrintOptions): boolean {
  const named = isNonNullType(type) ? type.ofType : type;
  if (!isObjectType(named) || schema.getType(named.name) !== named) return false;
  return below?.fieldsFor(named).some(({ name }) => name === 'nodes' || name === 'edges') ?? false;
}

function compilePlace(type: GraphQLOutputType, field: ShapeField, options: PrintOptions, isRow: boolean): Write {
  if (isNonNullType(type)) return compileNonNull(compilePlace(type.ofType, field, options, isRow), field);
  if (isListType(type)) return compileList(compilePlace(type.ofType, field, options, true));
  if (isLeafType(type)) return compileLeaf(type, field, options);
  return compileComposite(type, field, options, isRow);
}

function compileNonNull(inner: Write, field: ShapeField): Write {
  return (value, at, key, by) => {
    const text = inner(value, at, key, by);
    if (text !== NULL) return text;
    if (!isAbsent(value)) return undefined;
    const path = pathOf(at, key);
    if (by.isGap(path)) return NULL;
    if (!by.explains(path)) {
      by.error(new PublicError('PLATFORM_FAILED', `no value for "${field.name}", which always has one`, { path }));
    }
    return undefined;
  };
}

function compileList(inner: Write): Write {
  return (value, at, key, by) => {
    if (isAbsent(value)) return NULL;
    if (!Array.isArray(value)) return breach('expected a list', at, key, by);
    const here = { parent: at, key };
    const { rows } = by;
    let text = '[';
    for (let i = 0; i < value.length; i++) {
      const item = inner(value[i], here, i, by);
      if (item === undefined) {
        by.rows = rows;
        return NULL;
      }
      text += i === 0 ? item : `,${item}`;
    }
    return `${text}]`;
  };
}

function compileLeaf(type: GraphQLLeafType, field: ShapeField, { leaf }: PrintOptions): Write {
  if (field.name.startsWith('__')) return (value) => JSON.stringify(value ?? null);
  const print = leaf(type);
  return (value, at, key, by) => {
    if (isAbsent(value)) return NULL;
    try {
      return print(value);
    } catch (error) {
      return breach(error instanceof Error ? error.message : String(error), at, key, by);
    }
  };
}

function compileComposite(type: GraphQLCompositeType, field: ShapeField, options: PrintOptions, isRow: boolean): Write {
  const writers = new Map<unknown, WriteObject | undefined>();
  const writerFor = (typename: unknown): WriteObject | undefined => {
    const met = typeOf(typename, type, options.schema);
    const writer = met && field.below && compileObject(met, field.below, options);
    // A name that no type has may be any text: only the types are kept, and there are no more of them than the schema has.
    if (writer) writers.set(typename, writer);
    return writer;
  };
  const isConcrete = isObjectType(type);
  return (value, at, key, by) => {
    if (isAbsent(value)) return NULL;
    if (typeof value !== 'object' || Array.isArray(value)) return breach('expected an object', at, key, by);
    const object = value as Readonly<Record<string, unknown>>;
    const typename = isConcrete || typeof object.__typename !== 'string' ? undefined : object.__typename;
    const write = writers.get(typename) ?? writerFor(typename);
    if (!write) return breach('its type is not one that may be here', at, key, by);
    const { rows } = by;
    const text = write(object, { parent: at, key }, by);
    if (text === undefined) {
      by.rows = rows;
      return NULL;
    }
    if (isRow) by.rows++;
    return text;
  };
}

/**
 * The type of an object. Planners ask for its name only where it makes a difference; and the subgraph that has an interface
 * as an object type names the interface. Undefined where the name is not of a type that may be there.
 */
function typeOf(
  name: unknown,
  declared: GraphQLCompositeType,
  schema: GraphQLSchema,
): GraphQLCompositeType | undefined {
  if (typeof name !== 'string' || name === declared.name) return declared;
  const named = schema.getType(name);
  return (isObjectType(named) || isInterfaceType(named)) && !isObjectType(declared) && schema.isSubType(declared, named)
    ? named
    : undefined;
}

/** Null in place of a value that breaks the standard; what could not be shown was said. */
function breach(reason: string, at: At | undefined, key: string | number, by: Printing): typeof NULL {
  const path = pathOf(at, key);
  by.error(new PublicError('STANDARD_BREACH', `a value does not meet the standard: ${reason}`, { path }));
  return NULL;
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function pathOf(at: At | undefined, key: string | number): Path {
  const path = [key];
  for (let place = at; place; place = place.parent) path.unshift(place.key);
  return path;
}
