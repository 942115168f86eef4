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

type Tree = Readonly<Record<string, unknown>>;

export interface Print {
  /** JSON text of an object; `null` where a null bubbled up to the root. */
  now(tree: Tree, by: Printing): string;
  /** The same for a big answer, with a pause whenever `isDue` says so: each yield is one. */
  slowly(tree: Tree, by: Printing, isDue: () => boolean): Generator<void, string>;
}

/** Where a value is. */
interface At {
  readonly parent: At | undefined;
  readonly key: string | number;
}

/** JSON text of the value at a place; undefined where the place may not hold a null and gets one: what is around it becomes null. */
type Write = (value: unknown, at: At | undefined, key: string | number, by: Printing) => string | undefined;
type WriteSlowly = (
  value: unknown,
  at: At | undefined,
  key: string | number,
  by: Printing,
  isDue: () => boolean,
) => Generator<void, string | undefined>;

interface Writer {
  readonly now: Write;
  /** Undefined where the value is small. */
  readonly slowly: WriteSlowly | undefined;
}

interface ObjectWriter {
  now(object: Tree, at: At | undefined, by: Printing): string | undefined;
  slowly(object: Tree, at: At | undefined, by: Printing, isDue: () => boolean): Generator<void, string | undefined>;
}

/** Lists with fewer items than this may have big ones. */
const SHORT_LIST = 64;

const NULL = 'null';

export function compilePrint(root: GraphQLObjectType, options: PrintOptions): Print {
  const writer = compileObject(root, options.shape, options, true);
  return {
    now: (tree, by) => writer.now(tree, undefined, by) ?? NULL,
    *slowly(tree, by, isDue) {
      return (yield* writer.slowly(tree, undefined, by, isDue)) ?? NULL;
    },
  };
}

/** `isRoot`: what is at its fields is counted as a row, unless it is a page. */
function compileObject(type: GraphQLCompositeType, set: ShapeSet, options: PrintOptions, isRoot = false): ObjectWriter {
  const fields = set.fieldsFor(type).map((field, i): FieldWriter => {
    const label = `${i === 0 ? '{' : ','}${JSON.stringify(field.responseKey)}:`;
    const { key } = field;
    if (field.name !== '__typename') {
      return { key, label, writer: compilePlace(field.type, field, options, isRoot && !isPage(field)) };
    }
    if (isObjectType(type)) return { key, label: label + JSON.stringify(type.name), writer: undefined };
    return { key, label, writer: compileTypename(field, options) };
  });
  return { now: generateNow(fields), slowly: writeSlowly(fields) };
}

interface FieldWriter {
  readonly key: string;
  /** What goes before the value; where there is no writer, the value itself, too. */
  readonly label: string;
  readonly writer: Writer | undefined;
}

function generateNow(fields: readonly FieldWriter[]): ObjectWriter['now'] {
  const lines = fields.map(({ key, label, writer }, i) => {
    const text = JSON.stringify(label);
    if (!writer) return `text += ${text};`;
    const name = JSON.stringify(key);
    return `part = write${i}(object[${name}], at, ${name}, by);
      if (part === undefined) return undefined;
      text += ${text} + part;`;
  });
  const source = `return function (object, at, by) {
    let text = ${fields.length === 0 ? "'{'" : "''"}, part;
    ${lines.join('\n')}
    return text + '}';
  }`;
  const names = fields.map((_, i) => `write${i}`);
  // Texts in the source are JSON texts of names, which GraphQL keeps to letters, digits and underscores.
  return new Function(...names, source)(...fields.map(({ writer }) => writer?.now)) as ObjectWriter['now'];
}

function writeSlowly(fields: readonly FieldWriter[]): ObjectWriter['slowly'] {
  return function* (object, at, by, isDue) {
    let text = fields.length === 0 ? '{' : '';
    for (const { key, label, writer } of fields) {
      text += label;
      if (!writer) continue;
      const part = writer.slowly
        ? yield* writer.slowly(object[key], at, key, by, isDue)
        : writer.now(object[key], at, key, by);
      if (part === undefined) return undefined;
      text += part;
    }
    return `${text}}`;
  };
}

/** Null for an object of which no more is known than an abstract type. */
function compileTypename(field: ShapeField, { schema }: PrintOptions): Writer {
  const write = compileNonNull({ now: (name) => JSON.stringify(name), slowly: undefined }, field);
  return {
    now: (given, at, key, by) => {
      const name = typeof given === 'string' && isObjectType(schema.getType(given)) ? given : null;
      return write.now(name, at, key, by);
    },
    slowly: undefined,
  };
}

function isPage({ type, below }: ShapeField): boolean {
  const named = isNonNullType(type) ? type.ofType : type;
  if (!isObjectType(named)) return false;
  return below?.fieldsFor(named).some(({ name }) => name === 'nodes' || name === 'edges') ?? false;
}

function compilePlace(type: GraphQLOutputType, field: ShapeField, options: PrintOptions, isRow: boolean): Writer {
  if (isNonNullType(type)) return compileNonNull(compilePlace(type.ofType, field, options, isRow), field);
  if (isListType(type)) return compileList(compilePlace(type.ofType, field, options, true));
  if (isLeafType(type)) return { now: compileLeaf(type, field, options), slowly: undefined };
  return compileComposite(type, field, options, isRow);
}

function compileNonNull({ now, slowly }: Writer, field: ShapeField): Writer {
  const check = (
    text: string | undefined,
    value: unknown,
    at: At | undefined,
    key: string | number,
    by: Printing,
  ): string | undefined => {
    if (text !== NULL) return text;
    if (!isAbsent(value)) return undefined;
    const path = pathOf(at, key);
    if (by.isGap(path)) return NULL;
    if (!by.explains(path)) {
      by.error(new PublicError('PLATFORM_FAILED', `no value for "${field.name}", which always has one`, { path }));
    }
    return undefined;
  };
  return {
    now: (value, at, key, by) => {
      const text = now(value, at, key, by);
      return text === NULL ? check(text, value, at, key, by) : text;
    },
    slowly:
      slowly &&
      function* (value, at, key, by, isDue) {
        return check(yield* slowly(value, at, key, by, isDue), value, at, key, by);
      },
  };
}

function compileList({ now, slowly }: Writer): Writer {
  return {
    now: (value, at, key, by) => {
      if (isAbsent(value)) return NULL;
      if (!Array.isArray(value)) return breach('expected a list', at, key, by);
      const here = { parent: at, key };
      const { rows } = by;
      let text = '[';
      for (let i = 0; i < value.length; i++) {
        const item = now(value[i], here, i, by);
        if (item === undefined) {
          by.rows = rows;
          return NULL;
        }
        text += i === 0 ? item : `,${item}`;
      }
      return `${text}]`;
    },
    *slowly(value, at, key, by, isDue) {
      if (isAbsent(value)) return NULL;
      if (!Array.isArray(value)) return breach('expected a list', at, key, by);
      const here = { parent: at, key };
      const { rows } = by;
      let text = '[';
      for (let i = 0; i < value.length; i++) {
        const isBig = slowly && value.length < SHORT_LIST;
        const item = isBig ? yield* slowly(value[i], here, i, by, isDue) : now(value[i], here, i, by);
        if (item === undefined) {
          by.rows = rows;
          return NULL;
        }
        text += i === 0 ? item : `,${item}`;
        if (isDue()) yield;
      }
      return `${text}]`;
    },
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

function compileComposite(
  type: GraphQLCompositeType,
  field: ShapeField,
  options: PrintOptions,
  isRow: boolean,
): Writer {
  const writers = new Map<unknown, ObjectWriter>();
  /** Undefined for an object that may not be here. */
  const writerOf = (object: Tree): ObjectWriter | undefined => {
    const typename = isObjectType(type) || typeof object.__typename !== 'string' ? undefined : object.__typename;
    const known = writers.get(typename);
    if (known) return known;
    const met = typeOf(typename, type, options.schema);
    const writer = met && field.below && compileObject(met, field.below, options);
    // A name that no type has may be any text: only the types are kept, and there are no more of them than the schema has.
    if (writer) writers.set(typename, writer);
    return writer;
  };
  const counted = (text: string | undefined, rowsBefore: number, by: Printing): string => {
    if (text === undefined) {
      by.rows = rowsBefore;
      return NULL;
    }
    if (isRow) by.rows++;
    return text;
  };
  return {
    now: (value, at, key, by) => {
      if (isAbsent(value)) return NULL;
      if (!isObject(value)) return breach('expected an object', at, key, by);
      const writer = writerOf(value);
      if (!writer) return breach('its type is not one that may be here', at, key, by);
      const { rows } = by;
      return counted(writer.now(value, { parent: at, key }, by), rows, by);
    },
    *slowly(value, at, key, by, isDue) {
      if (isAbsent(value)) return NULL;
      if (!isObject(value)) return breach('expected an object', at, key, by);
      const writer = writerOf(value);
      if (!writer) return breach('its type is not one that may be here', at, key, by);
      const { rows } = by;
      return counted(yield* writer.slowly(value, { parent: at, key }, by, isDue), rows, by);
    },
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

function isObject(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function pathOf(at: At | undefined, key: string | number): Path {
  const path = [key];
  for (let place = at; place; place = place.parent) path.unshift(place.key);
  return path;
}
