/** Masks values for the record by their declared type: some are kept in clear, all others as a keyed digest. */
import { divisionOfId, isObject } from '@yiwang/schema';
import {
  type GraphQLInputType,
  type GraphQLScalarType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { type KeyedDigest, maskText } from '../../kit/crypto/keyed-digest.ts';

/** Types of codes, times and counts. Free text, persons, their numbers and places of callers are not among them. */
const CLEAR_TYPES = new Set([
  'Boolean',
  'CategoryCode',
  'ComponentCode',
  'CreditCode',
  'Date',
  'DateTime',
  'DivisionCode',
  'GridCode',
  'Int',
  'Period',
]);
/** Representations of entities in fetches of upstream gateways. */
const ENTITY_SCALAR = '_Any';

/** The value was validated against the type. */
export function maskValue(value: unknown, type: GraphQLInputType, digest: KeyedDigest): unknown {
  if (value === null || value === undefined) return value;
  if (isNonNullType(type)) return maskValue(value, type.ofType, digest);
  if (isListType(type)) {
    return Array.isArray(value)
      ? value.map((item) => maskValue(item, type.ofType, digest))
      : maskValue(value, type.ofType, digest);
  }
  if (isEnumType(type)) return value;
  if (!isInputObjectType(type)) return maskScalar(value, type, digest);
  const fields = type.getFields();
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const field = fields[name];
      return [name, field ? maskValue(item, field.type, digest) : maskText(textOf(item), digest)];
    }),
  );
}

function maskScalar(value: unknown, type: GraphQLScalarType, digest: KeyedDigest): unknown {
  if (type.name === ENTITY_SCALAR && isObject(value)) return maskEntity(value, digest);
  return isStoredInClear(value, type) ? value : maskText(textOf(value), digest);
}

/** An object is never kept in clear, whatever the scalar's parser accepts. */
export function isStoredInClear(value: unknown, { name }: GraphQLScalarType): boolean {
  if (typeof value === 'object') return false;
  return CLEAR_TYPES.has(name) || (name === 'ID' && isRowId(String(value)));
}

/** The standard's ids consist of a division, a kind and a serial number. */
function isRowId(id: string): boolean {
  return id.length <= 64 && divisionOfId(id) !== undefined;
}

/** Key fields are kept in clear if they have the form of a code. */
function maskEntity(entity: Readonly<Record<string, unknown>>, digest: KeyedDigest): unknown {
  return Object.fromEntries(
    Object.entries(entity).map(([name, value]) => {
      const isName = name === '__typename' && typeof value === 'string' && value.length <= 128;
      const isCode = typeof value === 'string' && (isRowId(value) || /^(\d{6}|\d{9}|\d{12})$/.test(value));
      return [name, value === null || isName || isCode ? value : maskText(textOf(value), digest)];
    }),
  );
}

/** A custom scalar may hold JSON that is too deep to be written. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}
