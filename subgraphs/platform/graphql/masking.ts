/** Masks the values of fields with `@masked`, unless the passport allows them in clear. */
import {
  argumentOf,
  directiveOf,
  MASK_KINDS,
  MASKED_CLASS,
  type MaskKind,
  mask,
  type PassportClaims,
} from '@yiwang/schema';
import { defaultFieldResolver, type GraphQLField, type GraphQLSchema, isObjectType } from 'graphql';
import type { Context } from '../module.ts';

/**
 * Wraps the resolvers of all fields with `@masked`. Changes the schema; throws an `Error` for a mask that the
 * standard lacks.
 */
export function maskFields(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const kind = maskOf(field);
      if (kind !== undefined) wrapResolver(field, kind);
    }
  }
}

export type ClearanceClaims = Pick<PassportClaims, 'unmasked' | 'classes' | 'purpose' | 'matter'>;

/** `unmasked` counts only with the class of masked values, a stated purpose and a stated matter. */
export function mayLeaveUnmasked({ unmasked, classes, purpose, matter }: ClearanceClaims): boolean {
  return unmasked && classes.includes(MASKED_CLASS) && isStated(purpose) && isStated(matter);
}

/** A text needs a letter or a digit to state something. */
function isStated(text: string | undefined): boolean {
  return text !== undefined && /[\p{L}\p{N}]/u.test(text);
}

function maskOf(field: GraphQLField<unknown, Context>): MaskKind | undefined {
  const applied = directiveOf(field.astNode ?? undefined, 'masked');
  if (!applied) return undefined;
  const kind = MASK_KINDS.find((name) => name === argumentOf(applied, 'as'));
  if (kind === undefined)
    throw new Error(`The field "${field.name}" is masked in a way that the standard does not know`);
  return kind;
}

function wrapResolver(field: GraphQLField<unknown, Context>, kind: MaskKind): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = async (source, args, context, info) => {
    const value: unknown = await resolve(source, args, context, info);
    if (mayLeaveUnmasked(context.passport) || value === null || value === undefined) return value;
    return mask(kind, String(value));
  };
}
