/**
 * The text of an answer → whether it is, byte for byte, what could be printed of it: one JSON document with the client's fields in their order and
 * nothing else, every value of its declared type. One pass, and nothing is made of what is read. Whatever is not plainly so is left to who reads and prints.
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
import { afterBlanks, NO, nullEnd, stringEnd, textEnd, valueEnd } from '../kit/json-scan.ts';
import type { AcceptData } from '../model/answer.ts';
import type { ShapeField, ShapeSet } from './shape.ts';

export interface AcceptOptions {
  readonly schema: GraphQLSchema;
  readonly shape: ShapeSet;
  /** Where a leaf that is not null ends; `NO` where it has to be read. */
  leafEnd(type: GraphQLLeafType): (bytes: Buffer, at: number) => number;
}

/** Where the value that begins at `at` ends; `NO` where it has to be read. */
type End = (bytes: Buffer, at: number) => number;
type EndSlowly = (bytes: Buffer, at: number, isDue: () => boolean) => Generator<void, number>;

interface Acceptor {
  readonly end: End;
  /** Undefined where the value is small. */
  readonly slowly: EndSlowly | undefined;
}

const [OPEN, CLOSE, OPEN_LIST, CLOSE_LIST, COMMA, COLON] = [0x7b, 0x7d, 0x5b, 0x5d, 0x2c, 0x3a] as const;
const DATA = Buffer.from('"data"');

/** Undefined where the type of an object would have to be known, and is not asked for. */
export function compileAccept(root: GraphQLObjectType, options: AcceptOptions): AcceptData | undefined {
  const data = compileObject(root, options.shape, options);
  if (!data) return undefined;
  return {
    now: (body) => {
      const from = dataFrom(body);
      return from === NO ? undefined : dataOf(body, from, data.end(body, from));
    },
    *slowly(body, isDue) {
      const from = dataFrom(body);
      if (from === NO) return undefined;
      return dataOf(body, from, data.slowly ? yield* data.slowly(body, from, isDue) : data.end(body, from));
    },
  };
}

/** Where `data` begins, if it is the first entry. */
function dataFrom(body: Buffer): number {
  const at = afterBlanks(body, 0);
  if (body[at] !== OPEN) return NO;
  return behindKey(body, afterBlanks(body, at + 1), DATA);
}

/** Undefined where anything else follows. */
function dataOf(body: Buffer, from: number, end: number): Buffer | undefined {
  if (end === NO) return undefined;
  const close = afterBlanks(body, end);
  if (body[close] !== CLOSE || afterBlanks(body, close + 1) !== body.length) return undefined;
  return body.subarray(from, end);
}

interface FieldAcceptor extends Acceptor {
  /** In quotes. */
  readonly key: Buffer;
}

function compileObject(type: GraphQLCompositeType, set: ShapeSet, options: AcceptOptions): Acceptor | undefined {
  const fields: FieldAcceptor[] = [];
  for (const field of set.fieldsFor(type)) {
    const acceptor = isTypename(field) ? compileTypename(type) : compilePlace(field.type, field, options);
    if (!acceptor) return undefined;
    fields.push({ key: Buffer.from(JSON.stringify(field.responseKey)), ...acceptor });
  }
  return fieldsAcceptor(fields);
}

function fieldsAcceptor(fields: readonly FieldAcceptor[]): Acceptor {
  const isBig = fields.some(({ slowly }) => slowly);
  return {
    end: (bytes, from) => {
      let at = from;
      for (let i = 0; i < fields.length; i++) {
        const { key, end } = fields[i]!;
        at = valueFrom(bytes, at, i, key);
        if (at !== NO) at = end(bytes, at);
        if (at === NO) return NO;
      }
      return fields.length === 0 ? NO : behindClose(bytes, at);
    },
    slowly: isBig
      ? function* (bytes, from, isDue) {
          let at = from;
          for (const [i, { key, end, slowly }] of fields.entries()) {
            at = valueFrom(bytes, at, i, key);
            if (at !== NO) at = slowly ? yield* slowly(bytes, at, isDue) : end(bytes, at);
            if (at === NO) return NO;
          }
          return behindClose(bytes, at);
        }
      : undefined,
  };
}

/** From where an object opens, or the value before ended, to where the value of its i-th field begins. */
function valueFrom(bytes: Buffer, at: number, i: number, key: Buffer): number {
  const sign = i === 0 ? at : blanksBehind(bytes, at);
  if (bytes[sign] !== (i === 0 ? OPEN : COMMA)) return NO;
  return behindKey(bytes, blanksBehind(bytes, sign + 1), key);
}

function behindKey(bytes: Buffer, at: number, key: Buffer): number {
  const end = textEnd(bytes, at, key);
  if (end === NO) return NO;
  const colon = blanksBehind(bytes, end);
  return bytes[colon] === COLON ? blanksBehind(bytes, colon + 1) : NO;
}

function behindClose(bytes: Buffer, at: number): number {
  const close = blanksBehind(bytes, at);
  return bytes[close] === CLOSE ? close + 1 : NO;
}

/** Most servers write none. */
function blanksBehind(bytes: Buffer, at: number): number {
  return bytes[at]! <= 0x20 ? afterBlanks(bytes, at) : at;
}

function compilePlace(type: GraphQLOutputType, field: ShapeField, options: AcceptOptions): Acceptor | undefined {
  if (isNonNullType(type)) return compileValue(type.ofType, field, options);
  const value = compileValue(type, field, options);
  if (!value) return undefined;
  const { end, slowly } = value;
  return {
    end: (bytes, at) => {
      const behind = nullEnd(bytes, at);
      return behind === NO ? end(bytes, at) : behind;
    },
    slowly:
      slowly &&
      function* (bytes, at, isDue) {
        const behind = nullEnd(bytes, at);
        return behind === NO ? yield* slowly(bytes, at, isDue) : behind;
      },
  };
}

/** What is not null. */
function compileValue(type: GraphQLOutputType, field: ShapeField, options: AcceptOptions): Acceptor | undefined {
  if (isNonNullType(type)) return undefined;
  if (isListType(type)) {
    const item = compilePlace(type.ofType, field, options);
    return item && listAcceptor(item);
  }
  // What introspection tells is the gateway's to say.
  if (isLeafType(type)) return field.name.startsWith('__') ? undefined : leafAcceptor(options.leafEnd(type));
  if (!field.below) return undefined;
  return isObjectType(type) ? compileObject(type, field.below, options) : compileAbstract(type, field.below, options);
}

function leafAcceptor(end: End): Acceptor {
  return { end, slowly: undefined };
}

function listAcceptor({ end, slowly }: Acceptor): Acceptor {
  return {
    end: (bytes, from) => {
      if (bytes[from] !== OPEN_LIST) return NO;
      let at = blanksBehind(bytes, from + 1);
      if (bytes[at] === CLOSE_LIST) return at + 1;
      for (;;) {
        at = end(bytes, at);
        if (at === NO) return NO;
        at = blanksBehind(bytes, at);
        if (bytes[at] === CLOSE_LIST) return at + 1;
        if (bytes[at] !== COMMA) return NO;
        at = blanksBehind(bytes, at + 1);
      }
    },
    *slowly(bytes, from, isDue) {
      if (bytes[from] !== OPEN_LIST) return NO;
      let at = blanksBehind(bytes, from + 1);
      if (bytes[at] === CLOSE_LIST) return at + 1;
      for (;;) {
        at = slowly ? yield* slowly(bytes, at, isDue) : end(bytes, at);
        if (at === NO) return NO;
        at = blanksBehind(bytes, at);
        if (bytes[at] === CLOSE_LIST) return at + 1;
        if (bytes[at] !== COMMA) return NO;
        at = blanksBehind(bytes, at + 1);
        if (isDue()) yield;
      }
    },
  };
}

/** Objects of several types: which one it is, their name tells, or it makes no difference. */
function compileAbstract(type: GraphQLCompositeType, below: ShapeSet, options: AcceptOptions): Acceptor | undefined {
  if (!isAbstractType(type)) return undefined;
  const types = options.schema.getPossibleTypes(type);
  const keys = new Set(types.map((each) => below.fieldsFor(each).find(isTypename)?.responseKey));
  const [key] = keys;
  if (keys.size !== 1 || key === undefined) {
    const isAlike = types.every((each) => below.fieldsFor(each).length === below.fieldsFor(type).length);
    return isAlike && keys.size === 1 ? compileObject(type, below, options) : undefined;
  }
  const byName = new Map<string, Acceptor>();
  for (const each of types) {
    const acceptor = compileObject(each, below, options);
    if (!acceptor) return undefined;
    byName.set(each.name, acceptor);
  }
  const nameKey = Buffer.from(JSON.stringify(key));
  const acceptorAt = (bytes: Buffer, at: number): Acceptor | undefined => {
    const from = memberFrom(bytes, at, nameKey);
    const end = from === NO ? NO : stringEnd(bytes, from);
    return end === NO ? undefined : byName.get(bytes.toString('latin1', from + 1, end - 1));
  };
  return {
    end: (bytes, at) => acceptorAt(bytes, at)?.end(bytes, at) ?? NO,
    *slowly(bytes, at, isDue) {
      const acceptor = acceptorAt(bytes, at);
      if (!acceptor) return NO;
      return acceptor.slowly ? yield* acceptor.slowly(bytes, at, isDue) : acceptor.end(bytes, at);
    },
  };
}

function isTypename({ name }: ShapeField): boolean {
  return name === '__typename';
}

/** Where the value of this member of the object begins that opens here. */
function memberFrom(bytes: Buffer, open: number, key: Buffer): number {
  if (bytes[open] !== OPEN) return NO;
  for (let at = blanksBehind(bytes, open + 1); ; at = blanksBehind(bytes, at + 1)) {
    const found = behindKey(bytes, at, key);
    if (found !== NO) return found;
    const other = stringEnd(bytes, at);
    const colon = other === NO ? NO : blanksBehind(bytes, other);
    if (colon === NO || bytes[colon] !== COLON) return NO;
    const end = valueEnd(bytes, blanksBehind(bytes, colon + 1));
    if (end === NO) return NO;
    at = blanksBehind(bytes, end);
    if (bytes[at] !== COMMA) return NO;
  }
}

/** An abstract type stands for objects of which no more is known: their name is not, either. */
function compileTypename(type: GraphQLCompositeType): Acceptor | undefined {
  if (!isObjectType(type)) return undefined;
  const name = Buffer.from(JSON.stringify(type.name));
  return leafAcceptor((bytes, at) => textEnd(bytes, at, name));
}
