/** Data classes → the parts of definitions that a view shows. */
import { DEFAULT_DATA_CLASS, dataClassOf } from '@yiwang/schema/sdl';
import type { FieldFilter } from './prune-types.ts';

export const ALLOW_ALL: FieldFilter = {
  field: () => true,
  argument: () => true,
  inputField: () => true,
  enumValue: () => true,
};

/**
 * Composition gives every field and input field a class. An argument or enum value without one is as open as what it
 * belongs to.
 */
export function createClassFilter(classes: ReadonlySet<string>): FieldFilter {
  const isAllowed = (dataClass: string | undefined): boolean => dataClass === undefined || classes.has(dataClass);
  return {
    field: (_, field) => classes.has(dataClassOf(field) ?? DEFAULT_DATA_CLASS),
    argument: (node) => isAllowed(dataClassOf(node)),
    inputField: (node) => isAllowed(dataClassOf(node)),
    enumValue: (node) => isAllowed(dataClassOf(node)),
  };
}
