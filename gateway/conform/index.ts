/** Leaf value from a platform → what the client gets, checked against its scalar or enum; a breach is data, not thrown. */
import type { GraphQLLeafType } from 'graphql';

export type Conformed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: string };

/** `value` is not null. */
export function conformLeaf(type: GraphQLLeafType, value: unknown): Conformed {
  try {
    const serialized = type.serialize(value);
    if (serialized === undefined || serialized === null) return { ok: false, reason: `this is not a ${type.name}` };
    return { ok: true, value: serialized };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
