/** Leaf value from a platform, checked against its scalar or enum → JSON text in a writer. */
import { type GraphQLLeafType, isEnumType, isSpecifiedScalarType } from 'graphql';
import { readExactDigits, stringifyExact } from '../kit/json/exact-numbers.ts';
import { type JsonWriter, writeAscii, writeBytes, writeString, writeText } from '../kit/json/json-writer.ts';

/** Throws, and writes nothing, if the value breaks the standard; the message says how. The value is not null. */
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

/** Write values that need no coercion. Return false for others, which the scalar may still accept. */
const WRITERS: Readonly<Record<string, (sink: JsonWriter, value: unknown) => boolean>> = {
  String: writeIfString,
  ID: writeIfString,
  Int: (sink, value) => {
    // `| 0` keeps integers within 32 bits alone.
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
  // An ID that was a long number is written as its digits.
  writeString(sink, value.charCodeAt(0) === 0 ? (readExactDigits(value) ?? value) : value);
  return true;
}

function writeSerialized(sink: JsonWriter, type: GraphQLLeafType, value: unknown): void {
  const serialized: unknown = type.serialize(value);
  if (serialized === undefined || serialized === null) throw new RangeError(`this is not a ${type.name}`);
  if (typeof serialized === 'string' && serialized.charCodeAt(0) !== 0) writeString(sink, serialized);
  else writeText(sink, stringifyExact(serialized));
}

/** Returns the nearest double of an exact number, for scalars that are doubles. */
function toDouble(value: unknown): unknown {
  const digits = readExactDigits(value);
  return digits === undefined ? value : Number(digits);
}
