/** Scalar or enum → whether a JSON text is one of its values just as it would be printed, so that it may stay as it is. */
import { type GraphQLLeafType, isEnumType, isSpecifiedScalarType } from 'graphql';
import { booleanEnd, NO, numberEnd, stringEnd, textEnd, valueEnd, wholeEnd } from '../kit/json-scan.ts';

/** Where the value that begins at `at` ends; `NO` where it has to be read, which does not yet say that it is wrong. Null is not looked for. */
export type LeafEnd = (bytes: Buffer, at: number) => number;

export function compileLeafEnd(type: GraphQLLeafType): LeafEnd {
  if (isEnumType(type)) {
    const texts = type.getValues().map(({ name }) => Buffer.from(JSON.stringify(name)));
    return (bytes, at) => {
      for (const text of texts) {
        const end = textEnd(bytes, at, text);
        if (end !== NO) return end;
      }
      return NO;
    };
  }
  // Other scalars are what their subgraphs make of them.
  return (isSpecifiedScalarType(type) ? ENDS[type.name] : undefined) ?? ((bytes, at) => valueEnd(bytes, at));
}

const ENDS: Readonly<Record<string, LeafEnd>> = {
  String: stringEnd,
  ID: stringEnd,
  Boolean: booleanEnd,
  Int: intEnd,
  Float: floatEnd,
};

const MINUS = 0x2d;
const ZERO = 0x30;
/** More may be beyond 32 bits. */
const DIGITS_SURE = 9;

function intEnd(bytes: Buffer, at: number): number {
  const end = wholeEnd(bytes, at);
  if (end === NO || (bytes[at] === MINUS && bytes[at + 1] === ZERO)) return NO;
  if (end - at <= DIGITS_SURE) return end;
  const value = Number(bytes.toString('latin1', at, end));
  return (value | 0) === value ? end : NO;
}

const SMALL_E = 0x65;
/** Longer numbers, and those with an exponent, may be beyond what a double holds. */
const LENGTH_SURE = 24;

function floatEnd(bytes: Buffer, at: number): number {
  const end = numberEnd(bytes, at);
  if (end === NO) return NO;
  let isSure = end - at <= LENGTH_SURE;
  for (let i = at; isSure && i < end; i++) isSure = (bytes[i]! | 0x20) !== SMALL_E;
  return isSure || Number.isFinite(Number(bytes.toString('latin1', at, end))) ? end : NO;
}
