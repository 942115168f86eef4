/** `within` and `withinAny` as resolvers get them: one argument, `within`, of one division or of several. */
import { DIVISIONS_ASKED_MAX } from '@yiwang/schema';
import { WITHIN, WITHIN_ANY } from '@yiwang/schema/sdl';
import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import { PlatformError } from '../errors.ts';

/** Resolvers throw `BAD_USER_INPUT` for both arguments at once, and for no division or too many. */
export function joinWithinArguments(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    if (!field.args.some(({ name }) => name === WITHIN_ANY)) continue;
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = (source, { [WITHIN_ANY]: list, ...args }: Record<string, unknown>, context, info) =>
      resolve(source, Array.isArray(list) ? { ...args, within: checkedList(list, args[WITHIN]) } : args, context, info);
  }
}

function checkedList(list: readonly unknown[], within: unknown): readonly unknown[] {
  if (within !== null && within !== undefined) {
    throw new PlatformError('BAD_USER_INPUT', `"${WITHIN}" and "${WITHIN_ANY}" are both given; expected one of them`);
  }
  if (list.length > 0 && list.length <= DIVISIONS_ASKED_MAX) return list;
  throw new PlatformError(
    'BAD_USER_INPUT',
    `"${WITHIN_ANY}" names ${list.length} divisions; expected 1 to ${DIVISIONS_ASKED_MAX}`,
  );
}
