/**
 * What a fetch requires of an entity → a function that writes its representation as JSON text. Equal texts are one
 * entity.
 */

import { isObject } from '@yiwang/schema';
import { stringifyExact } from '../../kit/json/exact-numbers.ts';
import { quoteJson } from '../../kit/json/quote-json.ts';
import type { EntityLookup, Requirement } from '../../model/plan.ts';
import type { TreeObject, TypeTest } from '../tree/tree.ts';
import { pickRepresentation } from './pick-representation.ts';

/** Undefined if the object lacks a required field, or is of no type that the fetch is for. */
export type WriteRepresentation = (object: TreeObject) => string | undefined;

/** One field of the representation of one type. */
interface RepresentationField {
  /** In the tree. */
  readonly name: string;
  /** In the representation. */
  readonly key: string;
  /** `"key":` */
  readonly label: string;
  /** Writes the required fields of the value; undefined if the whole value is required. */
  readonly below: WriteRepresentation | undefined;
}

export function compileRepresentation(lookup: EntityLookup, isType: TypeTest): WriteRepresentation {
  // Rewrites change the representation, so that it has to be an object.
  if (lookup.inputRewrites.length > 0) {
    return (object) => {
      const representation = pickRepresentation(object, lookup, isType);
      return representation && stringifyExact(representation);
    };
  }
  return compileObject(lookup.requires, isType, (fields) => fields.length > 0);
}

function compileObject(
  requires: readonly Requirement[],
  isType: TypeTest,
  isSufficient: (fields: readonly RepresentationField[]) => boolean = () => true,
): WriteRepresentation {
  const byType = new Map<unknown, WriteRepresentation>();
  return (object) => {
    const typename = typeof object.__typename === 'string' ? object.__typename : undefined;
    let write = byType.get(typename);
    if (!write) {
      const fields = fieldsFor(requires, typename, isType);
      write = isSufficient(fields) ? compileFields(fields) : () => undefined;
      byType.set(typename, write);
    }
    return write(object);
  };
}

/** The fields that are required of an object of this type. Of an object of unknown type, all fields are. */
function fieldsFor(
  requires: readonly Requirement[],
  typename: string | undefined,
  isType: TypeTest,
): RepresentationField[] {
  const fieldsByKey = new Map<string, { name: string; below: Requirement[] }>();
  const collect = (requirements: readonly Requirement[]): void => {
    for (const required of requirements) {
      if (required.kind === 'fragment') {
        const { type } = required;
        const fits = type === undefined || typename === undefined || typename === type || isType(typename, type);
        if (fits) collect(required.requires);
        continue;
      }
      const { name, alias: key = name } = required;
      fieldsByKey.set(key, { name, below: [...(fieldsByKey.get(key)?.below ?? []), ...required.requires] });
    }
  };
  collect(requires);
  return [...fieldsByKey].map(([key, { name, below }]) => ({
    name,
    key,
    label: `${JSON.stringify(key)}:`,
    below: below.length === 0 ? undefined : compileObject(below, isType),
  }));
}

function compileFields(fields: readonly RepresentationField[]): WriteRepresentation {
  return (object) => {
    let text = '{';
    for (const { name, label, below } of fields) {
      const value = object[name];
      if (value === undefined) return undefined;
      const valueText = below === undefined ? writeValue(value) : writeNested(value, below);
      if (valueText === undefined) return undefined;
      text += text.length === 1 ? label + valueText : `,${label}${valueText}`;
    }
    return `${text}}`;
  };
}

function writeValue(value: unknown): string {
  if (typeof value === 'string') return value.charCodeAt(0) === 0 ? stringifyExact(value) : quoteJson(value);
  return typeof value === 'object' ? stringifyExact(value) : JSON.stringify(value);
}

function writeNested(value: unknown, below: WriteRepresentation): string | undefined {
  if (Array.isArray(value)) return `[${value.map((item) => writeNested(item, below) ?? 'null').join()}]`;
  return isObject(value) ? below(value) : writeValue(value);
}
