/**
 * Tree → the JSON text of `data` in the client's shape, as bytes and in one pass: order, aliases, checked leaves, and nulls that bubble as the
 * specification says. What is read of each type of object is generated code, so that every read has a place of its own.
 */
import {
  type GraphQLCompositeType,
  type GraphQLLeafType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { type JsonSink, writeBytes, writeText } from '../kit/json-sink.ts';
import { PublicError } from '../model/errors.ts';
import { compileList } from './print-list.ts';
import {
  type At,
  assertRoom,
  BUBBLE,
  breach,
  inOneGo,
  isAbsent,
  isObject,
  NULL,
  type Printing,
  pathOf,
  stateOf,
  type Tree,
  takeBack,
  VALUE,
  type Write,
  type Writer,
  type Written,
  writeNull,
} from './printing.ts';
import type { ShapeField, ShapeSet } from './shape.ts';

const [OPEN, CLOSE] = [...'{}'].map((sign) => Buffer.from(sign)) as [Buffer, Buffer];

export interface PrintOptions {
  readonly schema: GraphQLSchema;
  readonly shape: ShapeSet;
  /** True for what has its place below the root; objects at its fields are no rows. */
  readonly isPart?: boolean;
  /**
   * The writer of a leaf's JSON text, from values that are not null; where a value breaks the standard it writes nothing, and throws.
   */
  leaf(type: GraphQLLeafType): (sink: JsonSink, value: unknown) => void;
}

export interface Print {
  /**
   * Writes the JSON text of an object; false where a null bubbled up to the root, and nothing is written. Undefined where it is
   * more than `bytes`, and nothing is written either.
   */
  now(tree: Tree, by: Printing, bytes: number): boolean | undefined;
  /**
   * The same for a big answer, with a pause whenever `isDue` says so: each yield is one. Throws `TOO_COSTLY` where it comes to more
   * than it may.
   */
  slowly(tree: Tree, by: Printing, isDue: () => boolean): Generator<void, boolean>;
}

/** False where a null bubbled up to the object: what is written of it is taken back by the caller. */
interface ObjectWriter {
  now(object: Tree, at: At | undefined, by: Printing): boolean;
  slowly(object: Tree, at: At | undefined, by: Printing, isDue: () => boolean): Generator<void, boolean>;
}

export function compilePrint(root: GraphQLCompositeType, options: PrintOptions): Print {
  const writer = compileObject(root, options.shape, options, !options.isPart);
  return {
    now: (tree, by, bytes) => {
      const isThere = inOneGo(by, () => writer.now(tree, undefined, by), bytes);
      if (isThere) assertRoom(by);
      return isThere;
    },
    *slowly(tree, by, isDue) {
      const isThere = yield* writer.slowly(tree, undefined, by, isDue);
      if (isThere) assertRoom(by);
      return isThere;
    },
  };
}

/** `isRoot`: what is at its fields is counted as a row, unless it is a page. */
function compileObject(type: GraphQLCompositeType, set: ShapeSet, options: PrintOptions, isRoot = false): ObjectWriter {
  const fields = set.fieldsFor(type).map((field, i): FieldWriter => {
    const label = `${i === 0 ? '{' : ','}${JSON.stringify(field.responseKey)}:`;
    const { key } = field;
    if (field.name !== '__typename') {
      const writer = compilePlace(field.type, field, options, isRoot && !isPage(field));
      return { key, label: Buffer.from(label), writer };
    }
    if (isObjectType(type)) {
      return { key, label: Buffer.from(label + JSON.stringify(type.name)), writer: undefined };
    }
    return { key, label: Buffer.from(label), writer: compileTypename(field, options) };
  });
  return { now: generateNow(fields), slowly: writeSlowly(fields) };
}

interface FieldWriter {
  readonly key: string;
  /** What goes before the value; where there is no writer, the value itself, too. */
  readonly label: Buffer;
  readonly writer: Writer | undefined;
}

function generateNow(fields: readonly FieldWriter[]): ObjectWriter['now'] {
  const lines = fields.map(({ key, writer }, i) => {
    if (!writer) return `put(by.sink, label${i});`;
    const name = JSON.stringify(key);
    return `put(by.sink, label${i});
      if (write${i}(object[${name}], at, ${name}, by) === 0) return false;`;
  });
  const source = `return function (object, at, by) {
    ${fields.length === 0 ? 'put(by.sink, open);' : ''}
    ${lines.join('\n')}
    put(by.sink, close);
    return true;
  }`;
  const names = fields.flatMap((_, i) => [`label${i}`, `write${i}`]);
  const values = fields.flatMap(({ label, writer }) => [label, writer?.now]);
  // Texts in the source are JSON texts of names, which GraphQL keeps to letters, digits and underscores.
  return new Function('put', 'open', 'close', ...names, source)(
    writeBytes,
    OPEN,
    CLOSE,
    ...values,
  ) as ObjectWriter['now'];
}

function writeSlowly(fields: readonly FieldWriter[]): ObjectWriter['slowly'] {
  return function* (object, at, by, isDue) {
    if (fields.length === 0) writeBytes(by.sink, OPEN);
    for (const { key, label, writer } of fields) {
      writeBytes(by.sink, label);
      if (!writer) continue;
      const written = writer.slowly
        ? yield* writer.slowly(object[key], at, key, by, isDue)
        : writer.now(object[key], at, key, by);
      if (written === BUBBLE) return false;
    }
    writeBytes(by.sink, CLOSE);
    return true;
  };
}

/** Null for an object of which no more is known than an abstract type. */
function compileTypename(field: ShapeField, { schema }: PrintOptions): Writer {
  const writeName: Write = (name, _at, _key, { sink }) => {
    if (name === null) return writeNull(sink);
    writeText(sink, JSON.stringify(name));
    return VALUE;
  };
  const write = compileNonNull({ now: writeName, slowly: undefined }, field);
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
  /** What a null comes to that was written at the mark. */
  const settleNull = (
    mark: number,
    value: unknown,
    at: At | undefined,
    key: string | number,
    by: Printing,
  ): Written => {
    const path = isAbsent(value) ? pathOf(at, key) : undefined;
    if (path && by.isGap(path)) return NULL;
    by.sink.at = mark;
    if (path && !by.explains(path)) {
      by.error(new PublicError('PLATFORM_FAILED', `no value for "${field.name}", which always has one`, { path }));
    }
    return BUBBLE;
  };
  return {
    now: (value, at, key, by) => {
      const mark = by.sink.at;
      const written = now(value, at, key, by);
      return written === NULL ? settleNull(mark, value, at, key, by) : written;
    },
    slowly:
      slowly &&
      function* (value, at, key, by, isDue) {
        const mark = by.sink.at;
        const written = yield* slowly(value, at, key, by, isDue);
        return written === NULL ? settleNull(mark, value, at, key, by) : written;
      },
  };
}

function compileLeaf(type: GraphQLLeafType, field: ShapeField, { leaf }: PrintOptions): Write {
  if (field.name.startsWith('__')) return (value, _at, _key, { sink }) => writeMeta(value, sink);
  const write = leaf(type);
  return (value, at, key, by) => {
    if (isAbsent(value)) return writeNull(by.sink);
    try {
      write(by.sink, value);
      return VALUE;
    } catch {
      // What the scalar says of it may hold the value, or names that are not shown.
      return breach(`a value of type "${type.name}"`, at, key, by);
    }
  };
}

function writeMeta(value: unknown, sink: JsonSink): Written {
  if (isAbsent(value)) return writeNull(sink);
  writeText(sink, JSON.stringify(value));
  return VALUE;
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
  return {
    now: (value, at, key, by) => {
      if (isAbsent(value)) return writeNull(by.sink);
      if (!isObject(value)) return breach(`an object of type "${type.name}"`, at, key, by);
      const writer = writerOf(value);
      if (!writer) return breach(`an object of type "${type.name}"`, at, key, by);
      const before = stateOf(by);
      if (!writer.now(value, { parent: at, key }, by)) return takeBack(before, by);
      if (isRow) by.rows++;
      return VALUE;
    },
    *slowly(value, at, key, by, isDue) {
      if (isAbsent(value)) return writeNull(by.sink);
      if (!isObject(value)) return breach(`an object of type "${type.name}"`, at, key, by);
      const writer = writerOf(value);
      if (!writer) return breach(`an object of type "${type.name}"`, at, key, by);
      const before = stateOf(by);
      if (!(yield* writer.slowly(value, { parent: at, key }, by, isDue))) return takeBack(before, by);
      if (isRow) by.rows++;
      return VALUE;
    },
  };
}

/**
 * The type of an object. Planners ask for its name only where it makes a difference; and the subgraph that has an interface
 * as an object type names the interface. Undefined where the name is not of a type that may be there.
 */
export function typeOf(
  name: unknown,
  declared: GraphQLCompositeType,
  schema: GraphQLSchema,
): GraphQLCompositeType | undefined {
  if (typeof name !== 'string' || isObjectType(declared) || name === declared.name) return declared;
  const named = schema.getType(name);
  return (isObjectType(named) || isInterfaceType(named)) && schema.isSubType(declared, named) ? named : undefined;
}
