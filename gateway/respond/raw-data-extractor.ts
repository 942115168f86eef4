/**
 * The text of an answer → its data, if that is byte for byte what would be serialized of it: one JSON document with the
 * client's fields in their order and nothing else, every value of its declared type. One pass, which allocates nothing.
 * An answer that is not plainly so is parsed and serialized.
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
import type { RawDataExtractor } from '../model/platform/platform-answer.ts';
import type { ResponseShape, ShapeField } from './response-shape.ts';

export interface RawDataOptions {
  readonly schema: GraphQLSchema;
  readonly shape: ResponseShape;
  /** Scans a leaf that is not null; `NO_MATCH` if it has to be parsed. */
  leafScanner(type: GraphQLLeafType): (bytes: Buffer, at: number) => number;
}

/** Returns where the value that begins at `at` ends; `NO_MATCH` if it has to be parsed. */
type Scan = (bytes: Buffer, at: number) => number;
type ScanCooperatively = (bytes: Buffer, at: number, isDue: () => boolean) => Generator<void, number>;

interface RawScanner {
  readonly scan: Scan;
  /** Undefined if the value is small. */
  readonly scanCooperatively: ScanCooperatively | undefined;
}

const [OPEN, CLOSE, OPEN_LIST, CLOSE_LIST, COMMA, COLON] = [0x7b, 0x7d, 0x5b, 0x5d, 0x2c, 0x3a] as const;
const DATA = Buffer.from('"data"');

/** Undefined if an object's type makes a difference, and is not selected. */
export function compileRawDataExtractor(
  root: GraphQLObjectType,
  options: RawDataOptions,
): RawDataExtractor | undefined {
  const data = compileObject(root, options.shape, options);
  if (!data) return undefined;
  return {
    extract: (body) => {
      const from = findData(body);
      return from === NO_MATCH ? undefined : sliceData(body, from, data.scan(body, from));
    },
    *extractCooperatively(body, isDue) {
      const from = findData(body);
      if (from === NO_MATCH) return undefined;
      return sliceData(
        body,
        from,
        data.scanCooperatively ? yield* data.scanCooperatively(body, from, isDue) : data.scan(body, from),
      );
    },
  };
}

/** Returns where `data` begins, if it is the first member. */
function findData(body: Buffer): number {
  const at = skipWhitespace(body, 0);
  if (body[at] !== OPEN) return NO_MATCH;
  return skipKey(body, skipWhitespace(body, at + 1), DATA);
}

/** Undefined if the answer has other members. */
function sliceData(body: Buffer, from: number, end: number): Buffer | undefined {
  if (end === NO_MATCH) return undefined;
  const close = skipWhitespace(body, end);
  if (body[close] !== CLOSE || skipWhitespace(body, close + 1) !== body.length) return undefined;
  return body.subarray(from, end);
}

interface FieldScanner extends RawScanner {
  /** JSON text, with its quotes. */
  readonly key: Buffer;
}

function compileObject(
  type: GraphQLCompositeType,
  shape: ResponseShape,
  options: RawDataOptions,
): RawScanner | undefined {
  const fields: FieldScanner[] = [];
  for (const field of shape.fieldsFor(type)) {
    const scanner = isTypename(field) ? compileTypename(type) : compilePosition(field.type, field, options);
    if (!scanner) return undefined;
    fields.push({ key: Buffer.from(JSON.stringify(field.responseKey)), ...scanner });
  }
  return createFieldsScanner(fields);
}

function createFieldsScanner(fields: readonly FieldScanner[]): RawScanner {
  const isBig = fields.some(({ scanCooperatively }) => scanCooperatively);
  return {
    scan: (bytes, from) => {
      let at = from;
      for (let i = 0; i < fields.length; i++) {
        const { key, scan } = fields[i]!;
        at = findValue(bytes, at, i, key);
        if (at !== NO_MATCH) at = scan(bytes, at);
        if (at === NO_MATCH) return NO_MATCH;
      }
      return fields.length === 0 ? NO_MATCH : skipClose(bytes, at);
    },
    scanCooperatively: isBig
      ? function* (bytes, from, isDue) {
          let at = from;
          for (const [i, { key, scan, scanCooperatively }] of fields.entries()) {
            at = findValue(bytes, at, i, key);
            if (at !== NO_MATCH) at = scanCooperatively ? yield* scanCooperatively(bytes, at, isDue) : scan(bytes, at);
            if (at === NO_MATCH) return NO_MATCH;
          }
          return skipClose(bytes, at);
        }
      : undefined,
  };
}

/** Goes from the opening of an object, or from the end of the previous value, to the value of its i-th field. */
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

/** Most servers write none: the common case costs one comparison. */
function skipBlanks(bytes: Buffer, at: number): number {
  return bytes[at]! <= 0x20 ? skipWhitespace(bytes, at) : at;
}

function compilePosition(type: GraphQLOutputType, field: ShapeField, options: RawDataOptions): RawScanner | undefined {
  if (isNonNullType(type)) return compileValue(type.ofType, field, options);
  const value = compileValue(type, field, options);
  if (!value) return undefined;
  const { scan, scanCooperatively } = value;
  return {
    scan: (bytes, at) => {
      const afterNull = nullEnd(bytes, at);
      return afterNull === NO_MATCH ? scan(bytes, at) : afterNull;
    },
    scanCooperatively:
      scanCooperatively &&
      function* (bytes, at, isDue) {
        const afterNull = nullEnd(bytes, at);
        return afterNull === NO_MATCH ? yield* scanCooperatively(bytes, at, isDue) : afterNull;
      },
  };
}

/** For a value that is not null. */
function compileValue(type: GraphQLOutputType, field: ShapeField, options: RawDataOptions): RawScanner | undefined {
  if (isNonNullType(type)) return undefined;
  if (isListType(type)) {
    const item = compilePosition(type.ofType, field, options);
    return item && createListScanner(item);
  }
  // The gateway answers introspection itself.
  if (isLeafType(type)) return field.name.startsWith('__') ? undefined : createLeafScanner(options.leafScanner(type));
  if (!field.below) return undefined;
  return isObjectType(type) ? compileObject(type, field.below, options) : compileAbstract(type, field.below, options);
}

function createLeafScanner(scan: Scan): RawScanner {
  return { scan, scanCooperatively: undefined };
}

function createListScanner({ scan, scanCooperatively }: RawScanner): RawScanner {
  return {
    scan: (bytes, from) => {
      if (bytes[from] !== OPEN_LIST) return NO_MATCH;
      let at = skipBlanks(bytes, from + 1);
      if (bytes[at] === CLOSE_LIST) return at + 1;
      for (;;) {
        at = scan(bytes, at);
        if (at === NO_MATCH) return NO_MATCH;
        at = skipBlanks(bytes, at);
        if (bytes[at] === CLOSE_LIST) return at + 1;
        if (bytes[at] !== COMMA) return NO_MATCH;
        at = skipBlanks(bytes, at + 1);
      }
    },
    *scanCooperatively(bytes, from, isDue) {
      if (bytes[from] !== OPEN_LIST) return NO_MATCH;
      let at = skipBlanks(bytes, from + 1);
      if (bytes[at] === CLOSE_LIST) return at + 1;
      for (;;) {
        at = scanCooperatively ? yield* scanCooperatively(bytes, at, isDue) : scan(bytes, at);
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

/** For objects of several types: their name selects the scanner, unless all types have the same fields. */
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
    scan: (bytes, at) => scannerAt(bytes, at)?.scan(bytes, at) ?? NO_MATCH,
    *scanCooperatively(bytes, at, isDue) {
      const scanner = scannerAt(bytes, at);
      if (!scanner) return NO_MATCH;
      return scanner.scanCooperatively ? yield* scanner.scanCooperatively(bytes, at, isDue) : scanner.scan(bytes, at);
    },
  };
}

function isTypename({ name }: ShapeField): boolean {
  return name === '__typename';
}

/** Returns where the value of this member begins, in the object that opens at `open`. */
function findMember(bytes: Buffer, open: number, key: Buffer): number {
  if (bytes[open] !== OPEN) return NO_MATCH;
  for (let at = skipBlanks(bytes, open + 1); ; at = skipBlanks(bytes, at + 1)) {
    const value = skipKey(bytes, at, key);
    if (value !== NO_MATCH) return value;
    const other = stringEnd(bytes, at);
    const colon = other === NO_MATCH ? NO_MATCH : skipBlanks(bytes, other);
    if (colon === NO_MATCH || bytes[colon] !== COLON) return NO_MATCH;
    const end = valueEnd(bytes, skipBlanks(bytes, colon + 1));
    if (end === NO_MATCH) return NO_MATCH;
    at = skipBlanks(bytes, end);
    if (bytes[at] !== COMMA) return NO_MATCH;
  }
}

/** Undefined for an abstract type, which stands for objects whose type is not known. */
function compileTypename(type: GraphQLCompositeType): RawScanner | undefined {
  if (!isObjectType(type)) return undefined;
  const name = Buffer.from(JSON.stringify(type.name));
  return createLeafScanner((bytes, at) => literalEnd(bytes, at, name));
}
