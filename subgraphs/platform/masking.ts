/** Values of fields that the standard masks leave the platform masked, unless the passport says otherwise. */
import { MASK_KINDS, type MaskKind, mask } from '@yiwang/schema';
import { defaultFieldResolver, type GraphQLField, type GraphQLSchema, isObjectType, Kind } from 'graphql';
import type { Context } from './module.ts';

/** Wraps the resolvers of all fields with `@masked`. Changes the schema; throws an `Error` for a mask that the standard lacks. */
export function maskFields(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const kind = maskOf(field);
      if (kind !== undefined) wrap(field, kind);
    }
  }
}

function maskOf(field: GraphQLField<unknown, Context>): MaskKind | undefined {
  const directive = field.astNode?.directives?.find(({ name }) => name.value === 'masked');
  if (!directive) return undefined;
  const value = directive.arguments?.find(({ name }) => name.value === 'as')?.value;
  const kind = MASK_KINDS.find((known) => value?.kind === Kind.ENUM && value.value === known);
  if (kind === undefined)
    throw new Error(`The field "${field.name}" is masked in a way that the standard does not know`);
  return kind;
}

function wrap(field: GraphQLField<unknown, Context>, kind: MaskKind): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = async (source, args, context, info) => {
    const value: unknown = await resolve(source, args, context, info);
    if (context.passport.unmasked || value === null || value === undefined) return value;
    return mask(kind, String(value));
  };
}
