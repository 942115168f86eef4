/**
 * The text of an answer → whether it is, byte for byte, what could be printed of it: one JSON document with the
 * client's fields in their order and nothing else, every value of its declared type. One pass, and nothing is made of
 * what is read. Whatever is not plainly so is left to who reads and prints.
 */
import {
  type GraphQLCompositeType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { literalEnd, NO_MATCH, nullEnd, skipWhitespace, stringEnd, valueEnd } from '../kit/json/json-scan.ts';
import type { RawDataExtractor } from '../model/platform-answer.ts';
import type { ResponseShape, ShapeField } from './response-shape.ts';

export interface RawDataOptions {
  readonly schema: GraphQLSchema;
  readonly shape: ResponseShape;
  /** Where a leaf that is not null ends; `NO` where it has to be read. */
  leafScanner(type: GraphQLLeafType): (bytes: Buffer, at: number) => number;
}

/** Where the value that begins at `at` ends; `NO` where it has to be read. */
type Scan = (bytes: Buffer, at: number) => number;
type ScanCooperatively = (bytes: Buffer, at: number, isDue: () => boolean) => Generator<void, number>;

interface RawScanner {
  readonly end: Scan;
  /** Undefined where the value is small. */
  readonly slowly: ScanCooperatively | undefined;
}

const [OPEN, CLOSE, OPEN_LIST, CLOSE_LIST, COMMA, COLON] = [0x7b, 0x7d, 0x5b, 0x5d, 0x2c, 0x3a] as const;
const DATA = Buffer.from('"data"');

/** Undefined where the type of an object would have to be known, and is not asked for. */
export function compileRawDataExtractor(
  root: GraphQLObjectType,
  options: RawDataOptions,
): RawDataExtractor | undefined {
  const data = compileObject(root, options.shape, options);
  if (!data) return undefined;
  return {
    extract: (body) => {
      const from = findData(body);
      return from === NO_MATCH ? undefined : sliceData(body, from, data.end(body, from));
    },
    *extractCooperatively(body, isDue) {
      const from = findData(body);
      if (from === NO_MATCH) return undefined;
      return sliceData(body, from, data.slowly ? yield* data.slowly(body, from, isDue) : data.end(body, from));
    },
  };
}

/** Where `data` begins, if it is the first entry. */
function findData(body: Buffer): number {
  const at = skipWhitespace(body, 0);
  if (body[at] !== OPEN) return NO_MATCH;
  return skipKey(body, skipWhitespace(body, at + 1), DATA);
}

/** Undefined where anything else follows. */
function sliceData(body: Buffer, from: number, end: number): Buffer | undefined {
  if (end === NO_MATCH) return undefined;
  const close = skipWhitespace(body, end);
  if (body[close] !== CLOSE || skipWhitespace(body, close + 1) !== body.length) return undefined;
  return body.subarray(from, end);
}

interface FieldScanner extends RawScanner {
  /** In quotes. */
  readonly key: Buffer;
}

function compileObject(
  type: GraphQLCompositeType,
  set: ResponseShape,
  options: RawDataOptions,
): RawScanner | undefined {
  const fields: FieldScanner[] = [];
  for (const field of set.fieldsFor(type)) {
    const scanner = isTypename(field) ? compileTypename(type) : compilePosition(field.type, field, options);
    if (!scanner) return undefined;
    fields.push({ key: Buffer.from(JSON.stringify(field.responseKey)), ...scanner });
  }
  return createFieldsScanner(fields);
}

function createFieldsScanner(fields: readonly FieldScanner[]): RawScanner {
  const isBig = fields.some(({ slowly }) => slowly);
  return {
    end: (bytes, from) => {
      let at = from;
      for (let i = 0; i < fields.length; i++) {
        const { key, end } = fields[i]!;
        at = findValue(bytes, at, i, key);
        if (at !== NO_MATCH) at = end(bytes, at);
        if (at === NO_MATCH) return NO_MATCH;
      }
      return fields.length === 0 ? NO_MATCH : skipClose(bytes, at);
    },
    slowly: isBig
      ? function* (bytes, from, isDue) {
          let at = from;
          for (const [i, { key, end, slowly }] of fields.entries()) {
            at = findValue(bytes, at, i, key);
            if (at !== NO_MATCH) at = slowly ? yield* slowly(bytes, at, isDue) : end(bytes, at);
            if (at === NO_MATCH) return NO_MATCH;
          }
          return skipClose(bytes, at);
        }
      : undefined,
  };
}

/** From where an object opens, or the value before ended, to where the value of its i-th field begins. */
function findValue(bytes: Buffer, at: number, i: number, key: Buffer): number {
  const sign = i === 0 ? at : skipBlanks(bytes, at);
  if (bytes[sign] !== (i === 0 ? OPEN : COMMA)) return NO_MATCH;
  return skipKey(bytes, skipBlanks(bytes, sign + 1), key);
}

function skipKey(bytes: Buffer, at: number, key: Buffer): number {
  const end = literalEnd(bytes, at, key);
  if (end === NO_MATCH) return NO_MATCH;
  const colon = skipBlanks(bytes, end);
  return bytes[colon] === COLON ? skipBlanks(bytes, colon + 1) : NO_MATCH;
}

function skipClose(bytes: Buffer, at: number): number {
  const close = skipBlanks(bytes, at);
  return bytes[close] === CLOSE ? close + 1 : NO_MATCH;
}

/** Most servers write none. */
function skipBlanks(bytes: Buffer, at: number): number {
  return bytes[at]! <= 0x20 ? skipWhitespace(bytes, at) : at;
}

function compilePosition(type: GraphQLOutputType, field: ShapeField, options: RawDataOptions): RawScanner | undefined {
  if (isNonNullType(type)) return compileValue(type.ofType, field, options);
  const value = compileValue(type, field, options);
  if (!value) return undefined;
  const { end, slowly } = value;
  return {
    end: (bytes, at) => {
      const afterNull = nullEnd(bytes, at);
      return afterNull === NO_MATCH ? end(bytes, at) : afterNull;
    },
    slowly:
      slowly &&
      function* (bytes, at, isDue) {
        const afterNull = nullEnd(bytes, at);
        return afterNull === NO_MATCH ? yield* slowly(bytes, at, isDue) : afterNull;
      },
  };
}

/** What is not null. */
function compileValue(type: GraphQLOutputType, field: ShapeField, options: RawDataOptions): RawScanner | undefined {
  if (isNonNullType(type)) return undefined;
  if (isListType(type)) {
    const item = compilePosition(type.ofType, field, options);
    return item && createListScanner(item);
  }
  // What introspection tells is the gateway's to say.
  if (isLeafType(type)) return field.name.startsWith('__') ? undefined : createLeafScanner(options.leafScanner(type));
  if (!field.below) return undefined;
  return isObjectType(type) ? compileObject(type, field.below, options) : compileAbstract(type, field.below, options);
}

function createLeafScanner(end: Scan): RawScanner {
  return { end, slowly: undefined };
}

function createListScanner({ end, slowly }: RawScanner): RawScanner {
  return {
    end: (bytes, from) => {
      if (bytes[from] !== OPEN_LIST) return NO_MATCH;
      let at = skipBlanks(bytes, from + 1);
      if (bytes[at] === CLOSE_LIST) return at + 1;
      for (;;) {
        at = end(bytes, at);
        if (at === NO_MATCH) return NO_MATCH;
        at = skipBlanks(bytes, at);
        if (bytes[at] === CLOSE_LIST) return at + 1;
        if (bytes[at] !== COMMA) return NO_MATCH;
        at = skipBlanks(bytes, at + 1);
      }
    },
    *slowly(bytes, from, isDue) {
      if (bytes[from] !== OPEN_LIST) return NO_MATCH;
      let at = skipBlanks(bytes, from + 1);
      if (bytes[at] === CLOSE_LIST) return at + 1;
      for (;;) {
        at = slowly ? yield* slowly(bytes, at, isDue) : end(bytes, at);
        if (at === NO_MATCH) return NO_MATCH;
        at = skipBlanks(bytes, at);
        if (bytes[at] === CLOSE_LIST) return at + 1;
        if (bytes[at] !== COMMA) return NO_MATCH;
        at = skipBlanks(bytes, at + 1);
        if (isDue()) yield;
      }
    },
  };
}

/** Objects of several types: which one it is, their name tells, or it makes no difference. */
function compileAbstract(
  type: GraphQLCompositeType,
  below: ResponseShape,
  options: RawDataOptions,
): RawScanner | undefined {
  if (!isAbstractType(type)) return undefined;
  const types = options.schema.getPossibleTypes(type);
  const keys = new Set(types.map((each) => below.fieldsFor(each).find(isTypename)?.responseKey));
  const [key] = keys;
  if (keys.size !== 1 || key === undefined) {
    const haveSameFields = types.every((each) => below.fieldsFor(each).length === below.fieldsFor(type).length);
    return haveSameFields && keys.size === 1 ? compileObject(type, below, options) : undefined;
  }
  const byName = new Map<string, RawScanner>();
  for (const each of types) {
    const scanner = compileObject(each, below, options);
    if (!scanner) return undefined;
    byName.set(each.name, scanner);
  }
  const nameKey = Buffer.from(JSON.stringify(key));
  const scannerAt = (bytes: Buffer, at: number): RawScanner | undefined => {
    const from = findMember(bytes, at, nameKey);
    const end = from === NO_MATCH ? NO_MATCH : stringEnd(bytes, from);
    return end === NO_MATCH ? undefined : byName.get(bytes.toString('latin1', from + 1, end - 1));
  };
  return {
    end: (bytes, at) => scannerAt(bytes, at)?.end(bytes, at) ?? NO_MATCH,
    *slowly(bytes, at, isDue) {
      const scanner = scannerAt(bytes, at);
      if (!scanner) return NO_MATCH;
      return scanner.slowly ? yield* scanner.slowly(bytes, at, isDue) : scanner.end(bytes, at);
    },
  };
}

function isTypename({ name }: ShapeField): boolean {
  return name === '__typename';
}

/** Where the value of this member of the object begins that opens here. */
function findMember(bytes: Buffer, open: number, key: Buffer): number {
  if (bytes[open] !== OPEN) return NO_MATCH;
  for (let at = skipBlanks(bytes, open + 1); ; at = skipBlanks(bytes, at + 1)) {
    const found = skipKey(bytes, at, key);
    if (found !== NO_MATCH) return found;
    const other = stringEnd(bytes, at);
    const colon = other === NO_MATCH ? NO_MATCH : skipBlanks(bytes, other);
    if (colon === NO_MATCH || bytes[colon] !== COLON) return NO_MATCH;
    const end = valueEnd(bytes, skipBlanks(bytes, colon + 1));
    if (end === NO_MATCH) return NO_MATCH;
    at = skipBlanks(bytes, end);
    if (bytes[at] !== COMMA) return NO_MATCH;
  }
}

/** An abstract type stands for objects of which no more is known: their name is not, either. */
function compileTypename(type: GraphQLCompositeType): RawScanner | undefined {
  if (!isObjectType(type)) return undefined;
  const name = Buffer.from(JSON.stringify(type.name));
  return createLeafScanner((bytes, at) => literalEnd(bytes, at, name));
}
