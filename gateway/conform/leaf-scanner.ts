/**
 * Scalar or enum → a scanner that tells if JSON text is a value of it in serialized form, which may be passed through.
 */
import { type GraphQLLeafType, isEnumType, isSpecifiedScalarType } from 'graphql';
import { booleanEnd, integerEnd, literalEnd, NO_MATCH, numberEnd, stringEnd, valueEnd } from '../kit/json/json-scan.ts';

/**
 * Returns where the value at `at` ends; `NO_MATCH` if it must be parsed, which does not mean that it is invalid. Does
 * not accept null.
 */
export type LeafScanner = (bytes: Buffer, at: number) => number;

export function compileLeafScanner(type: GraphQLLeafType): LeafScanner {
  if (isEnumType(type)) {
    const texts = type.getValues().map(({ name }) => Buffer.from(JSON.stringify(name)));
    return (bytes, at) => {
      for (const text of texts) {
        const end = literalEnd(bytes, at, text);
        if (end !== NO_MATCH) return end;
      }
      return NO_MATCH;
    };
  }
  // Custom scalars are passed through as their subgraphs serialize them.
  return (isSpecifiedScalarType(type) ? SCANNERS[type.name] : undefined) ?? ((bytes, at) => valueEnd(bytes, at));
}

const SCANNERS: Readonly<Record<string, LeafScanner>> = {
  String: stringEnd,
  ID: stringEnd,
  Boolean: booleanEnd,
  Int: scanInt,
  Float: scanFloat,
};

const MINUS = 0x2d;
const ZERO = 0x30;
/** Longer integers may exceed 32 bits. */
const SAFE_INT_LENGTH = 9;

function scanInt(bytes: Buffer, at: number): number {
  const end = integerEnd(bytes, at);
  if (end === NO_MATCH || (bytes[at] === MINUS && bytes[at + 1] === ZERO)) return NO_MATCH;
  if (end - at <= SAFE_INT_LENGTH) return end;
  const value = Number(bytes.toString('latin1', at, end));
  return (value | 0) === value ? end : NO_MATCH;
}

const LOWERCASE_E = 0x65;
/** Longer numbers, and those with an exponent, may exceed the range of a double. */
const SAFE_FLOAT_LENGTH = 24;

function scanFloat(bytes: Buffer, at: number): number {
  const end = numberEnd(bytes, at);
  if (end === NO_MATCH) return NO_MATCH;
  let isSure = end - at <= SAFE_FLOAT_LENGTH;
  for (let i = at; isSure && i < end; i++) isSure = (bytes[i]! | 0x20) !== LOWERCASE_E;
  return isSure || Number.isFinite(Number(bytes.toString('latin1', at, end))) ? end : NO_MATCH;
}
