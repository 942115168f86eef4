/**
 * Tree → the JSON text of `data` in the client's shape, as bytes and in one pass: order, aliases, checked leaves, and nulls that bubble as the
 * specification says. What is read of each type of object is generated code, so that every read has a place of its own.
 */

import { isObject } from '@yiwang/schema';
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
import { type JsonWriter, writeBytes, writeText } from '../kit/json/json-writer.ts';
import { PublicError } from '../model/errors.ts';
import { compileListSerializer } from './list-serializer.ts';
import type { ResponseShape, ShapeField } from './response-shape.ts';
import {
  assertWithinLimits,
  attemptUnpaused,
  BUBBLE,
  createCheckpoint,
  isAbsent,
  NULL,
  type PathNode,
  pathOf,
  type ReadonlyTree,
  rollBackToNull,
  type SerializationState,
  VALUE,
  type ValueSerializer,
  type Write,
  type WriteResult,
  writeBreach,
  writeNull,
} from './serialization.ts';

const [OPEN, CLOSE] = [...'{}'].map((sign) => Buffer.from(sign)) as [Buffer, Buffer];

export interface SerializerOptions {
  readonly schema: GraphQLSchema;
  readonly shape: ResponseShape;
  /** True for what has its place below the root; objects at its fields are no rows. */
  readonly isPart?: boolean;
  /**
   * The writer of a leaf's JSON text, from values that are not null; where a value breaks the standard it writes nothing, and throws.
   */
  leaf(type: GraphQLLeafType): (sink: JsonWriter, value: unknown) => void;
}

export interface Serializer {
  /**
   * Writes the JSON text of an object; false where a null bubbled up to the root, and nothing is written. Undefined where it is
   * more than `bytes`, and nothing is written either.
   */
  now(tree: ReadonlyTree, state: SerializationState, bytes: number): boolean | undefined;
  /**
   * The same for a big answer, with a pause whenever `isDue` says so: each yield is one. Throws `TOO_COSTLY` where it comes to more
   * than it may.
   */
  slowly(tree: ReadonlyTree, state: SerializationState, isDue: () => boolean): Generator<void, boolean>;
}

/** False where a null bubbled up to the object: what is written of it is taken back by the caller. */
interface ObjectSerializer {
  now(object: ReadonlyTree, at: PathNode | undefined, state: SerializationState): boolean;
  slowly(
    object: ReadonlyTree,
    at: PathNode | undefined,
    state: SerializationState,
    isDue: () => boolean,
  ): Generator<void, boolean>;
}

export function compileSerializer(root: GraphQLCompositeType, options: SerializerOptions): Serializer {
  const writer = compileObject(root, options.shape, options, !options.isPart);
  return {
    now: (tree, state, bytes) => {
      const isThere = attemptUnpaused(state, () => writer.now(tree, undefined, state), bytes);
      if (isThere) assertWithinLimits(state);
      return isThere;
    },
    *slowly(tree, state, isDue) {
      const isThere = yield* writer.slowly(tree, undefined, state, isDue);
      if (isThere) assertWithinLimits(state);
      return isThere;
    },
  };
}

/** `isRoot`: what is at its fields is counted as a row, unless it is a page. */
function compileObject(
  type: GraphQLCompositeType,
  set: ResponseShape,
  options: SerializerOptions,
  isRoot = false,
): ObjectSerializer {
  const fields = set.fieldsFor(type).map((field, i): FieldSerializer => {
    const label = `${i === 0 ? '{' : ','}${JSON.stringify(field.responseKey)}:`;
    const { key } = field;
    if (field.name !== '__typename') {
      const writer = compilePosition(field.type, field, options, isRoot && !isPage(field));
      return { key, label: Buffer.from(label), writer };
    }
    if (isObjectType(type)) {
      return { key, label: Buffer.from(label + JSON.stringify(type.name)), writer: undefined };
    }
    return { key, label: Buffer.from(label), writer: compileTypename(field, options) };
  });
  return { now: generateNow(fields), slowly: writeSlowly(fields) };
}

interface FieldSerializer {
  readonly key: string;
  /** What goes before the value; where there is no writer, the value itself, too. */
  readonly label: Buffer;
  readonly writer: ValueSerializer | undefined;
}

function generateNow(fields: readonly FieldSerializer[]): ObjectSerializer['now'] {
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
  ) as ObjectSerializer['now'];
}

function writeSlowly(fields: readonly FieldSerializer[]): ObjectSerializer['slowly'] {
  return function* (object, at, state, isDue) {
    if (fields.length === 0) writeBytes(state.sink, OPEN);
    for (const { key, label, writer } of fields) {
      writeBytes(state.sink, label);
      if (!writer) continue;
      const written = writer.slowly
        ? yield* writer.slowly(object[key], at, key, state, isDue)
        : writer.now(object[key], at, key, state);
      if (written === BUBBLE) return false;
    }
    writeBytes(state.sink, CLOSE);
    return true;
  };
}

/** Null for an object of which no more is known than an abstract type. */
function compileTypename(field: ShapeField, { schema }: SerializerOptions): ValueSerializer {
  const writeName: Write = (name, _at, _key, { sink }) => {
    if (name === null) return writeNull(sink);
    writeText(sink, JSON.stringify(name));
    return VALUE;
  };
  const write = compileNonNull({ now: writeName, slowly: undefined }, field);
  return {
    now: (typename, at, key, state) => {
      const name = typeof typename === 'string' && isObjectType(schema.getType(typename)) ? typename : null;
      return write.now(name, at, key, state);
    },
    slowly: undefined,
  };
}

function isPage({ type, below }: ShapeField): boolean {
  const named = isNonNullType(type) ? type.ofType : type;
  if (!isObjectType(named)) return false;
  return below?.fieldsFor(named).some(({ name }) => name === 'nodes' || name === 'edges') ?? false;
}

function compilePosition(
  type: GraphQLOutputType,
  field: ShapeField,
  options: SerializerOptions,
  isRow: boolean,
): ValueSerializer {
  if (isNonNullType(type)) return compileNonNull(compilePosition(type.ofType, field, options, isRow), field);
  if (isListType(type)) return compileListSerializer(compilePosition(type.ofType, field, options, true));
  if (isLeafType(type)) return { now: compileLeaf(type, field, options), slowly: undefined };
  return compileComposite(type, field, options, isRow);
}

function compileNonNull({ now, slowly }: ValueSerializer, field: ShapeField): ValueSerializer {
  /** What a null comes to that was written at the mark. */
  const resolveNull = (
    mark: number,
    value: unknown,
    at: PathNode | undefined,
    key: string | number,
    state: SerializationState,
  ): WriteResult => {
    const path = isAbsent(value) ? pathOf(at, key) : undefined;
    if (path && state.isGap(path)) return NULL;
    state.sink.at = mark;
    if (path && !state.explains(path)) {
      state.error(new PublicError('PLATFORM_FAILED', `no value for "${field.name}", which always has one`, { path }));
    }
    return BUBBLE;
  };
  return {
    now: (value, at, key, state) => {
      const mark = state.sink.at;
      const written = now(value, at, key, state);
      return written === NULL ? resolveNull(mark, value, at, key, state) : written;
    },
    slowly:
      slowly &&
      function* (value, at, key, state, isDue) {
        const mark = state.sink.at;
        const written = yield* slowly(value, at, key, state, isDue);
        return written === NULL ? resolveNull(mark, value, at, key, state) : written;
      },
  };
}

function compileLeaf(type: GraphQLLeafType, field: ShapeField, { leaf }: SerializerOptions): Write {
  if (field.name.startsWith('__')) return (value, _at, _key, { sink }) => writeMetaField(value, sink);
  const write = leaf(type);
  return (value, at, key, state) => {
    if (isAbsent(value)) return writeNull(state.sink);
    try {
      write(state.sink, value);
      return VALUE;
    } catch {
      // What the scalar says of it may hold the value, or names that are not shown.
      return writeBreach(`a value of type "${type.name}"`, at, key, state);
    }
  };
}

function writeMetaField(value: unknown, sink: JsonWriter): WriteResult {
  if (isAbsent(value)) return writeNull(sink);
  writeText(sink, JSON.stringify(value));
  return VALUE;
}

function compileComposite(
  type: GraphQLCompositeType,
  field: ShapeField,
  options: SerializerOptions,
  isRow: boolean,
): ValueSerializer {
  const writers = new Map<unknown, ObjectSerializer>();
  /** Undefined for an object that may not be here. */
  const serializerOf = (object: ReadonlyTree): ObjectSerializer | undefined => {
    const typename = isObjectType(type) || typeof object.__typename !== 'string' ? undefined : object.__typename;
    const cached = writers.get(typename);
    if (cached) return cached;
    const objectType = objectTypeOf(typename, type, options.schema);
    const writer = objectType && field.below && compileObject(objectType, field.below, options);
    // A name that no type has may be any text: only the types are kept, and there are no more of them than the schema has.
    if (writer) writers.set(typename, writer);
    return writer;
  };
  return {
    now: (value, at, key, state) => {
      if (isAbsent(value)) return writeNull(state.sink);
      if (!isObject(value)) return writeBreach(`an object of type "${type.name}"`, at, key, state);
      const writer = serializerOf(value);
      if (!writer) return writeBreach(`an object of type "${type.name}"`, at, key, state);
      const before = createCheckpoint(state);
      if (!writer.now(value, { parent: at, key }, state)) return rollBackToNull(before, state);
      if (isRow) state.rows++;
      return VALUE;
    },
    *slowly(value, at, key, state, isDue) {
      if (isAbsent(value)) return writeNull(state.sink);
      if (!isObject(value)) return writeBreach(`an object of type "${type.name}"`, at, key, state);
      const writer = serializerOf(value);
      if (!writer) return writeBreach(`an object of type "${type.name}"`, at, key, state);
      const before = createCheckpoint(state);
      if (!(yield* writer.slowly(value, { parent: at, key }, state, isDue))) return rollBackToNull(before, state);
      if (isRow) state.rows++;
      return VALUE;
    },
  };
}

/**
 * The type of an object. Planners ask for its name only where it makes a difference; and the subgraph that has an interface
 * as an object type names the interface. Undefined where the name is not of a type that may be there.
 */
export function objectTypeOf(
  name: unknown,
  declared: GraphQLCompositeType,
  schema: GraphQLSchema,
): GraphQLCompositeType | undefined {
  if (typeof name !== 'string' || isObjectType(declared) || name === declared.name) return declared;
  const named = schema.getType(name);
  return (isObjectType(named) || isInterfaceType(named)) && schema.isSubType(declared, named) ? named : undefined;
}
