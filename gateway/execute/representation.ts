/** What a fetch requires of an entity → a picker that writes its representation as JSON text; equal texts are one entity. */
import { stringifyExact } from '../kit/exact-numbers.ts';
import { quote } from '../kit/json-text.ts';
import type { EntityLookup, Requirement } from '../model/plan.ts';
import { isObject, representationOf, type TreeObject, type TypeTest } from './tree.ts';

/** Undefined where the object lacks what the fetch requires, or is of no type that it is for. */
export type Pick = (object: TreeObject) => string | undefined;

/** One field of a representation of one type, with those of its fields that are wanted in turn. */
interface Picked {
  /** Under which the tree has it. */
  readonly name: string;
  /** Under which it is written. */
  readonly key: string;
  /** `"key":` */
  readonly label: string;
  /** Undefined where the value goes in whole. */
  readonly below: Pick | undefined;
}

export function compilePick(lookup: EntityLookup, isType: TypeTest): Pick {
  // Rewrites reach into what was picked, so that it has to be there as an object.
  if (lookup.inputRewrites.length > 0) {
    return (object) => {
      const representation = representationOf(object, lookup, isType);
      return representation && stringifyExact(representation);
    };
  }
  return compileObject(lookup.requires, isType, (fields) => fields.length > 0);
}

function compileObject(
  requires: readonly Requirement[],
  isType: TypeTest,
  suffices: (fields: readonly Picked[]) => boolean = () => true,
): Pick {
  const byType = new Map<unknown, Pick>();
  return (object) => {
    const typename = typeof object.__typename === 'string' ? object.__typename : undefined;
    let pick = byType.get(typename);
    if (!pick) {
      const fields = fieldsFor(requires, typename, isType);
      pick = suffices(fields) ? compileFields(fields) : () => undefined;
      byType.set(typename, pick);
    }
    return pick(object);
  };
}

/** The fields that an object of this type is asked for; of one whose type is not known, all of them. */
function fieldsFor(requires: readonly Requirement[], typename: string | undefined, isType: TypeTest): Picked[] {
  const found = new Map<string, { name: string; below: Requirement[] }>();
  const collect = (given: readonly Requirement[]): void => {
    for (const required of given) {
      if (required.kind === 'fragment') {
        const { type } = required;
        const fits = type === undefined || typename === undefined || typename === type || isType(typename, type);
        if (fits) collect(required.requires);
        continue;
      }
      const { name, alias: key = name } = required;
      found.set(key, { name, below: [...(found.get(key)?.below ?? []), ...required.requires] });
    }
  };
  collect(requires);
  return [...found].map(([key, { name, below }]) => ({
    name,
    key,
    label: `${JSON.stringify(key)}:`,
    below: below.length === 0 ? undefined : compileObject(below, isType),
  }));
}

function compileFields(fields: readonly Picked[]): Pick {
  return (object) => {
    let text = '{';
    for (const { name, label, below } of fields) {
      const value = object[name];
      if (value === undefined) return undefined;
      const picked = below === undefined ? textOf(value) : textBelow(value, below);
      if (picked === undefined) return undefined;
      text += text.length === 1 ? label + picked : `,${label}${picked}`;
    }
    return `${text}}`;
  };
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.charCodeAt(0) === 0 ? stringifyExact(value) : quote(value);
  return typeof value === 'object' ? stringifyExact(value) : JSON.stringify(value);
}

function textBelow(value: unknown, below: Pick): string | undefined {
  if (Array.isArray(value)) return `[${value.map((item) => textBelow(item, below) ?? 'null').join()}]`;
  return isObject(value) ? below(value) : textOf(value);
}
