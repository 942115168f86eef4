/** Leaf value from a platform → its JSON text in a sink, checked against its scalar or enum. */
import { type GraphQLLeafType, isEnumType, isSpecifiedScalarType } from 'graphql';
import { exactDigitsOf, stringifyExact } from '../kit/json/exact-numbers.ts';
import { type JsonWriter, writeAscii, writeBytes, writeString, writeText } from '../kit/json/json-writer.ts';

/** Throws where the value, which is not null, breaks the standard; the message says how, and nothing is written. */
export type LeafWriter = (sink: JsonWriter, value: unknown) => void;

export function compileLeafWriter(type: GraphQLLeafType): LeafWriter {
  if (isEnumType(type)) {
    const texts = new Map<unknown, Buffer>(
      type.getValues().map(({ name, value }) => [value, Buffer.from(JSON.stringify(name))]),
    );
    return (sink, value) => {
      const text = texts.get(value);
      if (text) writeBytes(sink, text);
      else writeSerialized(sink, type, toDouble(value));
    };
  }
  const write = isSpecifiedScalarType(type) ? WRITERS[type.name] : undefined;
  if (!write) return (sink, value) => writeSerialized(sink, type, value);
  return (sink, value) => {
    if (!write(sink, value)) writeSerialized(sink, type, toDouble(value));
  };
}

/** Write what goes out as it is; false for other values, some of which the scalars make sense of, too. */
const WRITERS: Readonly<Record<string, (sink: JsonWriter, value: unknown) => boolean>> = {
  String: writeIfString,
  ID: writeIfString,
  Int: (sink, value) => {
    // Whole, and within 32 bits.
    if (typeof value !== 'number' || (value | 0) !== value) return false;
    writeAscii(sink, String(value | 0));
    return true;
  },
  Float: (sink, value) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return false;
    writeAscii(sink, JSON.stringify(value));
    return true;
  },
  Boolean: (sink, value) => {
    if (typeof value !== 'boolean') return false;
    writeAscii(sink, value ? 'true' : 'false');
    return true;
  },
};

function writeIfString(sink: JsonWriter, value: unknown): boolean {
  if (typeof value !== 'string') return false;
  // An id that came as a number is its digits.
  writeString(sink, value.charCodeAt(0) === 0 ? (exactDigitsOf(value) ?? value) : value);
  return true;
}

function writeSerialized(sink: JsonWriter, type: GraphQLLeafType, value: unknown): void {
  const serialized: unknown = type.serialize(value);
  if (serialized === undefined || serialized === null) throw new RangeError(`this is not a ${type.name}`);
  if (typeof serialized === 'string' && serialized.charCodeAt(0) !== 0) writeString(sink, serialized);
  else writeText(sink, stringifyExact(serialized));
}

/** The nearest number that a double holds, for scalars that are doubles. */
function toDouble(value: unknown): unknown {
  const digits = exactDigitsOf(value);
  return digits === undefined ? value : Number(digits);
}
