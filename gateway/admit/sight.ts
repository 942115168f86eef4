/** Data classes → what may be seen of the supergraph's definitions. */
import { classOf, UNCLASSIFIED } from '@yiwang/schema/classified.ts';
import type { Sight } from './prune.ts';

export const EVERYTHING: Sight = {
  field: () => true,
  argument: () => true,
  inputField: () => true,
  enumValue: () => true,
};

/** Composition gives every field and input field its class. An input that names none is as open as what it stands in. */
export function sightOfClasses(classes: ReadonlySet<string>): Sight {
  const unlessNamed = (named: string | undefined): boolean => named === undefined || classes.has(named);
  return {
    field: (_, field) => classes.has(classOf(field) ?? UNCLASSIFIED),
    argument: (node) => unlessNamed(classOf(node)),
    inputField: (node) => unlessNamed(classOf(node)),
    enumValue: (node) => unlessNamed(classOf(node)),
  };
}
