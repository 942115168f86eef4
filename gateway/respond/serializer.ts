/**
 * Tree → the JSON text of `data` in the client's shape, as bytes and in one pass: order, aliases, checked leaves, and
 * nulls that bubble as the specification says. Objects of each type are read by generated code, so that V8 optimizes
 * every read for itself.
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
import { type ObjectCheck, type PathNode, pathOf } from '../model/checks.ts';
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
import { withoutBreaches } from './without-breaches.ts';

const [OPEN, CLOSE] = [...'{}'].map((sign) => Buffer.from(sign)) as [Buffer, Buffer];

export interface SerializerOptions {
  readonly schema: GraphQLSchema;
  readonly shape: ResponseShape;
  /** True for an object below the root: objects at its fields are no rows. */
  readonly isNested?: boolean;
  /**
   * The writer of a leaf's JSON text, for values that are not null. It throws, and writes nothing, if a value breaks
   * the standard.
   */
  leafWriter(type: GraphQLLeafType): (output: JsonWriter, value: unknown) => void;
  /**
   * The rules for the objects of a type at one place; undefined if there are none. `field`: the one that they are the
   * value of; undefined at the root. Default: none.
   */
  checkOf?(
    type: GraphQLCompositeType,
    fields: readonly ShapeField[],
    field: ShapeField | undefined,
  ): ObjectCheck | undefined;
}

export interface Serializer {
  /**
   * Writes the JSON text of an object. False if a null bubbled up to the root; undefined if the text is longer than
   * `bytes`. Nothing is written in either case.
   */
  serialize(tree: ReadonlyTree, state: SerializationState, bytes: number): boolean | undefined;
  /**
   * The same for a text of any length: each yield is a pause, made if `isDue`. Throws `TOO_COSTLY` beyond the limits.
   */
  serializeCooperatively(tree: ReadonlyTree, state: SerializationState, isDue: () => boolean): Generator<void, boolean>;
}

/** False if a null bubbled up to the object: the caller rolls back what was written of it. */
interface ObjectSerializer {
  write(object: ReadonlyTree, at: PathNode | undefined, state: SerializationState): boolean;
  writeCooperatively(
    object: ReadonlyTree,
    at: PathNode | undefined,
    state: SerializationState,
    isDue: () => boolean,
  ): Generator<void, boolean>;
}

export function compileSerializer(root: GraphQLCompositeType, options: SerializerOptions): Serializer {
  const { shape, isNested = false } = options;
  const serializer = compileObject(root, { shape, field: undefined, isRoot: !isNested }, options);
  return {
    serialize: (tree, state, bytes) => {
      const isWritten = attemptUnpaused(state, () => serializer.write(tree, undefined, state), bytes);
      if (isWritten) assertWithinLimits(state);
      return isWritten;
    },
    *serializeCooperatively(tree, state, isDue) {
      const isWritten = yield* serializer.writeCooperatively(tree, undefined, state, isDue);
      if (isWritten) assertWithinLimits(state);
      return isWritten;
    },
  };
}

/** Where objects are. */
interface ObjectPlace {
  readonly shape: ResponseShape;
  /** The field that they are the value of; undefined at the root. */
  readonly field: ShapeField | undefined;
  /** True if objects at its fields are counted as rows, unless they are pages. */
  readonly isRoot: boolean;
}

function compileObject(
  type: GraphQLCompositeType,
  { shape, field: parentField, isRoot }: ObjectPlace,
  options: SerializerOptions,
): ObjectSerializer {
  const shapeFields = shape.fieldsFor(type);
  const check = options.checkOf?.(type, shapeFields, parentField);
  const fields = shapeFields.map((field, i): FieldSerializer => {
    const label = `${i === 0 ? '{' : ','}${JSON.stringify(field.responseKey)}:`;
    const { key } = field;
    if (field.name !== '__typename') {
      const serializer = compilePosition(field.type, field, options, isRoot && !isPage(field));
      return { key, label: Buffer.from(label), serializer };
    }
    if (isObjectType(type)) {
      return { key, label: Buffer.from(label + JSON.stringify(type.name)), serializer: undefined };
    }
    return { key, label: Buffer.from(label), serializer: compileTypename(field, options) };
  });
  return { write: generateWrite(fields, check), writeCooperatively: compileWriteCooperatively(fields, check) };
}

interface FieldSerializer {
  readonly key: string;
  /** The text before the value. If there is no serializer, it includes the value. */
  readonly label: Buffer;
  readonly serializer: ValueSerializer | undefined;
}

/** If the object breaks a rule, what is written is a copy without the values at fault. */
function generateWrite(fields: readonly FieldSerializer[], check: ObjectCheck | undefined): ObjectSerializer['write'] {
  const lines = fields.map(({ key, serializer }, i) => {
    if (!serializer) return `put(state.output, label${i});`;
    const name = JSON.stringify(key);
    return `put(state.output, label${i});
      if (write${i}(object[${name}], at, ${name}, state) === 0) return false;`;
  });
  const source = `return function (object, at, state) {
    ${check ? 'if (isBroken(object)) object = repair(object, at, state);' : ''}
    ${fields.length === 0 ? 'put(state.output, open);' : ''}
    ${lines.join('\n')}
    put(state.output, close);
    return true;
  }`;
  const names = fields.flatMap((_, i) => [`label${i}`, `write${i}`]);
  const values = fields.flatMap(({ label, serializer }) => [label, serializer?.write]);
  // A name in the source is a GraphQL name: letters, digits and underscores.
  return new Function('isBroken', 'repair', 'put', 'open', 'close', ...names, source)(
    check?.isBroken,
    check && compileRepair(check),
    writeBytes,
    OPEN,
    CLOSE,
    ...values,
  ) as ObjectSerializer['write'];
}

function compileRepair(check: ObjectCheck) {
  return (object: ReadonlyTree, at: PathNode | undefined, { breaches }: SerializationState) =>
    breaches ? withoutBreaches(object, check, at, breaches) : object;
}

function compileWriteCooperatively(
  fields: readonly FieldSerializer[],
  check: ObjectCheck | undefined,
): ObjectSerializer['writeCooperatively'] {
  const repair = check && compileRepair(check);
  return function* (source, at, state, isDue) {
    const object = repair && check?.isBroken(source) ? repair(source, at, state) : source;
    if (fields.length === 0) writeBytes(state.output, OPEN);
    for (const { key, label, serializer } of fields) {
      writeBytes(state.output, label);
      if (!serializer) continue;
      const written = serializer.writeCooperatively
        ? yield* serializer.writeCooperatively(object[key], at, key, state, isDue)
        : serializer.write(object[key], at, key, state);
      if (written === BUBBLE) return false;
    }
    writeBytes(state.output, CLOSE);
    return true;
  };
}

/** Null if no more is known of the object than its abstract type. */
function compileTypename(field: ShapeField, { schema }: SerializerOptions): ValueSerializer {
  const writeName: Write = (name, _at, _key, { output }) => {
    if (name === null) return writeNull(output);
    writeText(output, JSON.stringify(name));
    return VALUE;
  };
  const write = compileNonNull({ write: writeName, writeCooperatively: undefined }, field);
  return {
    write: (typename, at, key, state) => {
      const name = typeof typename === 'string' && isObjectType(schema.getType(typename)) ? typename : null;
      return write.write(name, at, key, state);
    },
    writeCooperatively: undefined,
  };
}

function isPage({ type, below }: ShapeField): boolean {
  const nullableType = isNonNullType(type) ? type.ofType : type;
  if (!isObjectType(nullableType)) return false;
  return below?.fieldsFor(nullableType).some(({ name }) => name === 'nodes' || name === 'edges') ?? false;
}

function compilePosition(
  type: GraphQLOutputType,
  field: ShapeField,
  options: SerializerOptions,
  isRow: boolean,
): ValueSerializer {
  if (isNonNullType(type)) return compileNonNull(compilePosition(type.ofType, field, options, isRow), field);
  if (isListType(type)) return compileListSerializer(compilePosition(type.ofType, field, options, true));
  if (isLeafType(type)) return { write: compileLeaf(type, field, options), writeCooperatively: undefined };
  return compileComposite(type, field, options, isRow);
}

function compileNonNull({ write, writeCooperatively }: ValueSerializer, field: ShapeField): ValueSerializer {
  /** For a null that was written at the mark. */
  const resolveNull = (
    mark: number,
    value: unknown,
    at: PathNode | undefined,
    key: string | number,
    state: SerializationState,
  ): WriteResult => {
    const path = isAbsent(value) ? pathOf(at, key) : undefined;
    if (path && state.reporter.isMissing(path)) return NULL;
    if (path && !state.reporter.isExplained(path)) {
      const message = `no value for "${field.name}", which always has one`;
      if (state.breaches) state.breaches.addAbsence(message, at, key);
      else state.reporter.addBreach(new PublicError('PLATFORM_FAILED', message, { path }));
    }
    if (state.breaches?.endsBubbling(at, key)) return NULL;
    state.output.at = mark;
    return BUBBLE;
  };
  return {
    write: (value, at, key, state) => {
      const mark = state.output.at;
      const written = write(value, at, key, state);
      return written === NULL ? resolveNull(mark, value, at, key, state) : written;
    },
    writeCooperatively:
      writeCooperatively &&
      function* (value, at, key, state, isDue) {
        const mark = state.output.at;
        const written = yield* writeCooperatively(value, at, key, state, isDue);
        return written === NULL ? resolveNull(mark, value, at, key, state) : written;
      },
  };
}

function compileLeaf(type: GraphQLLeafType, field: ShapeField, { leafWriter }: SerializerOptions): Write {
  if (field.name.startsWith('__')) return (value, _at, _key, { output }) => writeMetaField(value, output);
  const write = leafWriter(type);
  return (value, at, key, state) => {
    if (isAbsent(value)) return writeNull(state.output);
    try {
      write(state.output, value);
      return VALUE;
    } catch {
      // The scalar's own message may hold the value, or names that are not shown.
      return writeBreach(`a value of type "${type.name}"`, at, key, state);
    }
  };
}

function writeMetaField(value: unknown, output: JsonWriter): WriteResult {
  if (isAbsent(value)) return writeNull(output);
  writeText(output, JSON.stringify(value));
  return VALUE;
}

function compileComposite(
  type: GraphQLCompositeType,
  field: ShapeField,
  options: SerializerOptions,
  isRow: boolean,
): ValueSerializer {
  const serializers = new Map<unknown, ObjectSerializer>();
  /** Undefined for an object of a type that may not be here. */
  const serializerOf = (object: ReadonlyTree): ObjectSerializer | undefined => {
    const typename = isObjectType(type) || typeof object.__typename !== 'string' ? undefined : object.__typename;
    const cached = serializers.get(typename);
    if (cached) return cached;
    const objectType = objectTypeOf(typename, type, options.schema);
    const place = field.below && { shape: field.below, field, isRoot: false };
    const serializer = objectType && place && compileObject(objectType, place, options);
    // A name that no type has may be any text. Only types are cached, of which the schema has a bounded number.
    if (serializer) serializers.set(typename, serializer);
    return serializer;
  };
  return {
    write: (value, at, key, state) => {
      if (isAbsent(value)) return writeNull(state.output);
      if (!isObject(value)) return writeBreach(`an object of type "${type.name}"`, at, key, state);
      const serializer = serializerOf(value);
      if (!serializer) return writeBreach(`an object of type "${type.name}"`, at, key, state);
      const before = createCheckpoint(state);
      if (!serializer.write(value, { parent: at, key }, state)) return rollBackToNull(before, state);
      if (isRow) state.rows++;
      return VALUE;
    },
    *writeCooperatively(value, at, key, state, isDue) {
      if (isAbsent(value)) return writeNull(state.output);
      if (!isObject(value)) return writeBreach(`an object of type "${type.name}"`, at, key, state);
      const serializer = serializerOf(value);
      if (!serializer) return writeBreach(`an object of type "${type.name}"`, at, key, state);
      const before = createCheckpoint(state);
      if (!(yield* serializer.writeCooperatively(value, { parent: at, key }, state, isDue)))
        return rollBackToNull(before, state);
      if (isRow) state.rows++;
      return VALUE;
    },
  };
}

/**
 * The type of an object. Planners ask for its name only if it makes a difference, and a subgraph that has an interface
 * as an object type names the interface. Undefined if the name is not of a type that may be here.
 */
export function objectTypeOf(
  name: unknown,
  declared: GraphQLCompositeType,
  schema: GraphQLSchema,
): GraphQLCompositeType | undefined {
  if (typeof name !== 'string' || isObjectType(declared) || name === declared.name) return declared;
  const objectType = schema.getType(name);
  return (isObjectType(objectType) || isInterfaceType(objectType)) && schema.isSubType(declared, objectType)
    ? objectType
    : undefined;
}
