/** Root fields that several modules of a server resolve, each for the rows of its own subgraph. */
import type { Context, Resolver } from '../module.ts';

interface Part {
  /** The name of the module's subgraph. */
  readonly subgraph: string;
  readonly resolver: Resolver;
}

export class JointFields {
  readonly #parts = new Map<object, Part[]>();

  /** The resolver of the field with those of earlier modules. */
  join(field: object, subgraph: string, resolver: Resolver): Resolver {
    const parts = this.#parts.get(field) ?? [];
    this.#parts.set(field, parts);
    parts.push({ subgraph, resolver });
    return parts.length === 1 ? resolver : createJointResolver([...parts]);
  }
}

/**
 * A gateway asks for the part of one subgraph at a time, within what the platform answers for in it. Whoever names no
 * subgraph gets all parts: each module gets the value of those before it as its parent.
 */
function createJointResolver(parts: readonly Part[]): Resolver {
  return async (root: unknown, args: unknown, context: Context, info: unknown) => {
    const own = parts.filter(({ subgraph }) => subgraph === context.subgraph);
    let value: unknown = root;
    for (const { resolver } of own.length > 0 ? own : parts) value = await resolver(value, args, context, info);
    return value;
  };
}
